//! Outbound pricing, in the seed page's shape and in the newer one. It says nothing about the rent of numbers.

use super::document::{Field, Value};
use super::parameters::Parameters;
use super::refusal::Refusal;
use super::routes::Product;
use super::settings::Settings;
use super::tariff::{Code, Network, TARIFFS, Tariff};

/// `GET /account/get-pricing/outbound`
pub(super) fn bare(parameters: &Parameters, settings: &Settings) -> Result<Value, Refusal> {
    if settings.bare_pricing_legacy {
        Ok(legacy(country_tariff(parameters)?, Product::Sms))
    } else {
        country(parameters, Product::Sms, settings)
    }
}

/// `GET /account/get-pricing/outbound/{type}`
pub(super) fn country(parameters: &Parameters, product: Product, settings: &Settings) -> Result<Value, Refusal> {
    Ok(newer(country_tariff(parameters)?, product, settings))
}

/// `GET /account/get-full-pricing/outbound/{type}`
pub(super) fn full(product: Product, settings: &Settings) -> Value {
    countries(TARIFFS.iter(), product, settings)
}

/// `GET /account/get-prefix-pricing/outbound/{type}`; a prefix that no country has finds none (PHP SDK fixture).
pub(super) fn prefix(parameters: &Parameters, product: Product, settings: &Settings) -> Result<Value, Refusal> {
    let prefix = parameters.digits("prefix")?;
    let found = TARIFFS.iter().filter(|tariff| tariff.prefix == prefix);
    if !settings.prefix_pricing_legacy {
        return Ok(countries(found, product, settings));
    }
    let prices: Vec<Value> = found.map(|tariff| legacy(tariff, product)).collect();
    let count = Field::new("count", Value::count(prices.len()));
    Ok(Value::Object(vec![count, Field::wrapped("prices", "price", prices)]))
}

/// The tariff of `country`; without one, the 404 page which pricing.yml names.
fn country_tariff(parameters: &Parameters) -> Result<&'static Tariff, Refusal> {
    let country = parameters.country()?;
    TARIFFS.iter().find(|tariff| tariff.country == country).ok_or(Refusal::NoSuchPage)
}

/// The display name comes last in JSON and first in XML, as the seed page has it.
fn legacy(tariff: &Tariff, product: Product) -> Value {
    let networks = tariff.networks.iter().filter(|network| network.has(product));
    let networks = networks.map(|network| legacy_network(network, product)).collect();
    Value::Object(vec![
        Field::new("countryDisplayName", Value::text(tariff.name)).xml_only(),
        Field::new("country", Value::text(tariff.country)),
        Field::new("name", Value::text(tariff.name)),
        Field::new("prefix", Value::text(tariff.prefix)),
        Field::new("mt", Value::text(tariff.default.of(product))),
        Field::wrapped("networks", "network", networks),
        Field::new("countryDisplayName", Value::text(tariff.name)).json_only(),
    ])
}

fn legacy_network(network: &Network, product: Product) -> Value {
    Value::Object(vec![
        Field::new("code", Value::text(network.code())),
        Field::renamed("network", "name", Value::text(network.name)),
        Field::new("mtPrice", Value::text(network.prices.of(product))),
    ])
}

fn countries<'a>(tariffs: impl Iterator<Item = &'a Tariff>, product: Product, settings: &Settings) -> Value {
    let countries: Vec<Value> = tariffs.map(|tariff| newer(tariff, product, settings)).collect();
    let count = match settings.pricing_count_as_text {
        true => Value::text(countries.len().to_string()),
        false => Value::count(countries.len()),
    };
    Value::Object(vec![Field::new("count", count), Field::wrapped("countries", "country", countries)])
}

fn newer(tariff: &Tariff, product: Product, settings: &Settings) -> Value {
    let networks = tariff.networks.iter().filter(|network| network.has(product));
    let networks = networks.map(|network| newer_network(network, product, settings)).collect();
    Value::Object(vec![
        Field::new("countryCode", Value::text(tariff.country)),
        Field::new("countryName", Value::text(tariff.name)),
        Field::new("countryDisplayName", Value::text(tariff.name)),
        Field::new("currency", Value::text(&settings.currency)),
        Field::new("defaultPrice", Value::text(tariff.default.of(product))),
        Field::new("dialingPrefix", Value::text(tariff.prefix)),
        Field::wrapped("networks", "network", networks),
    ])
}

fn newer_network(network: &Network, product: Product, settings: &Settings) -> Value {
    let mut fields = vec![
        Field::new("type", Value::text(network.kind)),
        Field::new("price", Value::text(network.prices.of(product))),
        Field::new("currency", Value::text(&settings.currency)),
    ];
    if let Code::Mobile { mcc, mnc } = network.code {
        fields.push(Field::new("mcc", Value::text(mcc)));
        fields.push(Field::new("mnc", Value::text(mnc)));
    }
    fields.push(Field::new("networkCode", Value::text(network.code())));
    fields.push(Field::new("networkName", Value::text(network.name)));
    if product == Product::Voice && !network.ranges.is_empty() {
        let numbers = network.ranges.iter().map(|range| Value::Number((*range).to_owned())).collect();
        fields.push(Field::wrapped("ranges", "range", numbers));
    }
    if product == Product::Voice && !network.aliases.is_empty() {
        let names = network.aliases.iter().map(|alias| Value::text(*alias)).collect();
        fields.push(Field::wrapped("aliases", "alias", names));
    }
    Value::Object(fields)
}
