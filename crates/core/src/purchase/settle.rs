//! What became of a purchase whose answer was lost: looked for, several times, and adopted where nothing else can own it.

use super::books::Record;
use crate::call::{Answer, Call, Found};
use crate::erased::{AnyOperation, AnyOutput};
use crate::error::{Error, ErrorKind, Result};
use crate::flow::Why;
use crate::ledger::OpenIntent;
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

/// The number itself: where it is owned it was bought by this purchase, which alone holds it.
pub(super) async fn settle_unique(call: &Call, operation: &dyn AnyOperation, lost: Error) -> Result<Answer<AnyOutput>> {
    for pause in PAUSES {
        if call.cx.sleep(pause, Why::Settle).await.is_err() {
            break;
        }
        match operation.find(call).await {
            Ok(mut found) if !found.is_empty() => return Ok(found.swap_remove(0).answer),
            Err(error) if error.kind == ErrorKind::Unsupported => break,
            Ok(_) | Err(_) => {}
        }
    }
    Err(lost)
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
    let mut candidates = Vec::new();
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
        let seen = before;
        let choice = choose(call, record, intent, found).await?;
        others_are_under_way = choice.others_are_under_way;
        candidates.clone_from(&choice.candidates);
        before = choice.candidates;
        for found in choice.adoptable {
            // Two looks agree on it: a list may show for a moment what is taken back again.
            if seen.contains(&found.id) && record.holds(&found.id).await? {
                return Ok(found.answer);
            }
        }
    }
    Err(lost.with(|details| details.candidates = candidates))
}

/// A purchase whose answer was lost.
pub(super) struct Lost<'a> {
    pub(super) operation: &'a str,
    pub(super) params: &'a str,
    pub(super) owned: &'a [String],
    /// When it was begun.
    pub(super) at: crate::time::Timestamp,
}

/// What may be adopted for a lost purchase.
pub(super) struct Choice {
    /// Everything new that no other purchase holds.
    pub(super) candidates: Vec<String>,
    /// The same, where any of it may be taken: there is no more of it than there are lost purchases alike.
    pub(super) adoptable: Vec<Found<AnyOutput>>,
    /// Another purchase may still be answered with one of the candidates.
    pub(super) others_are_under_way: bool,
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
    if new.is_empty() {
        return Ok(Choice { candidates: Vec::new(), adoptable: Vec::new(), others_are_under_way: false });
    }
    let ids: Vec<String> = new.iter().map(|found| found.id.clone()).collect();
    let survey = record.survey(&ids).await?;
    let free: Vec<Found<AnyOutput>> = new
        .into_iter()
        .zip(survey.holders)
        .filter(|(_, holder)| holder.as_ref().is_none_or(|holder| *holder == record.id))
        .map(|(found, _)| found)
        .collect();
    let candidates: Vec<String> = free.iter().map(|found| found.id.clone()).collect();
    let now = call.cx.now();
    let may_own = |other: &OpenIntent| {
        other.operation == intent.operation && candidates.iter().any(|id| !other.owned.contains(id))
    };
    let rivals: Vec<&OpenIntent> = survey.open.iter().filter(|other| may_own(other)).collect();
    let others_are_under_way = rivals.iter().any(|other| other.is_under_way(now));
    // What was lost long before this one was begun had landed by then, and would be among what it saw.
    let lost_together = |other: &&&OpenIntent| other.until + LANDS_WITHIN > intent.at;
    let lost: Vec<&&OpenIntent> =
        rivals.iter().filter(|other| !other.is_under_way(now)).filter(lost_together).collect();
    let alike = lost.iter().all(|other| other.params == intent.params);
    let takes_any = !others_are_under_way && alike && free.len() <= 1 + lost.len();
    let adoptable = if takes_any { free } else { Vec::new() };
    Ok(Choice { candidates, adoptable, others_are_under_way })
}
