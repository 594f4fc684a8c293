//! `POST /v1/numbers/porting-documents`: the page says "file uploads" and no field names, so any name does.

use super::call::Call;
use super::input::Query;
use super::multipart::{Part, boundary, parts};
use super::refusal::Refusal;
use super::reply::{date_time, single, whole_list};
use crate::http::Response;
use serde_json::{Value, json};

/// An uploaded file; its bytes are not kept.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) id: String,
}

/// One file answers with one document, several with a list.
pub(super) fn upload(call: &mut Call<'_>) -> Result<Response, Refusal> {
    Query::read(call.request, &[], call.lenient)?;
    let content_type = call.request.header("content-type").unwrap_or_default();
    let boundary = boundary(content_type)
        .ok_or_else(|| Refusal::malformed("Content-Type must be multipart/form-data with a boundary"))?;
    let parts = parts(&call.request.body, &boundary, call.settings.porting.max_documents_per_upload)
        .map_err(Refusal::malformed)?;
    if parts.is_empty() {
        return Err(Refusal::invalid("body", "holds no file"));
    }
    for part in &parts {
        check(part, call.settings.porting.max_document_bytes)?;
    }
    let mut rows: Vec<Value> = parts.iter().map(|part| store(call, part)).collect();
    let status = call.settings.created_status;
    match rows.pop() {
        Some(only) if rows.is_empty() => Ok(single(status, only, call.settings)),
        last => {
            rows.extend(last);
            Ok(whole_list(status, rows, call.settings))
        }
    }
}

fn check(part: &Part<'_>, max_bytes: usize) -> Result<(), Refusal> {
    if part.filename.as_deref().is_none_or(str::is_empty) {
        return Err(Refusal::invalid(&part.name, "unknown parameter: only files are taken"));
    }
    if part.content.is_empty() {
        return Err(Refusal::invalid(&part.name, "the file is empty"));
    }
    if part.content.len() > max_bytes {
        return Err(Refusal::invalid(&part.name, &format!("the file has more than {max_bytes} bytes")));
    }
    Ok(())
}

fn store(call: &mut Call<'_>, part: &Part<'_>) -> Value {
    let id = call.ids.uuid();
    let resource = json!({
        "id": id,
        "filename": part.filename,
        "content_type": part.content_type,
        "size_bytes": part.content.len(),
        "created_at": date_time(call.now),
    });
    call.tenant.documents.push(Document { id });
    resource
}
