//! Sinch Numbers, pretended: routes. `/oauth2/token` is served here too, though Sinch has another host for it.

mod active;
mod active_number;
mod auth;
mod available;
mod base64;
mod call;
mod callback_configuration;
mod callbacks;
mod changes;
mod configuration;
mod emergency;
mod filter;
mod input;
mod money;
mod paging;
mod provisioning;
mod refusal;
mod regions;
mod settings;
mod stock;
#[cfg(test)]
mod tests;

pub use settings::{ForeignProject, HmacSecretRule, ListWithoutType, ReleaseReply, Settings};

use crate::events::Notice;
use crate::http::{Request, Response};
use crate::provider::{Context, Provider};
use crate::time::Time;
use auth::Tokens;
use call::{Call, Project, Version};
use refusal::Refusal;
use serde_json::{Value, json};

/// What the client has to be given to be let in. The project is the one of the guide's examples.
pub const CREDENTIALS: &[(&str, &str)] = &[
    ("project_id", "0994c893-4d74-4455-8259-4f5c68d92f6f"),
    ("key_id", "5b1f3c7e-2d94-4c06-9a7d-8e0f1b2c3d4e"),
    ("key_secret", "sandbox-key-secret"),
];

/// One project at Sinch.
pub struct Sinch {
    tokens: Tokens,
    project: Project,
    /// The second that is being counted, and the calls in it.
    calls_in_second: (i64, u32),
}

impl Sinch {
    /// A project as it is when the sandbox starts: a full stock, and no number rented.
    pub fn new(settings: &crate::settings::Settings) -> Self {
        let project = Project {
            id: auth::credential("project_id"),
            balance_minor: settings.sinch.balance_minor,
            purchases: 0,
            renewals: 0,
            offers: stock::opening_stock(),
            active: Vec::new(),
            happenings: Vec::new(),
            hmac_secret: settings.sinch.hmac_secret.clone(),
        };
        Self { tokens: Tokens::default(), project, calls_in_second: (0, 0) }
    }

    fn answer(&mut self, context: &mut Context<'_>, request: &Request) -> Result<Response, Refusal> {
        let settings = &context.settings.sinch;
        let segments = request.segments();
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (version, project_id, rest) = match path.as_slice() {
            ["oauth2", "token"] => return Ok(self.tokens.endpoint(request, context.now, context.ids, settings)),
            ["v1alpha1", "projects", project_id, rest @ ..] => (Version::V1Alpha1, *project_id, rest),
            ["v1", "projects", project_id, rest @ ..] => (Version::V1, *project_id, rest),
            _ => return Err(Refusal::no_such_path()),
        };
        self.tokens.authenticate(request, context.now)?;
        self.count_call(context.now, settings)?;
        let serves_v1 = version == Version::V1 || settings.v1alpha1_serves_all;
        let (handler, number) = find(rest, &request.method, serves_v1)?;
        if project_id != self.project.id {
            return Err(foreign_project(project_id, rest, settings));
        }
        let mut call = Call {
            project: &mut self.project,
            version,
            now: context.now,
            settings,
            lenient: context.settings.lenient,
            request,
        };
        handler(&mut call, number)
    }

    fn count_call(&mut self, now: Time, settings: &Settings) -> Result<(), Refusal> {
        let second = now.0.div_euclid(1_000);
        if self.calls_in_second.0 != second {
            self.calls_in_second = (second, 0);
        }
        self.calls_in_second.1 += 1;
        let is_within = settings.requests_per_second.is_none_or(|limit| self.calls_in_second.1 <= limit);
        if is_within { Ok(()) } else { Err(Refusal::too_many_requests()) }
    }
}

impl Provider for Sinch {
    fn handle(&mut self, context: &mut Context<'_>, request: &Request) -> Response {
        self.advance(context);
        self.answer(context, request).unwrap_or_else(|refusal| refusal.response())
    }

    fn advance(&mut self, context: &mut Context<'_>) {
        self.project.advance(context.now, &context.settings.sinch);
    }

    /// The Numbers API shows no messages: they are counted.
    fn receive_sms(&mut self, context: &mut Context<'_>, to: &str, _from: &str, _text: &str) -> Result<(), String> {
        self.advance(context);
        let number = self.project.active.iter_mut().find(|number| number.phone_number == to);
        let number = number.ok_or_else(|| format!("{to} is no active number"))?;
        if number.sms.link.service_plan_id.is_empty() {
            return Err(format!("{to} has no service plan yet"));
        }
        number.messages_received += 1;
        Ok(())
    }

