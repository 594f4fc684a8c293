//! Voepy as the unified layer sees it.

use super::{
    AvailableNumber, Capability, GetAccount, ListNumbers, Number, NumberStatus, NumberType, OrderNumbers,
    ReleaseNumber, ReserveNumbers, SearchAvailable, UpdateNumber,
};
use crate::call::Call;
use crate::erased::typed;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::Change;
use crate::operation::BoxFuture;
use crate::time::Timestamp;
use crate::unified;
use crate::unified::abilities::{Abilities, Buying};
use crate::unified::accounts::among;
use crate::unified::configure::Configuration;
use crate::unified::offer::Ticket;
use crate::unified::release::Released;
use crate::unified::search::Pattern;
use crate::unified::{Balance, NumberKind, Offer, Price, Search, Term};

pub(crate) const ABILITIES: Abilities = Abilities {
    balance: Some(|call, ()| Box::pin(balance(call))),
    countries: None,
    services: None,
    search: Some(search),
    quote: Some(quote),
    reserve: Some(reserve),
    buy: Some(Buying {
        operation: "voepy.order_numbers",
        number: |call, _, output| {
            let ordered = typed::<Vec<Number>>(output)?.into_iter().next();
            ordered.map(|it| number(call, it)).ok_or_else(|| {
                Error::new(ErrorKind::Malformed, Delivery::Unknown, "the order was carried out, and names no number")
            })
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

/// No more come on one page.
const MOST: u32 = 100;

async fn balance(call: &Call) -> Result<Balance> {
    let account = call.read(&GetAccount {}).await?.value;
    Ok(Balance::new(call, account.balance, account.credit_limit))
}

fn search<'a>(call: &'a Call, search: &'a Search) -> BoxFuture<'a, Result<Vec<Offer>>> {
    Box::pin(async move {
        let page = SearchAvailable {
            country_code: search.needed_country(call)?,
            number_type: search.kind.as_ref().map(type_of).transpose()?,
            features: search.capabilities.iter().map(|it| it.as_str().into()).collect(),
            // It can be searched by area code and place only: digits are looked for in what it gives.
            limit: Some(if search.digits.is_some() { MOST } else { search.limit().min(MOST) }),
            ..SearchAvailable::default()
        };
        let found = call.read(&page).await?.value;
        let has_digits = |number: &AvailableNumber| {
            let digits = number.phone_number.digits();
            search.pattern().is_none_or(|pattern| match pattern {
                Pattern::Start(wanted) => digits.starts_with(wanted.trim_start_matches('+')),
                Pattern::Anywhere(wanted) => digits.contains(wanted),
                Pattern::End(wanted) => digits.ends_with(wanted),
            })
        };
        let wanted = found.into_iter().filter(has_digits);
        wanted.map(|number| offer(call, &page.country_code, page.number_type.as_ref(), number)).collect()
    })
}

/// An order names country and kind of the number again; where its row does not, they are those that were asked for.
fn offer(call: &Call, country: &str, kind: Option<&NumberType>, number: AvailableNumber) -> Result<Offer> {
    let Some(number_type) = number.number_type.as_ref().or(kind).cloned() else {
        let message = "missing field `number_type`, which an order needs";
        return Err(Error::new(ErrorKind::Malformed, Delivery::Unknown, message));
    };
    let country = number.country_code.clone().unwrap_or_else(|| country.to_owned());
    let price = Price::monthly(number.activation_fee.clone(), number.monthly_fee.clone(), 1);
    let kind = kind_of(&number_type);
    let order =
        OrderNumbers { phone_numbers: vec![number.phone_number.clone()], country_code: country.clone(), number_type };
    let offer = Offer {
        phone_number: Some(number.phone_number.clone()),
        kind: Some(kind),
        capabilities: number.capabilities.iter().map(neutral_capability).collect(),
        stock: Some(1),
        ..Offer::new(call, &order, Term::subscription(1), price, &number)
    };
    Ok(offer.of_country(country))
}

fn quote<'a>(call: &'a Call, ticket: &'a Ticket) -> BoxFuture<'a, Result<Offer>> {
    Box::pin(async move {
        let OrderNumbers { phone_numbers, country_code, number_type } = ticket.params()?;
        let page = SearchAvailable {
            country_code,
            number_type: Some(number_type),
            limit: Some(MOST),
            ..SearchAvailable::default()
        };
        let found = call.read(&page).await?.value;
        let cut = found.len() >= MOST as usize;
        let same = found.into_iter().find(|number| phone_numbers.contains(&number.phone_number));
        match same {
            Some(number) => offer(call, &page.country_code, page.number_type.as_ref(), number),
            None if cut => {
                let message = "Voepy lists a hundred numbers at a time and cannot be asked for one: what it costs now is \
                               not known";
                Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message))
            }
            None => {
                let message = "Voepy does not offer this number any more";
                Err(Error::new(ErrorKind::OutOfStock, Delivery::Refused, message))
            }
        }
    })
}

fn reserve<'a>(call: &'a Call, ticket: &'a Ticket) -> BoxFuture<'a, Result<Timestamp>> {
    Box::pin(async move {
        let OrderNumbers { phone_numbers, .. } = ticket.params()?;
        Ok(call.change(&ReserveNumbers { phone_numbers }).await?.value.expires_at)
    })
}

async fn list_numbers(call: &Call) -> Result<Vec<unified::Number>> {
    let list = ListNumbers { limit: Some(MOST), ..ListNumbers::default() };
    Ok(call.read_all(list).await?.into_iter().map(|it| number(call, it)).collect())
}

/// There is no way to ask for one.
fn get_number<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<unified::Number>> {
    Box::pin(async move { among(list_numbers(call).await?, native_id) })
}

fn configure<'a>(call: &'a Call, change: &'a Configuration) -> BoxFuture<'a, Result<unified::Number>> {
    Box::pin(async move {
        change.lacks(call, "webhook_url", &change.webhook_url)?;
        let label = match &change.label {
            Change::Set(label) => Some(label.clone()),
            // Nothing is documented that takes it away; an empty text is what it would be without.
            Change::Clear => Some(String::new()),
            Change::Keep => None,
        };
        let update = UpdateNumber {
            number_id: change.native_id.as_str().into(),
            customer_reference: label,
            cnam_lookup_enabled: None,
            cnam_display_name: None,
            tech_prefix_enabled: None,
            inbound_call_screening: None,
            messaging_enabled: None,
            connection_id: Change::Keep,
        };
        match call.change(&update).await?.value.number {
            Some(after) => Ok(number(call, after)),
            None => get_number(call, &change.native_id).await,
        }
    })
}

fn release<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<Released>> {
    Box::pin(async move {
        let after = call.change(&ReleaseNumber { number_id: native_id.into() }).await?.value;
        Ok(Released::new(unified::NumberStatus::Releasing, &after))
    })
}

fn number(call: &Call, number: Number) -> unified::Number {
    let status = match &number.status {
        NumberStatus::Pending => unified::NumberStatus::Pending,
        NumberStatus::Active => unified::NumberStatus::Active,
        NumberStatus::Released => unified::NumberStatus::Released,
        NumberStatus::Other(word) => unified::NumberStatus::Other(word.clone()),
    };
    unified::Number {
        phone_number: Some(number.phone_number.clone()),
        country: number.country_code.clone(),
        kind: number.number_type.as_ref().map(kind_of),
        capabilities: number.capabilities.iter().map(neutral_capability).collect(),
        native_status: Some(number.status.to_string()),
        price: Price::monthly(number.activation_fee.clone(), number.monthly_fee.clone(), 1),
        created_at: number.ordered_at,
        expires_at: number.released_at,
        ..unified::Number::new(call, number.id.as_str(), status, Term::subscription(1), &number)
    }
}

fn kind_of(number_type: &NumberType) -> NumberKind {
    match number_type {
        NumberType::Local => NumberKind::Local,
        NumberType::TollFree => NumberKind::TollFree,
        NumberType::National => NumberKind::National,
        NumberType::Mobile => NumberKind::Mobile,
        NumberType::Other(word) => NumberKind::Other(word.clone()),
    }
}

fn type_of(kind: &NumberKind) -> Result<NumberType> {
    match kind {
        NumberKind::Local => Ok(NumberType::Local),
        NumberKind::TollFree => Ok(NumberType::TollFree),
        NumberKind::National => Ok(NumberType::National),
        NumberKind::Mobile => Ok(NumberType::Mobile),
        NumberKind::Other(word) => Ok(NumberType::Other(word.clone())),
        NumberKind::Voip => {
            let message = "Voepy has no voip numbers, only local, mobile, national and toll_free";
            Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message))
        }
    }
}

fn neutral_capability(capability: &Capability) -> unified::NumberCapability {
    match capability {
        Capability::Sms => unified::NumberCapability::Sms,
        Capability::Voice => unified::NumberCapability::Voice,
        Capability::Other(word) => unified::NumberCapability::Other(word.clone()),
    }
}
