//! `…/activeNumbers/{phoneNumber}/emergencyAddress`: `GET`, `:provision`, `:validate`, `:deprovision`.

use super::call::Call;
use super::input::Body;
use super::refusal::Refusal;
use crate::http::Response;
use serde_json::{Value, json};

/// The field, and whether it has to be there.
const FIELDS: [(&str, bool); 7] = [
    ("streetNumber", true),
    ("streetInfo", true),
    ("location", false),
    ("city", true),
    ("state", true),
    ("postalCode", true),
    ("postalCodePlusFour", false),
];

const ABBREVIATIONS: [(&str, &str); 4] = [("Road", "Rd"), ("Street", "St"), ("Avenue", "Ave"), ("Boulevard", "Blvd")];

/// The seven parts, in the order of [`FIELDS`]; missing ones are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EmergencyAddress([String; 7]);

impl EmergencyAddress {
    fn read(body: &Body) -> Result<Self, Refusal> {
        let mut parts = <[String; 7]>::default();
        for ((name, is_required), part) in FIELDS.into_iter().zip(&mut parts) {
            let text = if is_required { Some(body.required_text(name)?) } else { body.text(name)? };
            *part = text.unwrap_or_default().to_owned();
        }
        Ok(Self(parts))
    }

    fn resource(&self) -> Value {
        FIELDS.iter().zip(&self.0).map(|((name, _), part)| ((*name).to_owned(), Value::from(part.clone()))).collect()
    }

    fn empty() -> Self {
        Self(<[String; 7]>::default())
    }

    /// The address with its street's last words abbreviated, as the client libraries' example corrects it.
    fn corrected(&self) -> Self {
        let mut corrected = self.clone();
        let words = self.0[1].split(' ').map(|word| {
            let short = ABBREVIATIONS.iter().find(|(long, _)| *long == word);
            short.map_or(word, |(_, short)| *short)
        });
        corrected.0[1] = words.collect::<Vec<_>>().join(" ");
        corrected
    }

    /// The sandbox knows no streets: a state of two letters and a postal code of five digits, not all 0, will do.
    fn exists(&self) -> bool {
        let (state, code) = (&self.0[4], &self.0[5]);
        let state_is_good = state.len() == 2 && state.bytes().all(|byte| byte.is_ascii_uppercase());
        let code_is_good = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit());
        state_is_good && code_is_good && code != "00000"
    }
}

/// 404 until one is provisioned.
pub(super) fn get(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    call.query(&[], &[])?;
    let address = &call.project.active(number)?.emergency_address;
    let address = address.as_ref().ok_or_else(|| Refusal::missing("EmergencyAddress", number))?;
    Ok(Response::json(200, &address.resource()))
}

pub(super) fn provision(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    let (_, address) = read(call, number)?;
    if !address.exists() {
        return Err(Refusal::field("address", "no such address"));
    }
    call.project.active(number)?.emergency_address = Some(address.clone());
    Ok(Response::json(200, &address.resource()))
}

/// Changes nothing.
pub(super) fn validate(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    let (display_name, address) = read(call, number)?;
    let corrected = address.corrected();
    let (result, message, corrected) = if !address.exists() {
        ("NO_MATCH", "Invalid address - no correction found|Address is Invalid", EmergencyAddress::empty())
    } else if corrected == address {
        ("EXACT_MATCH", "Address is valid", corrected)
    } else {
        ("NEAR_MATCH", "Corrected to valid address|Corrected address abbreviations", corrected)
    };
    let body = json!({
        "phoneNumber": number,
        "displayName": display_name,
        "validatedAddress": address.resource(),
        "validationResult": result,
        "validationMessage": message,
        "correctedAddress": corrected.resource(),
        "candidateAddresses": [],
    });
    Ok(Response::json(200, &body))
}

pub(super) fn deprovision(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    call.query(&[], &[])?;
    let taken = call.project.active(number)?.emergency_address.take();
    taken.ok_or_else(|| Refusal::missing("EmergencyAddress", number))?;
    Ok(Response::json(200, &json!({})))
}

/// The display name and the address that a body holds, for a number that can have one.
fn read(call: &mut Call<'_>, number: &str) -> Result<(String, EmergencyAddress), Refusal> {
    let body = call.body(&["displayName", "address"])?;
    let region = call.project.active(number)?.region_code;
    if !["US", "CA"].contains(&region) {
        return Err(Refusal::field("phoneNumber", "emergency addresses are for the US and Canada"));
    }
    let display_name = body.required_text("displayName")?.to_owned();
    let names = FIELDS.map(|(name, _)| name);
    let address = body.part("address", &names, call.lenient)?;
    let address = address.ok_or_else(|| Refusal::field("address", "is required"))?;
    Ok((display_name, EmergencyAddress::read(&address)?))
}
