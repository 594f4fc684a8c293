//! Which calls there are, and what belongs to each: method, parameters, XML root, shape of a parameter error.

use crate::http::percent_decode;

/// A call of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    Balance,
    Settings,
    TopUp,
    /// Pricing without a type, the seed page's.
    BarePricing,
    CountryPricing(Product),
    FullPricing(Product),
    PrefixPricing(Product),
    OwnedNumbers,
    Search,
    Buy,
    Cancel,
    Update,
}

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Product {
    Sms,
    SmsTransit,
    Voice,
}

/// How a 400 names the parameter; three shapes have been seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParameterErrorShape {
    /// `{"country":"Is required."}` (vonage-ruby-sdk issue 95).
    Plain,
    /// `"invalid_parameters":{"trx":"Is required."}` (PHP SDK fixture).
    Map,
    /// `"invalid_parameters":{"parameter":"country","message":"Is required."}` (pricing.yml).
    Pair,
}

impl Route {
    /// The call at that path; nothing for a page that does not exist.
    pub(super) fn of(path: &str) -> Option<Self> {
        let parts: Vec<String> = path.strip_prefix('/')?.split('/').map(|part| percent_decode(part, false)).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            ["account", "get-balance"] => Some(Self::Balance),
            ["account", "settings"] => Some(Self::Settings),
            ["account", "top-up"] => Some(Self::TopUp),
            ["account", "get-pricing", "outbound"] => Some(Self::BarePricing),
            ["account", "get-pricing", "outbound", product] => Product::of(product).map(Self::CountryPricing),
            ["account", "get-full-pricing", "outbound", product] => Product::of(product).map(Self::FullPricing),
            ["account", "get-prefix-pricing", "outbound", product] => Product::of(product).map(Self::PrefixPricing),
            ["account", "numbers"] => Some(Self::OwnedNumbers),
            // The seed page says /numbers/search; the service has always been at /number/search (nexmo-developer
            // be480ee37 corrected the page). Both are served.
            ["number" | "numbers", "search"] => Some(Self::Search),
            ["number", "buy"] => Some(Self::Buy),
            ["number", "cancel"] => Some(Self::Cancel),
            ["number", "update"] => Some(Self::Update),
            _ => None,
        }
    }

    pub(super) fn method(self) -> &'static str {
        match self {
            Self::Settings | Self::TopUp | Self::Buy | Self::Cancel | Self::Update => "POST",
            _ => "GET",
        }
    }

    /// Every parameter the pages name for this call, besides the credentials.
    pub(super) fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::Balance | Self::FullPricing(_) => &[],
            Self::Settings => &["newSecret", "moCallBackUrl", "drCallBackUrl"],
            Self::TopUp => &["trx"],
            Self::BarePricing | Self::CountryPricing(_) => &["country"],
            Self::PrefixPricing(_) => &["prefix"],
            Self::OwnedNumbers => {
                &["index", "size", "pattern", "search_pattern", "country", "application_id", "has_application"]
            }
            Self::Search => &["country", "type", "pattern", "search_pattern", "features", "size", "index"],
            Self::Buy | Self::Cancel => &["country", "msisdn", "target_api_key"],
            Self::Update => &[
                "country",
                "msisdn",
                "app_id",
                "moHttpUrl",
                "moSmppSysType",
                "voiceCallbackType",
                "voiceCallbackValue",
                "voiceStatusCallback",
                "messagesCallbackType",
                "messagesCallbackValue",
            ],
        }
    }

    pub(super) fn parameter_error_shape(self) -> ParameterErrorShape {
        match self {
            _ if self.is_pricing() => ParameterErrorShape::Pair,
            Self::Balance | Self::Settings | Self::TopUp => ParameterErrorShape::Map,
            _ => ParameterErrorShape::Plain,
        }
    }

    /// Root element of the reply, which the error replies share.
    pub(super) fn xml_root(self) -> &'static str {
        match self {
            Self::Balance => "accountBalance",
            Self::Settings => "account-settings",
            Self::BarePricing | Self::CountryPricing(_) => "outbound-country-pricing",
            Self::FullPricing(_) | Self::PrefixPricing(_) => "outbound-pricing",
            Self::OwnedNumbers | Self::Search => "inbound-numbers",
            Self::TopUp | Self::Buy | Self::Cancel | Self::Update => "response",
        }
    }

    /// Whether the XML declaration says `standalone="yes"`: the page's samples differ from call to call.
    pub(super) fn xml_standalone(self) -> bool {
        matches!(self.xml_root(), "accountBalance" | "response")
    }

    pub(super) fn is_pricing(self) -> bool {
        matches!(self, Self::BarePricing | Self::CountryPricing(_) | Self::FullPricing(_) | Self::PrefixPricing(_))
    }

    pub(super) fn is_about_numbers(self) -> bool {
        matches!(self, Self::OwnedNumbers | Self::Search | Self::Buy | Self::Cancel | Self::Update)
    }
}

impl Product {
    fn of(name: &str) -> Option<Self> {
        match name {
            "sms" => Some(Self::Sms),
            "sms-transit" => Some(Self::SmsTransit),
            "voice" => Some(Self::Voice),
            _ => None,
        }
    }
}
