//! The words that describe a number.

use crate::id::open_enum;

open_enum! {
    /// What a number is.
    NumberType {
        /// A mobile number.
        MobileLvn = "mobile-lvn",
        /// A landline number.
        Landline = "landline",
        /// Free for who calls.
        LandlineTollFree = "landline-toll-free",
        /// As the page's sample of a search writes it; no list of types has it.
        Mobile = "mobile",
    }
}

open_enum! {
    /// What a number can do.
    Feature {
        /// Texts.
        Sms = "SMS",
        /// Calls.
        Voice = "VOICE",
        /// Pictures.
        Mms = "MMS",
    }
}

open_enum! {
    /// Where a number sends what it receives.
    CallbackType {
        /// To a SIP address.
        Sip = "sip",
        /// To another telephone number.
        Tel = "tel",
        /// To an application of the account; deprecated in favour of `app_id`.
        App = "app",
        /// To a VoiceXML page, as in 2017.
        Vxml = "vxml",
    }
}

/// Several features as one word, in the orders that Vonage lists: `SMS,VOICE`, `SMS,MMS`, `VOICE,MMS`, `SMS,MMS,VOICE`.
pub(super) fn join_features(features: &[Feature]) -> String {
    let has = |feature| features.contains(&feature);
    let order = match has(Feature::Sms) {
        true => [Feature::Sms, Feature::Mms, Feature::Voice],
        false => [Feature::Sms, Feature::Voice, Feature::Mms],
    };
    let known = order.iter().filter(|feature| features.contains(feature));
    let others = features.iter().filter(|feature| matches!(feature, Feature::Other(_)));
    known.chain(others).map(Feature::as_str).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_joined_in_the_orders_that_are_listed() {
        for (features, word) in [
            (vec!["VOICE", "SMS"], "SMS,VOICE"),
            (vec!["MMS", "SMS"], "SMS,MMS"),
            (vec!["MMS", "VOICE"], "VOICE,MMS"),
            (vec!["SMS", "VOICE", "MMS"], "SMS,MMS,VOICE"),
            (vec!["VOICE", "VOICE"], "VOICE"),
            (vec!["FAX", "SMS"], "SMS,FAX"),
        ] {
            let features: Vec<Feature> = features.into_iter().map(Feature::from).collect();
            assert_eq!(join_features(&features), word);
        }
    }
}
