//! `POST /v1/numbers/porting-documents`: upload what a porting order needs.

use super::Voepy;
use super::shapes::{NamedId, read_one};
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::base64;
use crate::wire::multipart::Part;
use crate::wire::record::{Blank, Deserialize};
use serde::de::{Error as _, IgnoredAny};
use serde::{Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Upload the documents of a porting order: the letter of authorisation, a recent bill. Before
/// `voepy.create_porting_order`, which takes their ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UploadPortingDocument {
    /// One or several; they go in one request.
    pub files: Vec<PortingFile>,
}

/// A file to upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PortingFile {
    /// Its name: `loa.pdf`.
    pub file_name: String,
    /// Its content; in JSON as base64.
    pub content: FileContent,
    /// Its media type; by default `application/octet-stream`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The name of its part in the form; by default `file`. (The page says "file uploads" and no name.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_name: Option<String>,
}

/// The bytes of a file: in JSON as base64, with the standard alphabet, with or without `=` at its end. `Debug` says only
/// how many there are.
#[derive(Clone, PartialEq, Eq)]
pub struct FileContent(Vec<u8>);

impl Blank for FileContent {
    fn blank() -> Self {
        Self(Vec::new())
    }
}

impl FileContent {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for FileContent {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for FileContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for FileContent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for FileContent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        base64::decode(&text).map(Self).ok_or_else(|| D::Error::custom("not base64"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FileContent {
    fn schema_name() -> Cow<'static, str> {
        "FileContent".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "contentEncoding": "base64" })
    }
}

/// An uploaded document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PortingDocument {
    /// For `document_ids` of `voepy.create_porting_order`.
    pub id: Id,
}

/// The page implies an id and does not show the answer: a document, several, or ids.
#[derive(Deserialize)]
#[serde(untagged)]
enum Uploaded {
    Documents { documents: Vec<NamedId> },
    Ids { document_ids: Vec<NamedId> },
    One(NamedId),
    Unknown(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum UploadedList {
    Many(Vec<NamedId>),
    Data { data: Vec<NamedId> },
    Unknown(IgnoredAny),
}

impl PortingFile {
    fn part(&self) -> Part<'_> {
        Part {
            name: self.part_name.as_deref().unwrap_or("file"),
            file_name: &self.file_name,
            content_type: self.content_type.as_deref().unwrap_or("application/octet-stream"),
            content: self.content.as_bytes(),
        }
    }
}

impl UploadPortingDocument {
    fn check(&self) -> Result<()> {
        if self.files.is_empty() {
            return Err(Error::invalid_input("files", "at least one is needed"));
        }
        for file in &self.files {
            // It becomes a line of the body's.
            let type_fits = |text: &str| !text.is_empty() && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
            if !file.content_type.as_deref().is_none_or(type_fits) {
                return Err(Error::invalid_input("content_type", "it must be a media type, such as application/pdf"));
            }
        }
        Ok(())
    }
}

impl Operation for UploadPortingDocument {
    type Provider = Voepy;
    type Output = Vec<PortingDocument>;
    const ENDPOINT: Endpoint = Endpoint::post("voepy.upload_porting_document", "/v1/numbers/porting-documents");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        self.check()?;
        let parts: Vec<Part<'_>> = self.files.iter().map(PortingFile::part).collect();
        draft.multipart(&parts);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Vec<PortingDocument>> {
        let ids = match reply.json()? {
            UploadedList::Many(ids) | UploadedList::Data { data: ids } => ids,
            UploadedList::Unknown(_) => match read_one(reply)? {
                Uploaded::Documents { documents: ids } | Uploaded::Ids { document_ids: ids } => ids,
                Uploaded::One(id) => vec![id],
                Uploaded::Unknown(_) => Vec::new(),
            },
        };
        Ok(ids.into_iter().map(|id| PortingDocument { id: id.into() }).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_base64_in_json_and_prints_as_its_length() {
        let json = r#"{"files":[{"file_name":"bill.bin","content":"/wAK"}]}"#;
        let upload: UploadPortingDocument = serde_json::from_str(json).unwrap();
        assert_eq!(upload.files[0].content, FileContent::from(vec![255, 0, 10]));
        assert_eq!(serde_json::to_string(&upload).unwrap(), json);
        assert!(format!("{upload:?}").contains("content: 3 bytes"));
    }
}
