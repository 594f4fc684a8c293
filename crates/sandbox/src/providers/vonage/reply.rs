//! Replies as bytes: JSON or XML by `Accept`, with the headers Vonage adds.

use super::document::Value;
use super::refusal::Refusal;
use super::routes::Route;
use super::settings::Settings;
use crate::http::{Request, Response};

/// What the caller wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    /// With the media type that was asked for: the pages name `text/xml` and `application/xml`.
    Xml(&'static str),
}

impl Format {
    /// By the `Accept` header: the best-liked type wins, then the one named rather than meant by `*/*`, then the first.
    /// JSON without the header, and when none of the types is ours.
    pub(super) fn of(request: &Request, settings: &Settings) -> Self {
        let accept = request.header("accept").filter(|_| settings.xml_by_accept).unwrap_or_default();
        let mut best = (0, false, Self::Json);
        for item in accept.split(',') {
            let (format, named) = match item.split(';').next().unwrap_or_default().trim() {
                "application/xml" => (Self::Xml("application/xml"), true),
                "text/xml" => (Self::Xml("text/xml"), true),
                "application/json" => (Self::Json, true),
                "*/*" | "application/*" => (Self::Json, false),
                _ => continue,
            };
            let liking = quality(item);
            if liking > 0 && (liking, named) > (best.0, best.1) {
                best = (liking, named, format);
            }
        }
        best.2
    }
}

/// `q` in thousandths.
fn quality(item: &str) -> u16 {
    let weight = item.split(';').skip(1).find_map(|parameter| parameter.trim().strip_prefix("q="));
    let Some(weight) = weight else { return 1_000 };
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, "0"));
    let thousandths = format!("{fraction:0<3}").get(..3).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    if whole == "0" { thousandths } else { 1_000 }
}

/// The reply to a call that was carried out.
pub(super) fn success(format: Format, route: Route, body: &Value) -> Response {
    write(format, route, 200, body)
}

/// The reply to a call that was not.
pub(super) fn refused(format: Format, route: Route, refusal: &Refusal, settings: &Settings) -> Response {
    let status = match refusal.status() {
        420 if settings.answer_420_with_200 => 200,
        status => status,
    };
    match refusal.body(route, &settings.currency) {
        Some(body) => write(format, route, status, &body),
        None => page(refusal),
    }
}

/// The web server's own page, for refusals that never reached the API.
pub(super) fn page(refusal: &Refusal) -> Response {
    let response = Response::text(refusal.status(), "text/html", refusal.page());
    match refusal {
        Refusal::WrongMethod { allowed } => response.with_header("allow", *allowed),
        _ => response,
    }
}

fn write(format: Format, route: Route, status: u16, body: &Value) -> Response {
    let response = match format {
        Format::Json => Response::text(status, "application/json", body.to_json()),
        Format::Xml(media_type) => {
            Response::text(status, media_type, body.to_xml(route.xml_root(), route.xml_standalone()))
        }
    };
    // Seen in vonage-node-sdk issues 152 and 193.
    response.with_header("content-disposition", "attachment; filename=\"api.txt\"")
}
