//! Parameters by name, strictly: what the page does not name is not taken.

use std::collections::BTreeMap;

/// The parameters of one call, each there once.
#[derive(Debug)]
pub(crate) struct Parameters(BTreeMap<String, String>);

/// Why parameters are not taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Unknown(String),
    Twice(String),
}

impl Parameters {
    /// Takes those in `allowed`. With `lenient`, others are ignored, and of one given twice the last counts.
    pub(crate) fn read(pairs: Vec<(String, String)>, allowed: &[&str], lenient: bool) -> Result<Self, Refused> {
        let mut taken = BTreeMap::new();
        for (name, value) in pairs {
            if !allowed.contains(&name.as_str()) {
                if lenient {
                    continue;
                }
                return Err(Refused::Unknown(name));
            }
            if taken.contains_key(&name) && !lenient {
                return Err(Refused::Twice(name));
            }
            taken.insert(name, value);
        }
        Ok(Self(taken))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
