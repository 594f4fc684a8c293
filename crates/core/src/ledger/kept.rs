//! Ledgers in a store with transactions that several clients share, such as the database of a browser's pages. The rules
//! stay here: what the store holds goes in, and what it is to hold from then on comes out, in one transaction.
//!
//! ```text
//! ledgers   a client's name -> its ledger, in lines: written by it, and taken over by another once it is gone
//! claims    key -> the intent that holds it
//! ```

use super::{Consult, Consulted, IntentState, Ledger};
use crate::journal::JournalEntry;

/// The ledger of another client.
#[derive(Debug)]
pub struct Other<'a> {
    /// Whose it is.
    pub name: &'a str,
    /// As it is kept.
    pub ledger: &'a str,
    /// It is gone.
    pub gone: bool,
}

/// What a question comes to.
#[derive(Debug, PartialEq, Eq)]
pub struct Answered {
    /// For the flow, once the rest is kept.
    pub answer: Consulted,
    /// The client's own ledger from now on.
    pub ledger: String,
    /// Who holds each of the question's keys from now on.
    pub holders: Vec<Option<String>>,
    /// The ledgers of those that are gone are in its own now, and to be removed.
    pub took_over: bool,
}

/// A client's ledger with a line more; it has none before its first. The error says what cannot be read.
pub fn record(ledger: Option<&str>, line: &str) -> Result<String, String> {
    let mut kept = read(ledger, "its own")?;
    let entry = JournalEntry::from_line(line).ok_or("the line cannot be read")?;
    kept.forget_bought_long_ago(entry.at);
    kept.apply(entry);
    Ok(text(&kept))
}

/// Whether nothing in it is of use once its client has ended in good order: nothing is to be recovered, for the program has
/// heard of the rest, and nothing counts towards a `spend_limit`.
pub fn is_settled(ledger: &str) -> Result<bool, String> {
    let kept = read(Some(ledger), "its own")?;
    let is_heard_of = kept.intents().all(|intent| matches!(intent.state, IntentState::Bought(_)));
    Ok(is_heard_of && kept.spendings().is_empty())
}

/// What a question is about: the keys whose holders its answer needs.
pub fn keys(question: &Consult) -> &[String] {
    match question {
        Consult::Claim(claim) => std::slice::from_ref(&claim.key),
        Consult::Survey(keys) | Consult::Release { keys, .. } => keys,
        Consult::Adopt | Consult::Spent(_) => &[],
    }
}

