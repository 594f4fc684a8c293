//! What crosses to JavaScript and back.

use napi::bindgen_prelude::{
    FromNapiValue, JsObjectValue, Object, ToNapiValue, Uint8ArraySlice, Unknown, ValidateNapiValue,
};
use napi::{Env, Result, Status, ValueType};
use trunkline_core::{self as core, Error, Response};

/// A step: an array whose first place says what the others are.
pub(crate) type Step<'env> = Unknown<'env>;

pub(crate) fn array(env: &Env, places: impl ToNapiValue) -> Result<Step<'_>> {
    places.into_unknown(env)
}

/// Bytes that JavaScript owns: small ones cost less to copy than to share.
pub(crate) fn bytes<'env>(env: &'env Env, bytes: &[u8]) -> Result<Unknown<'env>> {
    Uint8ArraySlice::copy_from(env, bytes)?.into_unknown(env)
}

/// `[status, headers, body]`.
pub(crate) fn reply<'env>(env: &'env Env, response: Response) -> Result<Unknown<'env>> {
    array(env, (u32::from(response.status), flat(response.headers), bytes(env, &response.body)?))
}

/// How a flow fails: the error as JSON, as text for people, and the reply that it is about, where there is one.
pub(crate) fn failed<'env>(env: &'env Env, error: &Error) -> Result<Step<'env>> {
    let response = error.response.clone().map(|response| reply(env, response)).transpose()?;
    array(env, ("failed", error.to_json(), error.to_string(), response.map_or_else(|| ().into_unknown(env), Ok)?))
}

/// The same, thrown: where there is no flow yet.
pub(crate) fn thrown(env: &Env, error: &Error) -> napi::Error {
    let throw = || env.throw(failed(env, error)?);
    // Returned, it says that something has been thrown already.
    throw().map_or_else(|problem| problem, |()| napi::Error::new(Status::PendingException, String::new()))
}

/// Name, value, name, value…: one array crosses faster than many.
pub(crate) fn flat(pairs: Vec<(String, String)>) -> Vec<String> {
    pairs.into_iter().flat_map(<[String; 2]>::from).collect()
}

/// The pairs of such an array; what has no partner is left out.
pub(crate) fn pairs(flat: Vec<String>) -> Vec<(String, String)> {
    let mut texts = flat.into_iter();
    std::iter::from_fn(|| texts.next().zip(texts.next())).collect()
}

/// A property that may be missing; else it is of that type, or an error under the name that the core has for it.
fn property<T: FromNapiValue + ValidateNapiValue>(
    object: &Object<'_>,
    key: &str,
    name: &str,
    of: ValueType,
    what: &str,
) -> core::Result<Option<T>> {
    let wrong = || Error::invalid_input(name, what);
    let value: Unknown<'_> = object.get_named_property(key).map_err(|_| wrong())?;
    match value.get_type().map_err(|_| wrong())? {
        ValueType::Undefined | ValueType::Null => Ok(None),
        found if found == of => object.get_named_property(key).map(Some).map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

pub(crate) fn text(object: &Object<'_>, key: &str, name: &str) -> core::Result<Option<String>> {
    property(object, key, name, ValueType::String, "it is a text")
}

pub(crate) fn number(object: &Object<'_>, key: &str, name: &str) -> core::Result<Option<f64>> {
    property(object, key, name, ValueType::Number, "it is a number")
}
