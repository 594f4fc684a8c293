//! The ten calls, one function each where it takes more than a line.

use super::TempNumber;
use super::body;
use super::catalogue::{COUNTRIES, Country, NumberType, Package, RENEWAL_PACKAGES};
use super::messages;
use super::numbers::Status;
use super::replies::{
    AccountBody, CountryBody, InventoryBody, MessageBody, NumberBody, Refusal, paging, success, success_with,
};
use super::settings::Settings;
use crate::http::{Request, Response};
use crate::parameters::Parameters;
use crate::provider::Context;

impl TempNumber {
    pub(super) fn dispatch(
        &mut self,
        context: &mut Context<'_>,
        request: &Request,
        segments: &[&str],
        query: &Parameters,
    ) -> Result<Response, Refusal> {
        let (settings, now) = (&context.settings.tempnumber, context.now);
        match segments {
            ["account"] => Ok(success(200, AccountBody::of(self.account.wallet, settings))),
            ["pricing"] => {
                let body = COUNTRIES.iter().map(|country| CountryBody::of(country, settings));
                Ok(success(200, body.collect::<Vec<CountryBody>>()))
            }
            ["pricing", code] => Ok(success(200, CountryBody::of(country(code, context)?, settings))),
            ["inventory"] => self.inventory(context, query),
            ["numbers", "buy"] => self.buy(context, request),
            ["numbers"] => self.list(context, query),
            ["numbers", id, "renew"] => self.renew(context, request, id),
            ["numbers", id, "cancel"] => {
                let number = self.account.cancel(id, now, settings)?;
                Ok(success(200, NumberBody::of(number, now, settings)))
            }
            ["numbers", id, "sms"] => {
                Ok(success(200, NumberBody::with_messages(self.account.number(id)?, now, settings)))
            }
            ["receive-sms"] => self.receive(context, query),
            _ => Err(Refusal::new(404, "Not found.")),
        }
    }

    fn inventory(&self, context: &Context<'_>, query: &Parameters) -> Result<Response, Refusal> {
        let settings = &context.settings.tempnumber;
        let code =
            query.get("country_code").ok_or_else(|| Refusal::invalid(settings, "country_code", "is required"))?;
        let country = country(code, context)?;
        let number_type = query.get("number_type").map(|name| number_type(name, settings)).transpose()?;
        let duration = query.get("duration");
        let is_sold = |package: &Package| {
            duration.is_none_or(|duration| package.duration == duration)
                && number_type.is_none_or(|number_type| package.number_type == number_type)
        };
        if duration.is_some_and(|duration| !country.packages.iter().any(|package| package.duration == duration)) {
            return Err(Refusal::invalid(settings, "duration", "is not a duration of this country"));
        }
        // Stock counts only where it can be bought for that duration.
        let types = [NumberType::NonVoip, NumberType::Voip].into_iter();
        let sold = types
            .filter(|each| country.packages.iter().any(|package| package.number_type == *each && is_sold(package)));
        let available = sold.map(|each| self.account.available(country, Some(each))).sum();
        Ok(success(200, InventoryBody { country_code: country.code, duration, number_type, available }))
    }

    fn buy(&mut self, context: &mut Context<'_>, request: &Request) -> Result<Response, Refusal> {
        let (settings, lenient) = (&context.settings.tempnumber, context.settings.lenient);
        let fields = body::read(request, &["country_code", "duration", "number_type"], settings, lenient)?;
        let country = country(body::required(&fields, "country_code", settings)?, context)?;
        let duration = body::required(&fields, "duration", settings)?;
        let wanted = body::text(&fields, "number_type", settings)?;
        let wanted = wanted.map(|name| number_type(name, settings)).transpose()?;
        let lasts = country.packages.iter().filter(|package| package.duration == duration);
        let lasts: Vec<&'static Package> = lasts.collect();
        if lasts.is_empty() {
            return Err(Refusal::invalid(settings, "duration", "is not a duration of this country"));
        }
        let packages: Vec<&'static Package> =
            lasts.into_iter().filter(|package| wanted.is_none_or(|wanted| package.number_type == wanted)).collect();
        if packages.is_empty() {
            return Err(Refusal::invalid(settings, "number_type", "is not sold for this duration"));
        }
        let now = context.now;
        let number = self.account.buy(context, country, &packages)?;
        Ok(success(settings.buy_status, NumberBody::of(number, now, settings)))
    }

    fn renew(&mut self, context: &Context<'_>, request: &Request, id: &str) -> Result<Response, Refusal> {
        let settings = &context.settings.tempnumber;
        let fields = body::read(request, &["package"], settings, context.settings.lenient)?;
        let package = body::text(&fields, "package", settings)?.unwrap_or("oneMonth");
        if !RENEWAL_PACKAGES.contains(&package) {
            let wrong = format!("must be one of {}", RENEWAL_PACKAGES.join(", "));
            return Err(Refusal::invalid(settings, "package", &wrong));
        }
        let number = self.account.renew(id, package, context.now, settings)?;
        Ok(success(200, NumberBody::of(number, context.now, settings)))
    }

    fn list(&self, context: &Context<'_>, query: &Parameters) -> Result<Response, Refusal> {
        let settings = &context.settings.tempnumber;
        let wanted = match query.get("status").unwrap_or("all") {
            "all" => None,
            "active" => Some(Status::Active),
            "expiring_soon" => Some(Status::ExpiringSoon),
            "expired" => Some(Status::Expired),
            "cancelled" => Some(Status::Cancelled),
            _ => {
                let wrong = "must be one of active, expiring_soon, expired, cancelled, all";
                return Err(Refusal::invalid(settings, "status", wrong));
            }
        };
        let numbers = self.account.numbers();
        let numbers =
            numbers.filter(|number| wanted.is_none_or(|wanted| number.status(context.now, settings) == wanted));
        let body = numbers.map(|number| NumberBody::of(number, context.now, settings));
        Ok(success(200, body.collect::<Vec<NumberBody<'_>>>()))
    }

    fn receive(&self, context: &Context<'_>, query: &Parameters) -> Result<Response, Refusal> {
        let settings = &context.settings.tempnumber;
        let phone = query.get("phoneNumber");
        let phone = phone.ok_or_else(|| Refusal::invalid(settings, "phoneNumber", "is required"))?;
        // A `+` that was not escaped arrives as a space.
        let phone = if context.settings.lenient { phone.trim_start() } else { phone };
        let digits = phone.strip_prefix('+').unwrap_or(phone);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Refusal::invalid(settings, "phoneNumber", "must be E.164 or digits"));
        }
        let page = messages::page(self.account.by_phone(digits)?, query, settings)?;
        let body = page.messages.into_iter().map(|message| MessageBody::of(message, settings));
        Ok(success_with(200, body.collect::<Vec<MessageBody<'_>>>(), paging(page.next, settings)))
    }
}

fn country(code: &str, context: &Context<'_>) -> Result<&'static Country, Refusal> {
    let same = |country: &&Country| {
        country.code == code || (context.settings.lenient && country.code.eq_ignore_ascii_case(code))
    };
    let unknown = || Refusal::new(context.settings.tempnumber.unknown_country_status, "Country not found.");
    COUNTRIES.iter().find(same).ok_or_else(unknown)
}

fn number_type(name: &str, settings: &Settings) -> Result<NumberType, Refusal> {
    let wrong = || Refusal::invalid(settings, "number_type", "must be voip or non_voip");
    NumberType::from_name(name).ok_or_else(wrong)
}
