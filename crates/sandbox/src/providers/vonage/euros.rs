//! Euros as Vonage counts them: up to eight decimals, kept as a whole number of hundred-millionths.

/// An amount in EUR, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Euros(i64);

const DECIMALS: usize = 8;
const ONE: i64 = 100_000_000;

impl Euros {
    /// So many cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents * (ONE / 100))
    }

    /// An amount in hundred-millionths of a euro.
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// What is left after paying `price`; nothing if there is not enough.
    pub fn pay(self, price: Self) -> Option<Self> {
        let left = self.0.checked_sub(price.0)?;
        (left >= 0).then_some(Self(left))
    }

    /// Both together.
    pub fn plus(self, more: Self) -> Self {
        Self(self.0.saturating_add(more.0))
    }

    /// As the balance is written: no trailing zeros, but at least one decimal (`29.18202293`, `3.14159`, `10.0`).
    pub fn balance(self) -> String {
        let text = self.fixed(DECIMALS);
        let trimmed = text.trim_end_matches('0');
        if trimmed.ends_with('.') { format!("{trimmed}0") } else { trimmed.to_owned() }
    }

    /// As a number's `cost` is written: two decimals (`0.50`).
    pub fn cost(self) -> String {
        self.fixed(2)
    }

    fn fixed(self, decimals: usize) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        let fraction = format!("{:08}", units % ONE.unsigned_abs());
        format!("{sign}{}.{}", units / ONE.unsigned_abs(), &fraction[..decimals])
    }
}

impl TryFrom<String> for Euros {
    type Error = String;

    /// `29.18202293`; no sign, no exponent, at most eight decimals.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || fraction.len() > DECIMALS {
            return Err(format!("`{text}` is no amount in euros with at most {DECIMALS} decimals"));
        }
        let units = format!("{whole}{fraction:0<8}").parse().map_err(|_| format!("`{text}` is too much money"))?;
        Ok(Self(units))
    }
}