/// The answer. `holders` are those of the question's [`keys`]. The error says what cannot be read.
pub fn consult(
    question: &Consult,
    ledger: Option<&str>,
    others: &[Other<'_>],
    holders: Vec<Option<String>>,
) -> Result<Answered, String> {
    let mut own = read(ledger, "its own")?;
    let keys = keys(question);
    own.holders =
        keys.iter().cloned().zip(holders).filter_map(|(key, holder)| holder.map(|holder| (key, holder))).collect();
    let took_over = *question == Consult::Adopt;
    if took_over {
        for other in others.iter().filter(|other| other.gone) {
            read_other(other)?.lines().into_iter().for_each(|entry| own.apply(entry));
        }
    }
    let mut answer = own.consult(question.clone());
    if let Consulted::Survey(survey) = &mut answer {
        for other in others {
            survey.open.extend(read_other(other)?.open().cloned());
        }
    }
    if let (Consulted::Spent(spent), Consult::Spent(account)) = (&mut answer, question) {
        for other in others {
            spent.extend(read_other(other)?.spent(account).cloned());
        }
    }
    let holders = keys.iter().map(|key| own.holder(key).map(str::to_owned)).collect();
    Ok(Answered { answer, ledger: text(&own), holders, took_over })
}

fn read_other(other: &Other<'_>) -> Result<Ledger, String> {
    let mut ledger = read(Some(other.ledger), other.name)?;
    if other.gone {
        ledger.abandon_all();
    }
    Ok(ledger)
}

fn read(text: Option<&str>, name: &str) -> Result<Ledger, String> {
    let mut ledger = Ledger::default();
    for (number, line) in text.unwrap_or_default().lines().enumerate() {
        let entry = JournalEntry::from_line(line);
        ledger.apply(entry.ok_or_else(|| format!("the ledger {name}: line {} cannot be read", number + 1))?);
    }
    Ok(ledger)
}

fn text(ledger: &Ledger) -> String {
    let lines: Vec<String> = ledger.lines().iter().map(JournalEntry::to_line).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::JournalEvent;
    use crate::ledger::Claim;
    use crate::money::Money;
    use crate::time::Timestamp;

    fn line(intent: &str, at: i64, event: JournalEvent) -> String {
        let at = Timestamp::from_millis(at);
        JournalEntry { intent: intent.to_owned(), at, account: "rentnumber".to_owned(), event }.to_line()
    }

    fn begun(intent: &str, at: i64) -> String {
        let (operation, params) = ("rentnumber.rent".to_owned(), "{}".to_owned());
        let until = Timestamp::from_millis(at + 90_000);
        let owned = vec!["7".to_owned()];
        line(intent, at, JournalEvent::Intent { operation, params, idempotency_key: None, owned, until })
    }

    fn bought(intent: &str, at: i64) -> String {
        line(intent, at, JournalEvent::Bought { ids: vec!["8".to_owned()] })
    }

    fn of(lines: &[String]) -> String {
        lines
            .iter()
            .fold(None, |kept: Option<String>, line| Some(record(kept.as_deref(), line).expect("kept")))
            .unwrap()
    }

    fn states(answer: &Consulted) -> Vec<(&str, &IntentState)> {
        let (Consulted::Survey(super::super::Survey { open, .. }) | Consulted::Adopted(open)) = answer else {
            panic!("{answer:?}")
        };
        open.iter().map(|intent| (intent.id.as_str(), &intent.state)).collect()
    }

    #[test]
    fn what_is_kept_of_a_client_is_what_is_open_and_for_an_hour_what_it_bought() {
        let hour = 3_600_000;
        let refused = line("refused", 0, JournalEvent::NotBought("no funds".to_owned()));
        let kept = of(&[begun("a", 0), bought("a", 1), begun("refused", 2), refused, begun("b", 3)]);
        let ids = |text: &str| read(Some(text), "").unwrap().intents().map(|it| it.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&kept), ["a", "b"]);
        assert_eq!(ids(&record(Some(&kept), &begun("c", hour - 1)).unwrap()), ["a", "b", "c"]);
        assert_eq!(ids(&record(Some(&kept), &begun("c", hour)).unwrap()), ["b", "c"]);
    }

    #[test]
    fn what_is_open_or_untold_is_not_settled() {
        assert_eq!(is_settled(""), Ok(true));
        assert_eq!(is_settled(&of(&[begun("a", 0), bought("a", 1)])), Ok(true));
        assert_eq!(is_settled(&of(&[begun("a", 0), bought("a", 1), begun("b", 2)])), Ok(false));
        let untold = line("a", 1, JournalEvent::Untold { ids: vec!["8".to_owned()] });
        assert_eq!(is_settled(&of(&[begun("a", 0), untold])), Ok(false));
    }

    #[test]
    fn what_purchases_cost_is_kept_and_counted_over_all_clients() {
        let costs = |intent: &str, cents| line(intent, 1, JournalEvent::Costs(Money::from_cents(cents, "USD")));
        let (own, gone) =
            (of(&[begun("a", 0), costs("a", 300), bought("a", 1)]), of(&[begun("b", 0), costs("b", 250)]));
        assert_eq!(is_settled(&own), Ok(false), "it counts after its client is gone");
        let question = Consult::Spent("rentnumber".to_owned());
        let prices = |answer: &Consulted| match answer {
            Consulted::Spent(spent) => spent.iter().map(|it| it.price.to_string()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let others = [Other { name: "y", ledger: &gone, gone: true }];
        let asked = consult(&question, Some(&own), &others, vec![]).unwrap();
        assert_eq!(prices(&asked.answer), ["3.00 USD", "2.50 USD"]);
        let adopted = consult(&Consult::Adopt, Some(&own), &others, vec![]).unwrap();
        let asked = consult(&question, Some(&adopted.ledger), &[], vec![]).unwrap();
        assert_eq!(prices(&asked.answer), ["3.00 USD", "2.50 USD"], "taken over");
    }

    #[test]
    fn a_claim_holds_for_those_who_come_later_until_it_is_given_up() {
        let claim = |intent: &str| Claim { key: "vonage:1".to_owned(), intent: intent.to_owned(), instead_of: None };
        let first = consult(&Consult::Claim(claim("a")), None, &[], vec![None]).unwrap();
        assert_eq!((&first.answer, &first.holders), (&Consulted::Holder("a".to_owned()), &vec![Some("a".to_owned())]));
        let second = consult(&Consult::Claim(claim("b")), None, &[], first.holders.clone()).unwrap();
        assert_eq!((&second.answer, &second.holders), (&first.answer, &first.holders));
        let given_up = Consult::Release { intent: "a".to_owned(), keys: vec!["vonage:1".to_owned()] };
        assert_eq!(keys(&given_up), ["vonage:1"]);
        assert_eq!(consult(&given_up, None, &[], second.holders).unwrap().holders, [None]);
    }

    #[test]
    fn a_survey_sees_what_every_client_has_open_and_takes_nothing_over() {
        let (own, lives, gone) = (of(&[begun("own", 0)]), of(&[begun("lives", 0)]), of(&[begun("gone", 0)]));
        let others = [Other { name: "x", ledger: &lives, gone: false }, Other { name: "y", ledger: &gone, gone: true }];
        let seen = consult(&Consult::Survey(vec![]), Some(&own), &others, vec![]).unwrap();
        let (sent, abandoned) = (IntentState::Sent, IntentState::Abandoned);
        assert_eq!(states(&seen.answer), [("own", &sent), ("lives", &sent), ("gone", &abandoned)]);
        assert!(!seen.took_over && seen.ledger == own);
    }

    #[test]
    fn only_what_is_gone_is_taken_over_and_then_told_from_the_own_ledger() {
        let (lives, gone) = (of(&[begun("lives", 0)]), of(&[begun("gone", 0), begun("had", 0), bought("had", 1)]));
        let others = [Other { name: "x", ledger: &lives, gone: false }, Other { name: "y", ledger: &gone, gone: true }];
        let adopted = consult(&Consult::Adopt, None, &others, vec![]).unwrap();
        let (abandoned, untold) = (IntentState::Abandoned, IntentState::Untold(vec!["8".to_owned()]));
        assert_eq!(states(&adopted.answer), [("gone", &abandoned), ("had", &untold)]);
        assert!(adopted.took_over);
        let again = consult(&Consult::Adopt, Some(&adopted.ledger), &others[..1], vec![]).unwrap();
        assert_eq!(again.answer, adopted.answer);
    }

    #[test]
    fn what_cannot_be_read_is_an_error_that_says_whose_it_is() {
        let others = [Other { name: "4f1c", ledger: "{", gone: false }];
        let problem = consult(&Consult::Survey(vec![]), None, &others, vec![]).unwrap_err();
        assert_eq!(problem, "the ledger 4f1c: line 1 cannot be read");
        let broken = format!("{}\n{{}}", begun("a", 0));
        let problem = record(Some(&broken), &begun("b", 0)).unwrap_err();
        assert_eq!(problem, "the ledger its own: line 2 cannot be read");
        assert_eq!(record(None, "{}").unwrap_err(), "the line cannot be read");
    }
}
