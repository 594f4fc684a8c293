//! Vonage as the unified layer sees it. Its numbers are named by country and number, for every call asks for both.

use super::{
    AvailableNumber, BuyNumber, CancelNumber, Confirmation, Feature, GetBalance, ListNumbers, NumberType, OwnedNumber,
    SearchAvailable, SearchPattern, UpdateNumber,
};
use crate::call::Call;
use crate::erased::typed;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::events::{Event, EventContent};
use crate::operation::BoxFuture;
use crate::phone::PhoneNumber;
use crate::unified;
use crate::unified::abilities::{Abilities, Buying, Pushing};
use crate::unified::configure::Configuration;
use crate::unified::number::native_phone_number;
use crate::unified::offer::Ticket;
use crate::unified::release::Released;
use crate::unified::search::Pattern;
use crate::unified::{
    Balance, Message, Native, NumberCapability, NumberKind, NumberStatus, Offer, Price, Search, Term,
};

pub(crate) const ABILITIES: Abilities = Abilities {
    balance: Some(|call, ()| Box::pin(balance(call))),
    countries: None,
    services: None,
    search: Some(search),
    quote: Some(quote),
    reserve: None,
    buy: Some(Buying { operation: "vonage.buy_number", number: bought }),
    renew: None,
    list_numbers: Some(|call, ()| Box::pin(list_numbers(call))),
    get_number: Some(get_number),
    configure: Some(configure),
    messages: None,
    pushes: Some(Pushing { phone_number: behind, recipient, message }),
    release: Some(release),
};

async fn balance(call: &Call) -> Result<Balance> {
    let credit = call.read(&GetBalance {}).await?.value;
    Ok(Balance::new(call, credit.balance, None))
}

fn search<'a>(call: &'a Call, search: &'a Search) -> BoxFuture<'a, Result<Vec<Offer>>> {
    Box::pin(async move {
        let (search_pattern, pattern) = search.pattern().map(pattern).unzip();
        let page = SearchAvailable {
            country: search.needed_country(call)?,
            number_type: search.kind.as_ref().map(type_of).transpose()?,
            pattern,
            search_pattern,
            features: search.capabilities.iter().map(feature_of).collect(),
            size: Some(u64::from(search.limit()).min(100)),
            index: None,
        };
        let found = call.read(&page).await?.value.items;
        Ok(found.into_iter().map(|number| offer(call, number)).collect())
    })
}

fn pattern(pattern: Pattern<'_>) -> (SearchPattern, String) {
    match pattern {
        Pattern::Start(digits) => (SearchPattern::StartsWith, digits.to_owned()),
        Pattern::Anywhere(digits) => (SearchPattern::Anywhere, digits.to_owned()),
        Pattern::End(digits) => (SearchPattern::EndsWith, digits.to_owned()),
    }
}

fn offer(call: &Call, number: AvailableNumber) -> Offer {
    let price = Price::monthly(None, number.cost.clone(), 1);
    let (country, phone_number) = (number.country.clone(), number.phone_number.clone());
    let purchase = BuyNumber { country: country.clone(), phone_number: phone_number.clone(), target_api_key: None };
    let offer = Offer {
        phone_number: Some(phone_number),
        kind: number.number_type.as_ref().map(kind_of),
        capabilities: number.features.iter().map(neutral_capability).collect(),
        stock: Some(1),
        ..Offer::new(call, &purchase, Term::subscription(1), price, &number)
    };
    offer.of_country(country)
}

fn quote<'a>(call: &'a Call, ticket: &'a Ticket) -> BoxFuture<'a, Result<Offer>> {
    Box::pin(async move {
        let BuyNumber { country, phone_number, .. } = ticket.params()?;
        let page = SearchAvailable {
            country,
            pattern: Some(phone_number.digits().to_owned()),
            search_pattern: Some(SearchPattern::StartsWith),
            size: Some(100),
            ..SearchAvailable::default()
        };
        let found = call.read(&page).await?.value.items.into_iter().find(|it| it.phone_number == phone_number);
        found.map(|number| offer(call, number)).ok_or_else(|| {
            Error::new(ErrorKind::OutOfStock, Delivery::Refused, "Vonage does not offer this number any more")
        })
    })
}

/// Its answer holds nothing of the number but what was asked with.
fn bought(call: &Call, _: &Ticket, output: crate::erased::AnyOutput) -> Result<unified::Number> {
    let bought = typed::<Confirmation>(output)?;
    let owned = OwnedNumber::bare(bought.country.clone(), bought.phone_number.clone());
    Ok(unified::Number { native: Native::of(&bought), ..number(call, owned) })
}

async fn list_numbers(call: &Call) -> Result<Vec<unified::Number>> {
    let list = ListNumbers { size: Some(100), ..ListNumbers::default() };
    Ok(call.read_all(list).await?.into_iter().map(|it| number(call, it)).collect())
}

