//! `GET` and `PATCH …/callbackConfiguration`: the secret that signs callbacks, and no URL.

use super::call::Call;
use super::refusal::Refusal;
use super::settings::HmacSecretRule;
use crate::http::Response;
use serde_json::json;

pub(super) fn get(call: &mut Call<'_>, _: &str) -> Result<Response, Refusal> {
    call.query(&[], &[])?;
    Ok(reply(call))
}

pub(super) fn patch(call: &mut Call<'_>, _: &str) -> Result<Response, Refusal> {
    let body = call.body(&["hmacSecret"])?;
    let secret = body.required_text("hmacSecret")?;
    let plain = secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_good = match call.settings.hmac_secret_rule {
        HmacSecretRule::AnyNonEmpty => true,
        HmacSecretRule::LettersDigitsHyphens => plain && (32..=64).contains(&secret.len()),
    };
    if !is_good {
        return Err(Refusal::field("hmacSecret", "must be 32 to 64 letters, digits and hyphens"));
    }
    call.project.hmac_secret = secret.to_owned();
    Ok(reply(call))
}

fn reply(call: &Call<'_>) -> Response {
    Response::json(200, &json!({"projectId": call.project.id, "hmacSecret": call.project.hmac_secret}))
}
