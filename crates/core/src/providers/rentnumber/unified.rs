//! RentNumber as the unified layer sees it.

use super::{
    CancelRental, GetBalance, GetRental, ListCountries, ListPrices, ListRentals, ListServices, PastRental, Price, Rent,
    Rental, RentalStatus,
};
use crate::call::Call;
use crate::erased::typed;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::operation::BoxFuture;
use crate::unified;
use crate::unified::abilities::{Abilities, Buying};
use crate::unified::countries::Country;
use crate::unified::messages::Received;
use crate::unified::offer::Ticket;
use crate::unified::release::Released;
use crate::unified::services::Service;
use crate::unified::{Balance, Message, NumberCapability, NumberStatus, Offer, Search, Term};

pub(crate) const ABILITIES: Abilities = Abilities {
    balance: Some(|call, ()| Box::pin(balance(call))),
    countries: Some(|call, ()| Box::pin(countries(call))),
    services: Some(|call, ()| Box::pin(services(call))),
    search: Some(search),
    quote: Some(quote),
    reserve: None,
    buy: Some(Buying {
        operation: "rentnumber.rent",
        number: |call, ticket, output| {
            let number = number(call, typed::<Rental>(output)?);
            Ok(unified::Number { country: ticket.country.clone(), ..number })
        },
    }),
    renew: None,
    list_numbers: Some(|call, ()| Box::pin(list_numbers(call))),
    get_number: Some(get_number),
    configure: None,
    messages: Some(messages),
    pushes: None,
    release: Some(release),
};

async fn balance(call: &Call) -> Result<Balance> {
    let wallet = call.read(&GetBalance {}).await?.value;
    Ok(Balance::new(call, wallet.balance, None))
}

async fn countries(call: &Call) -> Result<Vec<Country>> {
    let countries = call.read(&ListCountries {}).await?.value;
    Ok(countries.into_iter().map(|it| Country::new(call, it.iso_code, Some(it.name))).collect())
}

async fn services(call: &Call) -> Result<Vec<Service>> {
    let services = call.read(&ListServices {}).await?.value;
    Ok(services.into_iter().map(|it| Service::new(call, it.slug, it.name, Some(it.min_price))).collect())
}

fn search<'a>(call: &'a Call, search: &'a Search) -> BoxFuture<'a, Result<Vec<Offer>>> {
    Box::pin(async move {
        search.no_digits(call)?;
        search.only_capabilities(call, &[NumberCapability::Sms])?;
        if search.kind.is_some() {
            let message = "RentNumber does not say what kind its numbers are";
            return Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message));
        }
        let Some(slug) = search.service.clone() else {
            return Err(Error::invalid_input("service", "RentNumber rents numbers for one service: say which"));
        };
        let country = search.country();
        // By its own number of the country, which would take another call: the ISO code is in every row.
        let prices = call.read(&ListPrices { slug: slug.clone(), country_id: None }).await?.value.prices;
        let of_country = |price: &Price| country.is_none() || country == country_of(price);
        let in_stock = |price: &Price| price.stock != Some(0);
        let wanted = prices.into_iter().filter(|price| of_country(price) && in_stock(price));
        Ok(wanted.map(|price| offer(call, &slug, &price)).collect())
    })
}

fn country_of(price: &Price) -> Option<String> {
    price.iso_code.as_ref().map(|code| code.to_ascii_uppercase())
}

fn offer(call: &Call, slug: &str, price: &Price) -> Offer {
    let country = country_of(price);
    let costs = unified::Price::once(Some(price.final_price.clone()));
    let rent = Rent { pricing_id: price.id.clone() };
    Offer {
        country: country.clone(),
        capabilities: vec![NumberCapability::Sms],
        service: Some(slug.to_owned()),
        stock: price.stock,
        ..Offer::new(call, &rent, Term::one_message(), costs, price).found_by(country.as_deref(), Some(slug))
    }
}

fn quote<'a>(call: &'a Call, ticket: &'a Ticket) -> BoxFuture<'a, Result<Offer>> {
    Box::pin(async move {
        let Rent { pricing_id } = ticket.params()?;
        let slug = ticket.service.clone().unwrap_or_default();
        let prices = call.read(&ListPrices { slug: slug.clone(), country_id: None }).await?.value.prices;
        let found = prices.iter().find(|price| price.id == pricing_id && price.stock != Some(0));
        found.map(|price| offer(call, &slug, price)).ok_or_else(|| {
            Error::new(ErrorKind::OutOfStock, Delivery::Refused, "RentNumber has no number at this price any more")
        })
    })
}

async fn list_numbers(call: &Call) -> Result<Vec<unified::Number>> {
    let rentals = call.read(&ListRentals {}).await?.value;
    let past = |past: PastRental| {
        let number = number(call, past.clone().into_rental());
        unified::Number { native: unified::Native::of(&past), ..number }
    };
    Ok(rentals.into_iter().map(past).collect())
}

fn get_number<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<unified::Number>> {
    Box::pin(async move {
        let rental = call.read(&GetRental { rental_id: native_id.into() }).await?.value;
        Ok(number(call, rental))
    })
}

fn messages<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<Received>> {
    Box::pin(async move {
        let rental = call.read(&GetRental { rental_id: native_id.into() }).await?.value;
        let text = rental.sms.clone().or_else(|| rental.code.clone());
        let messages = text.into_iter().map(|text| {
            let message = Message::new(call, text, &rental);
            // RentNumber's own reading of it goes before ours.
            Message { to: rental.phone_number.clone(), code: rental.code.clone().or(message.code), ..message }
        });
        Ok(Received { status: status(&rental.status), messages: messages.collect() })
    })
}

fn release<'a>(call: &'a Call, native_id: &'a str) -> BoxFuture<'a, Result<Released>> {
    Box::pin(async move {
        let cancelled = call.change(&CancelRental { rental_id: native_id.into() }).await?.value;
        let refund = cancelled.refunded.then(|| cancelled.amount.clone());
        Ok(Released { refund, ..Released::new(status(&cancelled.status), &cancelled) })
    })
}

fn number(call: &Call, rental: Rental) -> unified::Number {
    unified::Number {
        phone_number: rental.phone_number.clone(),
        capabilities: vec![NumberCapability::Sms],
        native_status: Some(rental.status.to_string()),
        price: unified::Price::once(Some(rental.cost.clone())),
        created_at: rental.created_at,
        expires_at: rental.expires_at,
        ..unified::Number::new(call, rental.rental_id.as_str(), status(&rental.status), Term::one_message(), &rental)
    }
}

fn status(status: &RentalStatus) -> NumberStatus {
    match status {
        RentalStatus::Pending => NumberStatus::Pending,
        RentalStatus::Waiting => NumberStatus::AwaitingMessage,
        RentalStatus::Received => NumberStatus::MessageReceived,
        RentalStatus::Completed => NumberStatus::Completed,
        RentalStatus::Cancelled => NumberStatus::Cancelled,
        RentalStatus::Expired => NumberStatus::Expired,
        RentalStatus::Refunded => NumberStatus::Refunded,
        RentalStatus::Other(word) => NumberStatus::Other(word.clone()),
    }
}
