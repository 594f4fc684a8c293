//! Sinch as the unified layer sees it. Its numbers are named by the numbers themselves.

use super::{
    ActiveNumber, AvailableNumber, GetAvailable, GetNumber, ListNumbers, ListRegions, NumberCapability, NumberType,
    ReleaseNumber, RentNumber, SearchAvailable, SearchPattern, Sinch, UpdateNumber, Version,
};
use crate::call::Call;
use crate::erased::typed;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::operation::BoxFuture;
use crate::unified;
use crate::unified::abilities::{Abilities, Buying};
use crate::unified::accounts::among;
use crate::unified::configure::Configuration;
use crate::unified::countries::Country;
use crate::unified::number::native_phone_number;
use crate::unified::offer::Ticket;
use crate::unified::release::Released;
use crate::unified::search::Pattern;
use crate::unified::{NumberKind, NumberStatus, Offer, Price, Search, Term};
use crate::wait::Progress;

pub(crate) const ABILITIES: Abilities = Abilities {
    balance: None,
    countries: Some(|call, ()| Box::pin(countries(call))),
    services: None,
    search: Some(search),
    quote: Some(quote),
    reserve: None,
    buy: Some(Buying {
        operation: "sinch.rent_number",
        number: |call, ticket, output| {
            let number = number(call, typed::<ActiveNumber>(output)?);
            // v1alpha1 answers with the number alone.
            Ok(unified::Number { country: number.country.clone().or(ticket.country.clone()), ..number })
        },
    }),
    renew: None,
    list_numbers: Some(|call, ()| Box::pin(list_numbers(call))),
    get_number: Some(get_number),
    configure: Some(configure),
    messages: None,
    pushes: None,
    release: Some(release),
};

/// Where a search or a list needs to be told one.
const TYPES: [NumberType; 3] = [NumberType::Mobile, NumberType::Local, NumberType::TollFree];

async fn countries(call: &Call) -> Result<Vec<Country>> {
    let regions = call.read(&ListRegions::default()).await?.value;
    let country = |region: super::Region| Country {
        kinds: region.number_types.iter().filter_map(kind_of).collect(),
        ..Country::new(call, region.region_code, region.region_name)
    };
    Ok(regions.into_iter().map(country).collect())
}

fn search<'a>(call: &'a Call, search: &'a Search) -> BoxFuture<'a, Result<Vec<Offer>>> {
    Box::pin(async move {
        let country = search.needed_country(call)?;
        let types: Vec<Option<NumberType>> = match (&search.kind, version(call)?) {
            (Some(kind), _) => vec![Some(type_of(kind)?)],
            (None, Version::V1alpha1) => vec![None],
            (None, Version::V1) => TYPES.map(Some).into(),
        };
        let pattern = search.pattern().map(|pattern| match pattern {
            Pattern::Start(digits) => (SearchPattern::Start, format!("+{}", digits.trim_start_matches('+'))),
            Pattern::Anywhere(digits) => (SearchPattern::Contains, digits.to_owned()),
            Pattern::End(digits) => (SearchPattern::End, digits.to_owned()),
        });
        let (search_pattern, pattern) = pattern.unzip();
        let mut offers = Vec::new();
        for number_type in types {
            let page = SearchAvailable {
                region_code: Some(country.clone()),
                number_type,
                capabilities: search.capabilities.iter().map(capability_of).collect(),
                pattern: pattern.clone(),
                search_pattern: search_pattern.clone(),
                size: Some(search.limit()),
            };
            let found = call.read(&page).await?.value;
            offers.extend(found.into_iter().map(|number| offer(call, &country, number)));
        }
        Ok(offers)
    })
}

fn offer(call: &Call, country: &str, number: AvailableNumber) -> Offer {
    let months = number.payment_interval_months.unwrap_or(1);
    let price = Price::monthly(number.setup_price.clone(), number.monthly_price.clone(), months);
    let rent = RentNumber {
        phone_number: number.phone_number.clone(),
        sms_configuration: None,
        voice_configuration: None,
        callback_url: None,
    };
    let country = number.region_code.clone().unwrap_or_else(|| country.to_owned());
    Offer {
        phone_number: Some(number.phone_number.clone()),
        kind: number.number_type.as_ref().and_then(kind_of),
        capabilities: number.capabilities.iter().filter_map(neutral_capability).collect(),
        stock: Some(1),
        ..Offer::new(call, &rent, Term::subscription(months), price, &number).found_by(Some(&country), None)
    }
    .of_country(country)
}

