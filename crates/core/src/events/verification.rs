//! Whether an event comes from whom it seems to.

use super::{EventRequest, Trust, hex};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::secret::Secret;
use crate::time::Timestamp;
use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use std::time::Duration;

/// How far a provider's clock may be ahead of ours.
const AHEAD: Duration = Duration::from_secs(300);

/// What an account's events are checked by.
#[derive(Clone, Copy)]
pub enum Verification<'a> {
    /// By their signature.
    Signed(&'a Signing),
    /// By the program itself: true takes the event. For a way of signing that is not known here.
    Own(&'a dyn Fn(&EventRequest<'_>) -> bool),
    /// By nothing: this account signs nothing. Whoever knows the URL can then send events.
    SignsNothing,
}

/// How an account signs its events.
#[derive(Debug, Clone, Default)]
pub struct Signing {
    /// The secrets it may be signed with: two while one replaces the other.
    pub secrets: Vec<Secret>,
    /// The algorithm, where the provider has several (Vonage: as set for the account). It is never taken from an event.
    pub algorithm: Option<SignatureAlgorithm>,
    /// How old an event may be that has its time signed. Unless said: what the provider's retries take.
    pub tolerance: Option<Duration>,
}

impl Signing {
    /// With that secret.
    pub fn with(secret: Secret) -> Self {
        Self { secrets: vec![secret], ..Self::default() }
    }

    /// Whether it was signed with one of the secrets. All are tried, so that time does not tell which one.
    pub(crate) fn signed(&self, algorithm: SignatureAlgorithm, message: &[&[u8]], signature: &str) -> bool {
        let Some(signature) = hex::decode(signature) else { return false };
        let made = |secret: &Secret| algorithm.made(secret.expose().as_bytes(), message, &signature);
        self.secrets.iter().fold(false, |signed, secret| signed | made(secret))
    }

    /// The one algorithm of a provider, which a setting may repeat.
    pub(crate) fn check_algorithm(&self, only: SignatureAlgorithm) -> Result<SignatureAlgorithm> {
        match self.algorithm {
            Some(other) if other != only => {
                Err(Error::invalid_input("algorithm", "this provider has only one: leave it out"))
            }
            _ => Ok(only),
        }
    }

    fn check(&self) -> Result<()> {
        if self.secrets.is_empty() || self.secrets.iter().any(|secret| secret.expose().is_empty()) {
            let problem =
                "an account that signs has a secret that is not empty; of one that does not, say that it signs nothing";
            return Err(Error::invalid_input("secrets", problem));
        }
        Ok(())
    }
}

impl Verification<'_> {
    /// Looks at the signature, where that is what events are checked by.
    pub(crate) fn check(
        &self,
        request: &EventRequest<'_>,
        signed: impl FnOnce(&Signing) -> Result<Trust>,
    ) -> Result<Trust> {
        match self {
            Self::Signed(signing) => signing.check().and_then(|()| signed(signing)),
            Self::Own(takes) if takes(request) => Ok(Trust::Signed),
            Self::Own(_) => Err(unauthenticated("the program's own verifier did not take the event")),
            Self::SignsNothing => Ok(Trust::Unsigned),
        }
    }
}

/// An event that is not believed.
pub(crate) fn unauthenticated(why: &str) -> Error {
    Error::new(ErrorKind::Unauthenticated, Delivery::NotSent, why)
}

/// Refuses an event that was signed too long ago: who overheard it may be sending it again.
pub(crate) fn check_age(signed_at: Timestamp, now: Timestamp, tolerance: Duration) -> Result<()> {
    if now.since(signed_at) > tolerance {
        return Err(unauthenticated("it was signed too long ago: check this machine's clock, and the tolerance"));
    }
    if signed_at.since(now) > AHEAD {
        return Err(unauthenticated("it was signed in the future: check this machine's clock"));
    }
    Ok(())
}

/// How a signature is made from a secret and a message. Written in hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SignatureAlgorithm {
    /// MD5 of the message and the secret behind it. Weak: whoever can choose messages can find two with one signature.
    Md5Hash,
    /// HMAC with MD5.
    HmacMd5,
    /// HMAC with SHA-1.
    HmacSha1,
    /// HMAC with SHA-256.
    HmacSha256,
    /// HMAC with SHA-512.
    HmacSha512,
}

impl SignatureAlgorithm {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Md5Hash, Self::HmacMd5, Self::HmacSha1, Self::HmacSha256, Self::HmacSha512];

    /// The word for it: `hmac_sha256`
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Md5Hash => "md5_hash",
            Self::HmacMd5 => "hmac_md5",
            Self::HmacSha1 => "hmac_sha1",
            Self::HmacSha256 => "hmac_sha256",
            Self::HmacSha512 => "hmac_sha512",
        }
    }

    fn made(self, secret: &[u8], message: &[&[u8]], signature: &[u8]) -> bool {
        match self {
            Self::Md5Hash => is_hash(secret, message, signature),
            Self::HmacMd5 => is_mac::<Hmac<Md5>>(secret, message, signature),
            Self::HmacSha1 => is_mac::<Hmac<Sha1>>(secret, message, signature),
            Self::HmacSha256 => is_mac::<Hmac<Sha256>>(secret, message, signature),
            Self::HmacSha512 => is_mac::<Hmac<Sha512>>(secret, message, signature),
        }
    }
}

/// Compared in constant time, as [`is_mac`] is.
fn is_hash(secret: &[u8], message: &[&[u8]], signature: &[u8]) -> bool {
    let Ok(signature) = <[u8; 16]>::try_from(signature) else { return false };
    let hash = message.iter().fold(Md5::new(), |hash, part| hash.chain_update(part)).chain_update(secret).finalize();
    CtOutput::<Md5>::new(hash) == CtOutput::new(signature.into())
}

fn is_mac<M: Mac + KeyInit>(secret: &[u8], message: &[&[u8]], signature: &[u8]) -> bool {
    let Ok(mut mac) = M::new_from_slice(secret) else { return false };
    message.iter().for_each(|part| mac.update(part));
    mac.verify_slice(signature).is_ok()
}