/// A number's country and the number itself; of what is named by the number alone the account's list tells the country.
async fn owned(call: &Call, native_id: &str) -> Result<OwnedNumber> {
    let (country, digits) = match native_id.split_once(':') {
        Some((country, digits)) => (Some(country.to_owned()), digits),
        None => (None, native_id),
    };
    let phone_number = native_phone_number(digits)?;
    let list = ListNumbers {
        country,
        pattern: Some(phone_number.digits().to_owned()),
        search_pattern: Some(SearchPattern::StartsWith),
        size: Some(100),
        ..ListNumbers::default()
    };
    let found = call.read(&list).await?.value.items.into_iter().find(|it| it.phone_number == phone_number);
    found.ok_or_else(|| {
        let message = "the account has no such number; it may have been released";
        Error::new(ErrorKind::NotFound, Delivery::Refused, message)
    })
}

/// Country and number, as the id says where it says both.
async fn named(call: &Call, native_id: &str) -> Result<(String, PhoneNumber)> {
    match native_id.split_once(':') {
        Some((country, digits)) => Ok((country.to_owned(), native_phone_number(digits)?)),
        None => owned(call, native_id).await.map(|number| (number.country, number.phone_number)),
    }
}

/// The number alone.
fn behind(native_id: &str) -> Result<PhoneNumber> {
    native_phone_number(native_id.split_once(':').map_or(native_id, |(_, digits)| digits))
}

fn recipient(event: &Event) -> Option<&PhoneNumber> {
    match &event.content {
        EventContent::VonageSms(sms) => Some(&sms.phone_number),
        _ => None,
    }
}

fn message(call: &Call, event: &Event) -> Option<Message> {
    let EventContent::VonageSms(sms) = &event.content else { return None };
    Some(Message {
        id: Some(sms.message_id.clone()),
        sender: sms.sender.clone(),
        to: Some(sms.phone_number.clone()),
        received_at: sms.received_at,
        ..Message::new(call, sms.text.clone().unwrap_or_default(), sms)
    })
}

fn get_number<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<unified::Number>> {
    Box::pin(async move { Ok(number(call, owned(call, native_id).await?)) })
}

fn configure<'a>(call: &'a Call, change: &'a Configuration) -> BoxFuture<'a, Result<unified::Number>> {
    Box::pin(async move {
        change.lacks(call, "label", &change.label)?;
        let (country, phone_number) = named(call, &change.native_id).await?;
        let update = UpdateNumber {
            country,
            phone_number,
            app_id: None,
            mo_http_url: change.webhook_url.clone(),
            mo_smpp_sys_type: None,
            voice_callback_type: None,
            voice_callback_value: None,
            voice_status_callback: None,
            messages_callback_type: None,
            messages_callback_value: None,
        };
        call.change(&update).await?;
        get_number(call, &change.native_id).await
    })
}

fn release<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<Released>> {
    Box::pin(async move {
        let (country, phone_number) = named(call, native_id).await?;
        let cancelled = call.change(&CancelNumber { country, phone_number, target_api_key: None }).await?.value;
        Ok(Released::new(NumberStatus::Released, &cancelled))
    })
}

fn number(call: &Call, number: OwnedNumber) -> unified::Number {
    let native_id = format!("{}:{}", number.country, number.phone_number);
    unified::Number {
        phone_number: Some(number.phone_number.clone()),
        country: Some(number.country.clone()),
        kind: number.number_type.as_ref().map(kind_of),
        capabilities: number.features.iter().map(neutral_capability).collect(),
        ..unified::Number::new(call, &native_id, NumberStatus::Active, Term::subscription(1), &number)
    }
}

fn kind_of(number_type: &NumberType) -> NumberKind {
    match number_type {
        NumberType::MobileLvn | NumberType::Mobile => NumberKind::Mobile,
        NumberType::Landline => NumberKind::Local,
        NumberType::LandlineTollFree => NumberKind::TollFree,
        NumberType::Other(word) => NumberKind::Other(word.clone()),
    }
}

fn type_of(kind: &NumberKind) -> Result<NumberType> {
    match kind {
        NumberKind::Mobile => Ok(NumberType::MobileLvn),
        NumberKind::Local => Ok(NumberType::Landline),
        NumberKind::TollFree => Ok(NumberType::LandlineTollFree),
        NumberKind::Other(word) => Ok(NumberType::Other(word.clone())),
        other => {
            let message = format!("Vonage has no {other} numbers, only mobile, local and toll_free");
            Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message))
        }
    }
}

fn neutral_capability(feature: &Feature) -> NumberCapability {
    match feature {
        Feature::Sms => NumberCapability::Sms,
        Feature::Voice => NumberCapability::Voice,
        Feature::Mms => NumberCapability::Mms,
        Feature::Other(word) => NumberCapability::Other(word.to_ascii_lowercase()),
    }
}

fn feature_of(capability: &NumberCapability) -> Feature {
    match capability {
        NumberCapability::Sms => Feature::Sms,
        NumberCapability::Voice => Feature::Voice,
        NumberCapability::Mms => Feature::Mms,
        NumberCapability::Other(word) => Feature::Other(word.to_ascii_uppercase()),
    }
}