fn quote<'a>(call: &'a Call, ticket: &'a Ticket) -> BoxFuture<'a, Result<Offer>> {
    Box::pin(async move {
        let RentNumber { phone_number, .. } = ticket.params()?;
        let found = match version(call)? {
            Version::V1 => Some(call.read(&GetAvailable { phone_number }).await?.value),
            // It has no way to ask for one number.
            Version::V1alpha1 => {
                let page = SearchAvailable {
                    region_code: ticket.country.clone(),
                    pattern: Some(phone_number.to_string()),
                    search_pattern: Some(SearchPattern::Start),
                    ..SearchAvailable::default()
                };
                call.read(&page).await?.value.into_iter().find(|number| number.phone_number == phone_number)
            }
        };
        let country = ticket.country.as_deref().unwrap_or_default();
        found.map(|number| offer(call, country, number)).ok_or_else(|| {
            Error::new(ErrorKind::OutOfStock, Delivery::Refused, "Sinch does not offer this number any more")
        })
    })
}

async fn list_numbers(call: &Call) -> Result<Vec<unified::Number>> {
    let types = match version(call)? {
        Version::V1 => TYPES.to_vec(),
        Version::V1alpha1 => vec![NumberType::Unspecified],
    };
    let mut numbers = Vec::new();
    for number_type in types {
        let list = ListNumbers { number_type: Some(number_type), ..ListNumbers::default() };
        numbers.extend(call.read_all(list).await?.into_iter().map(|it| number(call, it)));
    }
    Ok(numbers)
}

fn get_number<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<unified::Number>> {
    Box::pin(async move {
        let phone_number = native_phone_number(native_id)?;
        match version(call)? {
            Version::V1 => Ok(number(call, call.read(&GetNumber { phone_number }).await?.value)),
            Version::V1alpha1 => among(list_numbers(call).await?, phone_number.as_str()),
        }
    })
}

fn configure<'a>(call: &'a Call, change: &'a Configuration) -> BoxFuture<'a, Result<unified::Number>> {
    Box::pin(async move {
        let update = UpdateNumber {
            phone_number: native_phone_number(&change.native_id)?,
            display_name: change.label.clone(),
            sms_configuration: None,
            voice_configuration: None,
            callback_url: change.webhook_url.clone(),
        };
        Ok(number(call, call.change(&update).await?.value))
    })
}

fn release<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<Released>> {
    Box::pin(async move {
        let release = ReleaseNumber { phone_number: native_phone_number(native_id)? };
        let released = call.change(&release).await?.value;
        Ok(Released { ends_at: released.expire_at, ..Released::new(NumberStatus::Releasing, &released) })
    })
}

fn number(call: &Call, number: ActiveNumber) -> unified::Number {
    let (status, native_status) = match number.progress() {
        Progress::Settled => (NumberStatus::Active, None),
        Progress::Waiting(word) => (NumberStatus::Pending, Some(word)),
        Progress::Ended(word) => (NumberStatus::Failed, Some(word)),
    };
    let months = number.payment_interval_months;
    let price = Price { once: None, recurring: number.price.clone(), every_months: months };
    let phone_number = number.phone_number.clone();
    unified::Number {
        phone_number: Some(phone_number.clone()),
        country: number.region_code.clone(),
        kind: number.number_type.as_ref().and_then(kind_of),
        capabilities: number.capabilities.iter().filter_map(neutral_capability).collect(),
        native_status,
        price,
        expires_at: number.expire_at,
        next_charge_at: number.next_charge_date,
        ..unified::Number::new(call, phone_number.as_str(), status, Term::subscription(months.unwrap_or(1)), &number)
    }
}

fn version(call: &Call) -> Result<Version> {
    Ok(call.session.provider::<Sinch>()?.version)
}

fn kind_of(number_type: &NumberType) -> Option<NumberKind> {
    match number_type {
        NumberType::Mobile => Some(NumberKind::Mobile),
        NumberType::Local => Some(NumberKind::Local),
        NumberType::TollFree => Some(NumberKind::TollFree),
        NumberType::Unspecified => None,
        NumberType::Other(word) => Some(NumberKind::Other(word.clone())),
    }
}

fn type_of(kind: &NumberKind) -> Result<NumberType> {
    match kind {
        NumberKind::Mobile => Ok(NumberType::Mobile),
        NumberKind::Local => Ok(NumberType::Local),
        NumberKind::TollFree => Ok(NumberType::TollFree),
        NumberKind::Other(word) => Ok(NumberType::Other(word.clone())),
        other => {
            let message = format!("Sinch has no {other} numbers, only mobile, local and toll_free");
            Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message))
        }
    }
}

fn neutral_capability(capability: &NumberCapability) -> Option<unified::NumberCapability> {
    match capability {
        NumberCapability::Sms => Some(unified::NumberCapability::Sms),
        NumberCapability::Voice => Some(unified::NumberCapability::Voice),
        NumberCapability::Unspecified => None,
        NumberCapability::Other(word) => Some(unified::NumberCapability::Other(word.clone())),
    }
}

fn capability_of(capability: &unified::NumberCapability) -> NumberCapability {
    match capability {
        unified::NumberCapability::Sms => NumberCapability::Sms,
        unified::NumberCapability::Voice => NumberCapability::Voice,
        other => NumberCapability::Other(other.as_str().to_ascii_uppercase()),
    }
}
