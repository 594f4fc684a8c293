//! Parameters of a call: collected from where they belong, refused when nobody documents them.

use super::credentials;
use super::refusal::Refusal;
use super::routes::Route;
use super::settings::Settings;
use crate::http::Request;

/// The parameters of one call, credentials taken out.
#[derive(Debug)]
pub(super) struct Parameters {
    pairs: Vec<(String, String)>,
    lenient: bool,
}

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    /// 1-based.
    pub(super) index: usize,
    /// At most 100.
    pub(super) size: usize,
}

const LARGEST_PAGE: usize = 100;
const USUAL_PAGE: usize = 10;

impl Parameters {
    /// From the query of a GET or the form of a POST. Lenient: also from the query of a POST, as the older Node and
    /// Python SDKs send them, and whatever nobody documents is passed over.
    pub(super) fn collect(request: &Request, route: Route, lenient: bool) -> Result<Self, Refusal> {
        let form = if route.method() == "POST" { request.form_pairs() } else { Vec::new() };
        let query = request.query_pairs();
        let names = route.parameters();
        let is_credential = |name: &str| credentials::NAMES.contains(&name);
        let mut pairs: Vec<(String, String)> = Vec::new();
        let from_query = query.into_iter().map(|pair| (pair, route.method() == "GET"));
        for ((name, value), in_place) in from_query.chain(form.into_iter().map(|pair| (pair, true))) {
            if is_credential(&name) {
                continue;
            }
            let known = names.contains(&name.as_str()) && (in_place || lenient);
            let repeated = pairs.iter().any(|(earlier, _)| *earlier == name);
            match (known && !repeated, lenient) {
                (true, _) => pairs.push((name, value)),
                (false, true) => {}
                (false, false) if repeated => return Err(Refusal::parameter(&name, "Is repeated.")),
                (false, false) => return Err(Refusal::parameter(&name, "Is not supported.")),
            }
        }
        Ok(Self { pairs, lenient })
    }

    /// The value as sent; `Some("")` if it was sent empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value, which must be there and not be empty.
    pub(super) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).filter(|value| !value.is_empty()).ok_or_else(|| Refusal::parameter(name, "Is required."))
    }

    /// `country`, two capital letters; lenient: any case.
    pub(super) fn country(&self) -> Result<String, Refusal> {
        let sent = self.required("country")?;
        let country = if self.lenient { sent.to_ascii_uppercase() } else { sent.to_owned() };
        let valid = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        if valid { Ok(country) } else { Err(Refusal::invalid("country")) }
    }

    /// `country` where it may be left out.
    pub(super) fn optional_country(&self) -> Result<Option<String>, Refusal> {
        self.get("country").map(|_| self.country()).transpose()
    }

    /// `true` or `false`; lenient: any case, since the Python SDK sends `True`.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        let Some(sent) = self.get(name) else { return Ok(None) };
        let flag = if self.lenient { sent.to_ascii_lowercase().parse() } else { sent.parse() };
        flag.map(Some).map_err(|_| Refusal::invalid(name))
    }

    /// Required digits, as in `msisdn` and `prefix`; lenient: a leading `+` is dropped.
    pub(super) fn digits(&self, name: &str) -> Result<String, Refusal> {
        let sent = self.required(name)?;
        // A raw `+` in a form arrives as a space.
        let digits = if self.lenient { sent.trim_start_matches(['+', ' ']) } else { sent };
        let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if valid { Ok(digits.to_owned()) } else { Err(Refusal::invalid(name)) }
    }

    /// `index` and `size`; a size above 100 is taken for 100.
    pub(super) fn page(&self, settings: &Settings) -> Result<Page, Refusal> {
        let index = self.positive("index")?.unwrap_or(1);
        let size = self.positive("size")?.unwrap_or(USUAL_PAGE);
        if size > LARGEST_PAGE && settings.refuse_size_above_100 {
            return Err(Refusal::invalid("size"));
        }
        Ok(Page { index, size: size.min(LARGEST_PAGE) })
    }

    /// Whether the sandbox passes over what vendors' SDKs get wrong.
    pub(super) fn lenient(&self) -> bool {
        self.lenient
    }

    fn positive(&self, name: &str) -> Result<Option<usize>, Refusal> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse::<usize>() {
            Ok(number) if digits && number > 0 => Ok(Some(number)),
            _ => Err(Refusal::invalid(name)),
        }
    }
}
