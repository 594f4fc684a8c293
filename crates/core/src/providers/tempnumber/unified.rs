//! TempNumber as the unified layer sees it.

use super::{
    BuyNumber, CancelNumber, GetAccount, GetCountryPricing, GetInventory, ListNumberSms, ListNumbers, ListPricing,
    Number, NumberStatus, NumberType, Package, RenewNumber, RenewalPackage,
};
use crate::call::Call;
use crate::erased::typed;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::operation::BoxFuture;
use crate::unified;
use crate::unified::abilities::{Abilities, Buying, Renewing};
use crate::unified::countries::Country;
use crate::unified::messages::Received;
use crate::unified::offer::Ticket;
use crate::unified::release::Released;
use crate::unified::{Balance, Message, NumberCapability, NumberKind, Offer, Price, Search, Term, TermKind};

pub(crate) const ABILITIES: Abilities = Abilities {
    balance: Some(|call, ()| Box::pin(balance(call))),
    countries: Some(|call, ()| Box::pin(countries(call))),
    services: None,
    search: Some(search),
    quote: Some(quote),
    reserve: None,
    buy: Some(Buying {
        operation: "tempnumber.buy_number",
        number: |call, ticket, output| {
            let bought = number(call, typed::<Number>(output)?);
            // The answer need not name the package.
            let term = match &bought.term.native {
                None => term(Some(&ticket.params::<BuyNumber>()?.duration)),
                Some(_) => bought.term.clone(),
            };
            Ok(unified::Number { term, ..bought })
        },
    }),
    renew: Some(Renewing {
        operation: |renewal| {
            let package = Some(package_of(renewal.months)?);
            Ok(Box::new(RenewNumber { number_id: renewal.native_id.as_str().into(), package }))
        },
        number: |call, output| Ok(number(call, typed::<Number>(output)?)),
    }),
    list_numbers: Some(|call, ()| Box::pin(list_numbers(call))),
    get_number: Some(get_number),
    configure: None,
    messages: Some(messages),
    pushes: None,
    release: Some(release),
};

async fn balance(call: &Call) -> Result<Balance> {
    let account = call.read(&GetAccount {}).await?.value;
    Ok(Balance::new(call, account.balance, None))
}

async fn countries(call: &Call) -> Result<Vec<Country>> {
    let pricing = call.read(&ListPricing {}).await?.value;
    Ok(pricing.into_iter().map(|it| Country::new(call, it.country_code, it.country_name)).collect())
}

/// Its packages; of one country also what is in stock there.
fn search<'a>(call: &'a Call, search: &'a Search) -> BoxFuture<'a, Result<Vec<Offer>>> {
    Box::pin(async move {
        search.no_digits(call)?;
        search.only_capabilities(call, &[NumberCapability::Sms])?;
        let wanted = search.kind.as_ref().map(type_of).transpose()?;
        let pricing = match search.country() {
            None => call.read(&ListPricing {}).await?.value,
            Some(country_code) => vec![call.read(&GetCountryPricing { country_code }).await?.value],
        };
        let mut offers = Vec::new();
        for country in &pricing {
            let stock = match search.country {
                None => None,
                Some(_) => stock(call, &country.country_code, None, wanted.clone()).await?,
            };
            let packages = country.packages.iter().filter(|package| fits(package, wanted.as_ref()));
            offers.extend(packages.map(|package| {
                let kind = package.number_type.clone().or(wanted.clone());
                Offer { stock, ..offer(call, &country.country_code, package, kind) }
            }));
        }
        Ok(offers)
    })
}

fn fits(package: &Package, wanted: Option<&NumberType>) -> bool {
    wanted.is_none_or(|wanted| package.number_type.as_ref().is_none_or(|it| it == wanted))
}

/// How many there are; `Some(0)` where it says only that there are none.
async fn stock(
    call: &Call,
    country_code: &str,
    duration: Option<String>,
    number_type: Option<NumberType>,
) -> Result<Option<u64>> {
    let inventory = GetInventory { country_code: country_code.to_owned(), duration, number_type };
    let inventory = call.read(&inventory).await?.value;
    Ok(inventory.available.or_else(|| (inventory.in_stock == Some(false)).then_some(0)))
}

fn offer(call: &Call, country_code: &str, package: &Package, number_type: Option<NumberType>) -> Offer {
    let kind = number_type.as_ref().and_then(kind_of);
    let purchase = BuyNumber { country_code: country_code.to_owned(), duration: package.duration.clone(), number_type };
    let term = term(Some(&package.duration));
    Offer {
        country: Some(country_code.to_owned()),
        kind,
        capabilities: vec![NumberCapability::Sms],
        ..Offer::new(call, &purchase, term, Price::once(package.price.clone()), package)
    }
}

