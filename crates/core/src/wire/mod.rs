//! The forms in which providers write: JSON, XML, forms, multipart, dates.

pub(crate) mod base64;
pub(crate) mod dates;
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod multipart;
pub(crate) mod path;
pub(crate) mod redact;
pub(crate) mod xml;
