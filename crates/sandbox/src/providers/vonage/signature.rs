//! How inbound messages are signed, where support has turned that on.

use crate::events::signing::{hmac_md5, hmac_sha1, hmac_sha256, hmac_sha512, md5};

/// The ways to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureMethod {
    /// MD5 over the parameters and the secret behind them: the documented default.
    Md5Hash,
    /// HMAC with MD5, the Python SDK's default.
    HmacMd5,
    /// HMAC with SHA-1.
    HmacSha1,
    /// HMAC with SHA-256.
    HmacSha256,
    /// HMAC with SHA-512.
    HmacSha512,
}

impl SignatureMethod {
    /// `sig` for these parameters, in any order, without `sig`.
    pub(super) fn sign(self, parameters: &[(&str, String)], secret: &str) -> String {
        let text = signed_text(parameters);
        match self {
            Self::Md5Hash => md5(format!("{text}{secret}").as_bytes()),
            Self::HmacMd5 => hmac_md5(secret, text.as_bytes()),
            Self::HmacSha1 => hmac_sha1(secret, text.as_bytes()),
            Self::HmacSha256 => hmac_sha256(secret, text.as_bytes()),
            Self::HmacSha512 => hmac_sha512(secret, text.as_bytes()),
        }
    }
}

/// `&key=value` after `&key=value`, sorted by key, with `_` for what would look like either separator.
fn signed_text(parameters: &[(&str, String)]) -> String {
    let mut sorted: Vec<&(&str, String)> = parameters.iter().collect();
    sorted.sort_by_key(|(key, _)| *key);
    sorted.iter().map(|(key, value)| format!("&{key}={}", value.replace(['&', '='], "_"))).collect()
}
