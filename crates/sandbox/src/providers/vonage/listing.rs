//! `GET /number/search` and `GET /account/numbers`: filters, pages and how a number is written.

use super::document::{Field, Value};
use super::numbers::Numbers;
use super::parameters::{Page, Parameters};
use super::refusal::Refusal;
use super::rental::{Rental, Routing};
use super::settings::{EmptyList, Settings};
use super::stock::Number;

/// The values of `features` in the order in which numbers.yml lists them; no other order is documented.
const FEATURES: [&str; 7] = ["SMS", "VOICE", "MMS", "SMS,VOICE", "SMS,MMS", "VOICE,MMS", "SMS,MMS,VOICE"];
const TYPES: [&str; 3] = ["landline", "mobile-lvn", "landline-toll-free"];

/// `GET /number/search`
pub(super) fn search(numbers: &Numbers, parameters: &Parameters, settings: &Settings) -> Result<Value, Refusal> {
    let country = parameters.country()?;
    let pattern = Pattern::of(parameters)?;
    let features = features(parameters)?;
    let kind = parameters.get("type");
    if kind.is_some_and(|kind| !TYPES.contains(&kind)) {
        return Err(Refusal::invalid("type"));
    }
    let page = parameters.page(settings)?;
    let found: Vec<&Number> = numbers
        .pool()
        .filter(|number| number.country == country && kind.is_none_or(|kind| number.kind == kind))
        .filter(|number| features.iter().all(|feature| number.features.contains(&feature.as_str())))
        .filter(|number| pattern.matches(&number.msisdn))
        .collect();
    Ok(list(&found, page, settings, |number| available(number, settings)))
}

/// `GET /account/numbers`
pub(super) fn owned(numbers: &Numbers, parameters: &Parameters, settings: &Settings) -> Result<Value, Refusal> {
    let country = parameters.optional_country()?;
    let pattern = Pattern::of(parameters)?;
    let application = parameters.get("application_id");
    let has_application = parameters.flag("has_application")?;
    let page = parameters.page(settings)?;
    let found: Vec<(&Number, &Rental)> = numbers
        .owned()
        .filter(|(number, _)| country.as_ref().is_none_or(|country| number.country == country))
        .filter(|(number, _)| pattern.matches(&number.msisdn))
        .filter(|(_, rental)| application.is_none_or(|id| rental.routing.app_id.as_deref() == Some(id)))
        .filter(|(_, rental)| has_application.is_none_or(|wanted| rental.routing.app_id.is_some() == wanted))
        .collect();
    Ok(list(&found, page, settings, |(number, rental)| owned_number(number, rental)))
}

/// A number as the owned list writes it; what is not set is left out.
pub(super) fn owned_number(number: &Number, rental: &Rental) -> Value {
    let Routing { app_id, mo_http_url, voice_callback, voice_status_callback, messages_callback, .. } = &rental.routing;
    let (voice_type, voice_value) = parts(voice_callback.as_ref());
    let (messages_type, messages_value) = parts(messages_callback.as_ref());
    let optional = [
        ("messagesCallbackType", "messages-callback-type", messages_type),
        ("messagesCallbackValue", "messages-callback-value", messages_value),
        ("voiceCallbackType", "voice-callback-type", voice_type),
        ("voiceCallbackValue", "voice-callback-value", voice_value),
        ("voiceStatusCallback", "voice-status-callback", voice_status_callback.as_ref()),
        ("app_id", "app-id", app_id.as_ref()),
    ];
    let mut fields =
        vec![Field::new("country", Value::text(number.country)), Field::new("msisdn", Value::text(&number.msisdn))];
    fields.extend(mo_http_url.as_ref().map(|url| Field::renamed("moHttpUrl", "mo-http-url", Value::text(url))));
    fields.push(Field::new("type", Value::text(number.kind)));
    fields.push(features_field(number));
    for (json, xml, value) in optional {
        fields.extend(value.map(|value| Field::renamed(json, xml, Value::text(value))));
    }
    Value::Object(fields)
}

fn available(number: &Number, settings: &Settings) -> Value {
    let kind = if settings.search_says_mobile && number.kind == "mobile-lvn" { "mobile" } else { number.kind };
    Value::Object(vec![
        Field::new("country", Value::text(number.country)),
        Field::new("msisdn", Value::text(&number.msisdn)),
        Field::new("cost", Value::text(number.cost.cost())),
        Field::new("type", Value::text(kind)),
        features_field(number),
    ])
}

fn features_field(number: &Number) -> Field {
    Field::wrapped("features", "feature", number.features.iter().map(|feature| Value::text(*feature)).collect())
}

fn parts(pair: Option<&(String, String)>) -> (Option<&String>, Option<&String>) {
    (pair.map(|(first, _)| first), pair.map(|(_, second)| second))
}

/// One page and the count of all; XML repeats `<numbers>` per number.
fn list<T>(found: &[T], page: Page, settings: &Settings, write: impl Fn(&T) -> Value) -> Value {
    if found.is_empty() && settings.empty_lists == EmptyList::Bare {
        return Value::Object(Vec::new());
    }
    let start = (page.index - 1).saturating_mul(page.size);
    let items = found.iter().skip(start).take(page.size).map(write).collect();
    Value::Object(vec![Field::new("count", Value::count(found.len())), Field::new("numbers", Value::List(items))])
}

/// `pattern` and `search_pattern`.
struct Pattern {
    digits: String,
    place: PatternPlace,
}

#[derive(Clone, Copy)]
enum PatternPlace {
    Start,
    Anywhere,
    End,
}

impl Pattern {
    fn of(parameters: &Parameters) -> Result<Self, Refusal> {
        let place = match parameters.get("search_pattern") {
            None | Some("0") => PatternPlace::Start,
            Some("1") => PatternPlace::Anywhere,
            Some("2") => PatternPlace::End,
            Some(_) => return Err(Refusal::invalid("search_pattern")),
        };
        let digits = match parameters.get("pattern") {
            None => String::new(),
            Some(_) => parameters.digits("pattern")?,
        };
        Ok(Self { digits, place })
    }

    fn matches(&self, msisdn: &str) -> bool {
        match self.place {
            PatternPlace::Start => msisdn.starts_with(&self.digits),
            PatternPlace::Anywhere => msisdn.contains(&self.digits),
            PatternPlace::End => msisdn.ends_with(&self.digits),
        }
    }
}

/// Lenient: any order and case; the Python SDK sends `SMS,VOICE,MMS`.
fn features(parameters: &Parameters) -> Result<Vec<String>, Refusal> {
    let Some(sent) = parameters.get("features") else { return Ok(Vec::new()) };
    let wanted = if parameters.lenient() { sent.to_ascii_uppercase() } else { sent.to_owned() };
    let names: Vec<String> = wanted.split(',').map(str::to_owned).collect();
    let single = names.iter().all(|name| FEATURES[..3].contains(&name.as_str()));
    if FEATURES.contains(&wanted.as_str()) || (parameters.lenient() && single) {
        Ok(names)
    } else {
        Err(Refusal::invalid("features"))
    }
}
