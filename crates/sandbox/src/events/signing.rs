//! Signatures as hexadecimal digits in lower case.

use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

pub(crate) fn md5(message: &[u8]) -> String {
    hex(&Md5::digest(message))
}

pub(crate) fn hmac_md5(secret: &str, message: &[u8]) -> String {
    made::<Hmac<Md5>>(secret, message)
}

pub(crate) fn hmac_sha1(secret: &str, message: &[u8]) -> String {
    made::<Hmac<Sha1>>(secret, message)
}

pub(crate) fn hmac_sha256(secret: &str, message: &[u8]) -> String {
    made::<Hmac<Sha256>>(secret, message)
}

pub(crate) fn hmac_sha512(secret: &str, message: &[u8]) -> String {
    made::<Hmac<Sha512>>(secret, message)
}

fn made<M: Mac + KeyInit>(secret: &str, message: &[u8]) -> String {
    let mut mac = <M as KeyInit>::new_from_slice(secret.as_bytes()).expect("a key of any length will do for HMAC");
    mac.update(message);
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
