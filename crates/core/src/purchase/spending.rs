//! What an account may spend, and what its purchases have cost.

use super::books::{Books, Record, other_answer};
use crate::call::Call;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::journal::JournalEvent;
use crate::ledger::{Consult, Consulted, SPENDING_REMEMBERED};
use crate::money::Money;
use rust_decimal::Decimal;
use std::time::Duration;

/// The setting of an account: no more than this in any stretch of so long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SpendLimit {
    most: Money,
    period: Duration,
}

impl SpendLimit {
    /// Reads `20.00 USD/86400`: an amount, its currency, and seconds.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let wrong = |problem: &str| Error::invalid_input("spend_limit", problem);
        let form = || wrong("write it as amount, currency/seconds, such as 20.00 USD/86400");
        let (money, seconds) = text.split_once('/').ok_or_else(form)?;
        let (amount, currency) = money.trim().split_once(' ').ok_or_else(form)?;
        let most = Money { amount: amount.parse().map_err(|_| form())?, currency: Some(currency.trim().to_owned()) };
        let period = Duration::from_secs(seconds.trim().parse().map_err(|_| form())?);
        if most.amount < Decimal::ZERO || currency.trim().len() != 3 {
            return Err(form());
        }
        if period.is_zero() || period > SPENDING_REMEMBERED {
            return Err(wrong("the period is 1 second to 31 days (2678400 seconds)"));
        }
        Ok(Self { most, period })
    }
}

/// What the purchase costs, where its account has a limit: a price that is not known, or not comparable, cannot be held to it.
pub(super) fn limited(call: &Call) -> Result<Option<(&SpendLimit, &Money)>> {
    let Some(limit) = &call.session.spend_limit else { return Ok(None) };
    let refused = |problem: String| Err(Error::new(ErrorKind::Forbidden, Delivery::NotSent, problem));
    match &call.price {
        Some(price) if price.currency == limit.most.currency => Ok(Some((limit, price))),
        Some(price) => refused(format!(
            "it costs {price}, which cannot be held to the account's spend_limit of {}: it is another currency",
            limit.most
        )),
        None => refused(
            "what it costs is not known before, so that it cannot be held to the account's spend_limit: buy an offer that \
             names its price, with trunkline.buy"
                .to_owned(),
        ),
    }
}

/// Records what it costs, then refuses what exceeds the limit together with what was spent before: two at once may both be
/// refused, and never both be sent.
pub(super) async fn hold(record: &Record<'_>, call: &Call, (limit, price): (&SpendLimit, &Money)) -> Result<()> {
    record.write(JournalEvent::Costs(price.clone())).await?;
    let spent = spent(&call.session.books, call, limit).await?;
    if spent <= limit.most.amount {
        return Ok(());
    }
    let before = Money { amount: spent - price.amount, currency: limit.most.currency.clone() };
    let message = format!(
        "it costs {price}, and {before} was spent in the last {} seconds: the account's spend_limit is {}",
        limit.period.as_secs(),
        limit.most
    );
    Err(Error::new(ErrorKind::Forbidden, Delivery::NotSent, message))
}

/// What the account's purchases of the period cost, this one among them; what certainly was not bought is not counted.
async fn spent(books: &Books, call: &Call, limit: &SpendLimit) -> Result<Decimal> {
    let now = call.cx.now();
    let account = call.session.name_in_journal.clone();
    let Consulted::Spent(spendings) = books.consult(&call.cx, Consult::Spent(account)).await? else {
        return Err(other_answer());
    };
    let counted = spendings.into_iter().filter(|spending| spending.at + limit.period > now);
    Ok(counted.filter(|spending| spending.price.currency == limit.most.currency).map(|it| it.price.amount).sum())
}
