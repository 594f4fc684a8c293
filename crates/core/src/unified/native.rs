//! A provider's own record of something, beside the neutral one.

use crate::wire::json;
use crate::wire::value::Object;
use crate::wire::writer::to_text;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// What the provider's own operation gives of it, as JSON: nothing is lost that a neutral field has no place for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Native(pub Map<String, Value>);

impl Native {
    pub(crate) fn of(record: &impl Serialize) -> Self {
        json::read(&to_text(record)).map(|Object(members)| Self(members)).unwrap_or_default()
    }
}

impl crate::wire::record::Blank for Native {
    fn blank() -> Self {
        Self::default()
    }
}

impl<'de> Deserialize<'de> for Native {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Object::deserialize(deserializer).map(|Object(members)| Self(members))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Native {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Native".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "format": "native" })
    }
}
