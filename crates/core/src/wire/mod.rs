//! The forms in which providers write: JSON, XML, forms, multipart, dates.

pub(crate) mod base64;
pub(crate) mod dates;
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod multipart;
pub(crate) mod path;
pub(crate) mod raw;
pub(crate) mod reader;
pub(crate) mod record;
pub(crate) mod redact;
mod scan;
pub(crate) mod value;
pub(crate) mod writer;
pub(crate) mod xml;
