//! What became of a purchase whose answer was lost: looked for, several times, and adopted where nothing else can own it.

use super::books::Record;
use crate::call::{Answer, Call, Found};
use crate::erased::{AnyOperation, AnyOutput};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Why;
use crate::ledger::OpenIntent;
use crate::operation::{Effect, Recovery};
use crate::order::sorted;
use crate::registry;
use crate::time::Timestamp;
use std::time::Duration;

/// How long after a lost answer to look, each time from the look before. A slow request may land in between.
const PAUSES: [Duration; 6] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(3),
    Duration::from_secs(4),
    Duration::from_secs(5),
    Duration::from_secs(5),
];
/// Between looks while another purchase may still be answered with what is new.
const PAUSE: Duration = Duration::from_secs(5);
/// A request that was sent this long ago does not land any more.
pub(super) const LANDS_WITHIN: Duration = Duration::from_secs(600);
/// Clocks differ: what a provider dates this much before the purchase may be of it.
pub(super) const SKEW: Duration = Duration::from_secs(300);

/// The number itself: where it is owned it was bought by this purchase, unless another is answered with it that takes
/// whatever number it gets.
pub(super) async fn settle_unique(
    call: &Call,
    operation: &dyn AnyOperation,
    record: &Record<'_>,
    lost: Error,
) -> Result<Answer<AnyOutput>> {
    let mut others_are_under_way = false;
    let mut pauses = PAUSES.into_iter();
    while let Some(pause) = pauses.next().or(others_are_under_way.then_some(PAUSE)) {
        if call.cx.sleep(pause, Why::Settle).await.is_err() {
            break;
        }
        match operation.find(call).await {
            Ok(mut found) if !found.is_empty() => match whose_after_loss(call, record, &operation.names()).await {
                Whose::Ours => return Ok(found.swap_remove(0).answer),
                Whose::Anothers => return Err(not_ours(lost)),
                Whose::NotKnownYet => others_are_under_way = true,
            },
            Err(error) if error.kind == ErrorKind::Unsupported => break,
            Ok(_) | Err(_) => others_are_under_way = false,
        }
    }
    Err(lost)
}

/// Whose something is that a purchase named and that is owned.
pub(super) enum Whose {
    Ours,
    Anothers,
    NotKnownYet,
}

/// Whose these are. A purchase that names nothing may be answered with them; once it is, it has taken them over.
pub(super) async fn whose(call: &Call, record: &Record<'_>, names: &[String]) -> Result<Whose> {
    let survey = record.survey(names).await?;
    let now = call.cx.now();
    if survey.open.iter().any(|other| other.is_under_way(now) && takes_any_of(other, names)) {
        return Ok(Whose::NotKnownYet);
    }
    for name in names {
        if !record.holds(name).await? {
            return Ok(Whose::Anothers);
        }
    }
    Ok(Whose::Ours)
}

/// The same of what was sent already: a journal that fails now does not make it unsent.
pub(super) async fn whose_after_loss(call: &Call, record: &Record<'_>, names: &[String]) -> Whose {
    whose(call, record, names).await.unwrap_or(Whose::NotKnownYet)
}

pub(super) fn not_ours(lost: Error) -> Error {
    lost.with(|details| {
        details.kind = ErrorKind::OutOfStock;
        details.delivery = Delivery::Refused;
        details.message = format!("another purchase of this account has got it ({})", details.message);
    })
}

/// Whether a purchase that names nothing may be answered with one of these: it was not there before.
fn takes_any_of(other: &OpenIntent, ids: &[String]) -> bool {
    let entry = registry::find(&other.operation);
    let unkeyed = entry.is_ok_and(|entry| entry.endpoint.effect == Effect::Spends(Recovery::LookAndSettle));
    unkeyed && ids.iter().any(|id| !other.owned.contains(id))
}

/// What is new since the purchase was begun.
pub(super) async fn settle_new(
    call: &Call,
    operation: &dyn AnyOperation,
    record: &Record<'_>,
    intent: &Lost<'_>,
    lost: Error,
) -> Result<Answer<AnyOutput>> {
    let mut before = Vec::new();
    let mut pauses = PAUSES.into_iter();
    let mut others_are_under_way = false;
    while let Some(pause) = pauses.next().or(others_are_under_way.then_some(PAUSE)) {
        if call.cx.sleep(pause, Why::Settle).await.is_err() {
            break;
        }
        let found = match operation.find(call).await {
            Ok(found) => found,
            Err(error) if error.kind == ErrorKind::Unsupported => break,
            Err(_) => continue,
        };
        // A journal that fails now does not make what was sent unsent.
        let Ok(choice) = choose(call, record, intent, found).await else { continue };
        others_are_under_way = choice.others_are_under_way;
        let seen = std::mem::replace(&mut before, choice.candidates);
        // Two looks have to agree on it: a list may show for a moment what is taken back again. It is the first or none: what
        // is new is not passed over, and what somebody has claimed since the look may be given back, so that what comes after
        // it is another's.
        if let Some(found) = choice.adoptable.into_iter().next()
            && seen.contains(&found.id)
            && record.holds(&found.id).await.unwrap_or(false)
        {
            return Ok(found.answer);
        }
    }
    Err(lost.with(|details| details.candidates = before))
}

