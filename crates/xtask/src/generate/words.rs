//! The core's documentation in the reader's language: names that differ between hosts, in their code spans.

use std::collections::BTreeSet;
use trunkline_core::{PROVIDERS, registry};

/// Whose reader it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Python,
    TypeScript,
}

/// The text with what is between backticks as it is called in that language: operations, the fields, parameters and
/// settings in `names` (as in JSON: snake_case), and null, true and false. Everything else there is the provider's own,
/// and stays.
pub(crate) fn localise(text: &str, language: Language, names: &BTreeSet<String>) -> String {
    let mut localised = String::with_capacity(text.len());
    let mut rest = text;
    let mut wire = false;
    while let Some((before, (code, after))) =
        rest.split_once('`').and_then(|(before, behind)| Some((before, behind.split_once('`')?)))
    {
        wire = names_the_wire(before, rest, wire);
        localised.push_str(before);
        localised.push('`');
        localised.push_str(&if wire { code.to_owned() } else { word(code, language, names) });
        localised.push('`');
        rest = after;
    }
    localised + rest
}

/// Whether what follows `before` in `rest` is within a remark such as (`msisdn` at Vonage): it tells what a field is
/// called by the provider, whatever we call other fields.
fn names_the_wire(before: &str, rest: &str, earlier: bool) -> bool {
    match (before.rfind('('), before.rfind(')')) {
        (Some(open), close) if close.is_none_or(|close| close < open) => {
            let remark = &rest[open..];
            let remark = remark.split_once(')').map_or(remark, |(remark, _)| remark);
            PROVIDERS.iter().any(|provider| remark.contains(&format!(" at {}", provider.facts.name)))
        }
        (None, None) => earlier,
        _ => false,
    }
}

fn word(code: &str, language: Language, names: &BTreeSet<String>) -> String {
    // Unified operations are members of the client.
    if let Some(name) = code.strip_prefix("trunkline.").filter(|_| registry::find(code).is_ok()) {
        return format!("client.{}", if language == Language::TypeScript { camel_case(name) } else { name.to_owned() });
    }
    match (language, code) {
        (Language::Python, "null") => "None".to_owned(),
        (Language::Python, "true") => "True".to_owned(),
        (Language::Python, "false") => "False".to_owned(),
        (Language::Python, other) => other.to_owned(),
        (Language::TypeScript, name) if names.contains(name) || registry::find(name).is_ok() => camel_case(name),
        (Language::TypeScript, other) => other.to_owned(),
    }
}

/// `list_prices` as `listPrices`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default();
    parts.fold(first.to_owned(), |name, part| name + &capitalised(part))
}

/// `list_prices` as `ListPrices`.
pub(crate) fn pascal_case(name: &str) -> String {
    name.split('_').map(capitalised).collect()
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (String, String) {
        let names = ["country_id", "phone_number", "utc_offset", "type"].map(str::to_owned).into();
        (localise(text, Language::TypeScript, &names), localise(text, Language::Python, &names))
    }

    #[test]
    fn operations_and_fields_are_called_as_in_the_language() {
        let text = "For `country_id` of `rentnumber.list_prices`, in the account's `utc_offset`.";
        let typescript = "For `countryId` of `rentnumber.listPrices`, in the account's `utcOffset`.";
        assert_eq!(both(text), (typescript.to_owned(), text.to_owned()));
        assert_eq!(both("country_id is not code").0, "country_id is not code");
    }

    #[test]
    fn unified_operations_are_members_of_the_client() {
        let text = "See `trunkline.list_numbers`, and `trunkline.nothing`.";
        let (typescript, python) = both(text);
        assert_eq!(typescript, "See `client.listNumbers`, and `trunkline.nothing`.");
        assert_eq!(python, "See `client.list_numbers`, and `trunkline.nothing`.");
    }

    #[test]
    fn nothing_true_and_false_are_those_of_the_language() {
        let text = "`null` unlinks it, `true` and `false` do not.";
        assert_eq!(both(text), (text.to_owned(), "`None` unlinks it, `True` and `False` do not.".to_owned()));
    }

    #[test]
    fn what_the_provider_calls_something_stays() {
        for text in [
            "Refused as `not_ready`; `porting_order.*`, `next_cursor`, `user_feedback.comment`.",
            "The number. (`e164` at Voepy; a search calls the same `phone_number`.)",
            "(`type` at Sinch.)",
            "An unclosed `phone_number",
        ] {
            assert_eq!(both(text), (text.to_owned(), text.to_owned()));
        }
        assert_eq!(
            both("(`msisdn` at Vonage.) See `phone_number` (like `phone_number`).").0,
            "(`msisdn` at Vonage.) See `phoneNumber` (like `phoneNumber`)."
        );
    }

    #[test]
    fn names_are_written_in_both_cases() {
        assert_eq!(camel_case("list_number_sms"), "listNumberSms");
        assert_eq!(camel_case("rent"), "rent");
        assert_eq!(pascal_case("insufficient_funds"), "InsufficientFunds");
    }
}