fn quote<'a>(call: &'a Call, ticket: &'a Ticket) -> BoxFuture<'a, Result<Offer>> {
    Box::pin(async move {
        let BuyNumber { country_code, duration, number_type } = ticket.params()?;
        let country = call.read(&GetCountryPricing { country_code }).await?.value;
        let package = |it: &&Package| it.duration == duration && fits(it, number_type.as_ref());
        let gone = |what| Error::new(ErrorKind::OutOfStock, Delivery::Refused, what);
        let Some(package) = country.packages.iter().find(package) else {
            return Err(gone("TempNumber does not offer this package any more"));
        };
        let stock = stock(call, &country.country_code, Some(duration.clone()), number_type.clone()).await?;
        if stock == Some(0) {
            return Err(gone("TempNumber has none in stock"));
        }
        Ok(Offer { stock, ..offer(call, &country.country_code, package, number_type) })
    })
}

async fn list_numbers(call: &Call) -> Result<Vec<unified::Number>> {
    let numbers = call.read(&ListNumbers::default()).await?.value;
    Ok(numbers.into_iter().map(|it| number(call, it)).collect())
}

fn get_number<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<unified::Number>> {
    Box::pin(async move {
        let read = call.read(&ListNumberSms { number_id: native_id.into() }).await?.value;
        Ok(number(call, read.number))
    })
}

fn messages<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<Received>> {
    Box::pin(async move {
        let read = call.read(&ListNumberSms { number_id: native_id.into() }).await?.value;
        let to = read.number.phone_number.clone();
        let message = |sms: super::Sms| Message {
            id: sms.id.clone(),
            sender: sms.sender.clone(),
            to: to.clone(),
            received_at: sms.received_at,
            ..Message::new(call, sms.text.clone().unwrap_or_default(), &sms)
        };
        let messages = read.sms.into_iter().map(message).collect();
        Ok(Received { status: number(call, read.number).status, messages })
    })
}

fn release<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<Released>> {
    Box::pin(async move {
        let cancelled = call.change(&CancelNumber { number_id: native_id.into() }).await?.value;
        Ok(Released::new(unified::NumberStatus::Cancelled, &cancelled))
    })
}

fn number(call: &Call, number: Number) -> unified::Number {
    let status = match &number.status {
        // No status is documented: what is listed and not said to be over is in use.
        None | Some(NumberStatus::Active | NumberStatus::ExpiringSoon) => unified::NumberStatus::Active,
        Some(NumberStatus::Expired) => unified::NumberStatus::Expired,
        Some(NumberStatus::Cancelled) => unified::NumberStatus::Cancelled,
        Some(NumberStatus::Other(word)) => unified::NumberStatus::Other(word.clone()),
    };
    unified::Number {
        phone_number: number.phone_number.clone(),
        country: number.country_code.clone(),
        kind: number.number_type.as_ref().and_then(kind_of),
        capabilities: vec![NumberCapability::Sms],
        native_status: number.status.as_ref().map(ToString::to_string),
        price: Price::once(number.price.clone()),
        created_at: number.created_at,
        expires_at: number.expires_at,
        ..unified::Number::new(call, number.id.as_str(), status, term(number.duration.as_deref()), &number)
    }
}

fn term(duration: Option<&str>) -> Term {
    let months = duration.and_then(|duration| RenewalPackage::from(duration).months()).map(u64::from);
    Term { kind: TermKind::Fixed, months, native: duration.map(str::to_owned) }
}

fn package_of(months: u32) -> Result<RenewalPackage> {
    match months {
        1 => Ok(RenewalPackage::OneMonth),
        3 => Ok(RenewalPackage::ThreeMonths),
        6 => Ok(RenewalPackage::SixMonths),
        12 => Ok(RenewalPackage::OneYear),
        _ => Err(Error::invalid_input("months", "TempNumber renews for 1, 3, 6 or 12 months")),
    }
}

fn kind_of(number_type: &NumberType) -> Option<NumberKind> {
    match number_type {
        NumberType::NonVoip => Some(NumberKind::Mobile),
        NumberType::Voip => Some(NumberKind::Voip),
        NumberType::Other(word) => Some(NumberKind::Other(word.clone())),
    }
}

fn type_of(kind: &NumberKind) -> Result<NumberType> {
    match kind {
        NumberKind::Mobile => Ok(NumberType::NonVoip),
        NumberKind::Voip => Ok(NumberType::Voip),
        other => {
            let message = format!("TempNumber has no {other} numbers, only mobile and voip");
            Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message))
        }
    }
}