/// A purchase whose answer was lost.
pub(super) struct Lost<'a> {
    pub(super) operation: &'a str,
    pub(super) params: &'a str,
    pub(super) owned: &'a [String],
    /// When it was begun.
    pub(super) at: Timestamp,
}

/// What may be adopted for a lost purchase.
pub(super) struct Choice {
    /// Everything new that no other purchase holds.
    pub(super) candidates: Vec<String>,
    /// The same, where any of it may be taken: there is no more of it than there are lost purchases alike.
    pub(super) adoptable: Vec<Found<AnyOutput>>,
    /// Another purchase may still be answered with something new.
    pub(super) others_are_under_way: bool,
    /// Something new is held by another purchase whose end is not known: it may give it up yet.
    pub(super) held_unsettled: bool,
}

/// Chooses among what was found. What another purchase may still be answered with is left to it. Of purchases alike that
/// were lost together each may take any, as long as there is no more than they can have bought: more would mean that somebody
/// else buys on this account.
pub(super) async fn choose(
    call: &Call,
    record: &Record<'_>,
    intent: &Lost<'_>,
    found: Vec<Found<AnyOutput>>,
) -> Result<Choice> {
    let new: Vec<Found<AnyOutput>> = found.into_iter().filter(|found| !intent.owned.contains(&found.id)).collect();
    let ids: Vec<String> = new.iter().map(|found| found.id.clone()).collect();
    if ids.is_empty() {
        return Ok(Choice { candidates: ids, adoptable: new, others_are_under_way: false, held_unsettled: false });
    }
    let survey = record.survey(&ids).await?;
    let now = call.cx.now();
    // It was chosen before, and a crash came in between.
    if let Some(held) = survey.holders.iter().position(|holder| holder.as_ref() == Some(&record.id)) {
        let ours: Vec<Found<AnyOutput>> = new.into_iter().skip(held).take(1).collect();
        let candidates = ours.iter().map(|found| found.id.clone()).collect();
        return Ok(Choice { candidates, adoptable: ours, others_are_under_way: false, held_unsettled: false });
    }
    let under_way = |id: &str| survey.open.iter().any(|other| other.id == id && other.is_under_way(now));
    // What a purchase holds that is under way, because it names it, is free again if that is refused.
    let held_for_now = survey.holders.iter().flatten().any(|holder| under_way(holder));
    let is_open = |id: &str| survey.open.iter().any(|other| other.id == id);
    let held_unsettled = survey.holders.iter().flatten().any(|holder| is_open(holder));
    let free: Vec<Found<AnyOutput>> =
        new.into_iter().zip(&survey.holders).filter(|(_, holder)| holder.is_none()).map(|(found, _)| found).collect();
    let candidates: Vec<String> = free.iter().map(|found| found.id.clone()).collect();
    let rivals: Vec<&OpenIntent> = survey
        .open
        .iter()
        .filter(|other| other.operation == intent.operation && free.iter().any(|found| may_have_bought(other, found)))
        .collect();
    // One whose key is still known is told by the provider itself what it has bought.
    let will_be_told = |other: &OpenIntent| other.may_be_sent_again(now, call.session.key_window);
    let others_are_under_way =
        held_for_now || rivals.iter().any(|other| other.is_under_way(now) || will_be_told(other));
    // What was lost long before this one was begun had landed by then, and would be among what it saw.
    let mut lost = rivals.iter().filter(|other| !other.is_under_way(now) && other.until + LANDS_WITHIN > intent.at);
    let alike = lost.clone().all(|other| other.params == intent.params);
    let takes_any = !others_are_under_way && alike && free.len() <= 1 + lost.by_ref().count();
    let adoptable = if takes_any { free } else { Vec::new() };
    // What fewer others can have bought goes first, lest it be left over for nobody: later ones, too, hence the oldest.
    let adoptable =
        sorted(adoptable, |found| (rivals.iter().filter(|other| may_have_bought(other, found)).count(), dated(found)));
    Ok(Choice { candidates, adoptable, others_are_under_way, held_unsettled })
}

/// When it was bought at the latest, as far as the provider says.
fn dated(found: &Found<AnyOutput>) -> Option<Timestamp> {
    found.at.or(found.no_later_than)
}

/// It was not there before that purchase, nor is it older.
fn may_have_bought(other: &OpenIntent, found: &Found<AnyOutput>) -> bool {
    !other.owned.contains(&found.id) && dated(found).is_none_or(|at| other.at - SKEW <= at)
}