    fn take_notices(&mut self, context: &mut Context<'_>) -> Vec<Notice> {
        self.project.take_callbacks(context.ids, &context.settings.sinch)
    }

    fn purchases(&self) -> u64 {
        self.project.purchases
    }

    fn state(&self) -> Value {
        let project = &self.project;
        let numbers = project.active.iter().map(|number| {
            json!({
                "phone_number": number.phone_number,
                "display_name": number.display_name,
                "service_plan_id": number.sms.link.service_plan_id,
                "released": number.is_released,
                "messages_received": number.messages_received,
            })
        });
        json!({
            "wallet": {"amount_minor": project.balance_minor},
            "purchases": project.purchases,
            "renewals": project.renewals,
            "stock": project.offers.iter().filter(|offer| offer.is_free).count(),
            "numbers": numbers.collect::<Vec<Value>>(),
        })
    }
}

type Handler = fn(&mut Call<'_>, &str) -> Result<Response, Refusal>;

/// The handler below `…/projects/{projectId}`, and the phone number that the path names.
fn find<'a>(path: &[&'a str], method: &str, serves_v1: bool) -> Result<(Handler, &'a str), Refusal> {
    let (last, parents) = path.split_last().ok_or_else(Refusal::no_such_path)?;
    // `:` is no part of a number or a name: what follows the last one is the verb.
    let (last, verb) = last.rsplit_once(':').filter(|(_, verb)| !verb.is_empty()).unwrap_or((*last, ""));
    let (methods, number) = match (parents, last) {
        ([], collection) => (on_collection(collection, verb, serves_v1), ""),
        (["availableNumbers"], number) => (on_available(verb, serves_v1), number),
        (["activeNumbers"], number) => (on_active(verb, serves_v1), number),
        (["activeNumbers", number], "emergencyAddress") if serves_v1 => (on_emergency_address(verb), *number),
        _ => (Vec::new(), ""),
    };
    if methods.is_empty() {
        return Err(Refusal::no_such_path());
    }
    let allowed: Vec<&str> = methods.iter().map(|(name, _)| *name).collect();
    let handler = methods.iter().find(|(name, _)| *name == method).map(|(_, handler)| *handler);
    Ok((handler.ok_or_else(|| Refusal::wrong_method(&allowed.join(", ")))?, number))
}

type Methods = Vec<(&'static str, Handler)>;

fn on_collection(name: &str, verb: &str, serves_v1: bool) -> Methods {
    match (name, verb) {
        ("availableNumbers", "") => vec![("GET", available::list)],
        ("availableNumbers", "rentAny") if serves_v1 => vec![("POST", available::rent_any)],
        ("activeNumbers", "") => vec![("GET", active::list)],
        ("availableRegions", "") if serves_v1 => vec![("GET", regions::list)],
        ("callbackConfiguration", "") if serves_v1 => {
            vec![("GET", callback_configuration::get), ("PATCH", callback_configuration::patch)]
        }
        _ => Vec::new(),
    }
}

fn on_available(verb: &str, serves_v1: bool) -> Methods {
    match verb {
        "" if serves_v1 => vec![("GET", available::get)],
        "rent" => vec![("POST", available::rent)],
        _ => Vec::new(),
    }
}

fn on_active(verb: &str, serves_v1: bool) -> Methods {
    match verb {
        "" if serves_v1 => vec![("GET", active::get), ("PATCH", active::patch)],
        "" => vec![("PATCH", active::patch)],
        "release" => vec![("POST", active::release)],
        _ => Vec::new(),
    }
}

fn on_emergency_address(verb: &str) -> Methods {
    match verb {
        "" => vec![("GET", emergency::get)],
        "provision" => vec![("POST", emergency::provision)],
        "validate" => vec![("POST", emergency::validate)],
        "deprovision" => vec![("POST", emergency::deprovision)],
        _ => Vec::new(),
    }
}

/// `callbackConfiguration` answers 404 for an unknown project; of the others no page says.
fn foreign_project(project_id: &str, path: &[&str], settings: &Settings) -> Refusal {
    if path == ["callbackConfiguration"] {
        return Refusal::missing("CallbackConfiguration", project_id);
    }
    match settings.foreign_project {
        ForeignProject::PermissionDenied => Refusal::not_permitted("Project", "No access to this project"),
        ForeignProject::NotFound => Refusal::missing("Project", project_id),
    }
}
