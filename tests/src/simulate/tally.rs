//! What the clients were told beside what the providers took money for.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How a purchase ended, as far as its client was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum View {
    Bought(Vec<String>),
    NotBought,
    Unknown(Vec<String>),
}

/// One provider's figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Purchases that clients began.
    pub asked: u64,
    /// How often money was taken.
    pub made: u64,
    /// How often more than once for one purchase, or one thing given to two.
    pub doubled: u64,
    /// Paid for, and in nobody's answer, candidates or recovery.
    pub lost: u64,
    /// Answered as `purchase_unknown`; recovery has told of most of them since.
    pub unknown_at_first: u64,
    /// Nobody could tell in the end.
    pub unknown: u64,
    /// Told to be bought, and not there.
    pub invented: u64,
    /// Neither answered nor recovered.
    pub stuck: u64,
}

/// The figures of every provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// By the provider's name.
    pub rows: BTreeMap<String, Row>,
    /// Crashes of processes.
    pub crashes: u64,
    /// Purchases that their callers gave up.
    pub given_up: u64,
    /// Purchases that `recover` settled.
    pub recovered: u64,
    /// Actions that hosts performed.
    pub actions: u64,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        for (provider, row) in &other.rows {
            let sum = self.rows.entry(provider.clone()).or_default();
            sum.asked += row.asked;
            sum.made += row.made;
            sum.doubled += row.doubled;
            sum.lost += row.lost;
            sum.unknown_at_first += row.unknown_at_first;
            sum.unknown += row.unknown;
            sum.invented += row.invented;
            sum.stuck += row.stuck;
        }
        self.crashes += other.crashes;
        self.given_up += other.given_up;
        self.recovered += other.recovered;
        self.actions += other.actions;
    }

    /// All providers together.
    pub fn total(&self) -> Row {
        let mut all = Self::default();
        for row in self.rows.values() {
            all.add(&Self { rows: BTreeMap::from([(String::new(), row.clone())]), ..Self::default() });
        }
        all.rows.remove("").unwrap_or_default()
    }

    /// One object, for programs.
    pub fn to_json(&self) -> Value {
        let one = |row: &Row| {
            json!({
                "asked": row.asked, "made": row.made, "doubled": row.doubled, "lost": row.lost,
                "unknown_at_first": row.unknown_at_first, "unknown": row.unknown, "invented": row.invented, "stuck": row.stuck,
            })
        };
        let mut object = one(&self.total());
        object["crashes"] = self.crashes.into();
        object["given_up"] = self.given_up.into();
        object["recovered"] = self.recovered.into();
        object["actions"] = self.actions.into();
        object["providers"] = self.rows.iter().map(|(provider, row)| (provider.clone(), one(row))).collect();
        object
    }

    /// For people.
    pub fn table(&self) -> String {
        let line = |cells: [&str; 9]| {
            let [first, rest @ ..] = cells;
            let rest: String = rest.iter().map(|cell| format!("{cell:>11}")).collect();
            format!("{first:<12}{rest}\n")
        };
        let figures = |name: &str, row: &Row| {
            let [asked, made, doubled, lost] = [row.asked, row.made, row.doubled, row.lost].map(|it| it.to_string());
            let rest = [row.unknown_at_first, row.unknown, row.invented, row.stuck].map(|it| it.to_string());
            let [at_first, unknown, invented, stuck] = &rest;
            line([name, &asked, &made, &doubled, &lost, at_first, unknown, invented, stuck])
        };
        let mut table = line(["", "asked", "made", "doubled", "lost", "at first", "unknown", "invented", "stuck"]);
        self.rows.iter().for_each(|(provider, row)| table.push_str(&figures(provider, row)));
        table.push_str(&figures("all", &self.total()));
        table
    }
}

/// One provider's purchases in one world.
#[derive(Default)]
pub(super) struct Ledger {
    /// What clients were told, by intent; `None` while nothing was.
    pub(super) views: BTreeMap<String, Option<View>>,
    /// How often money was taken, by intent.
    pub(super) made: BTreeMap<String, u64>,
    /// How often for an offer in whose place another was bought.
    pub(super) made_again: u64,
    /// How often a purchase was answered as unknown.
    pub(super) unknown_at_first: u64,
}

impl Ledger {
    pub(super) fn judge(&self) -> Row {
        let (asked, unknown_at_first) = (self.views.len() as u64, self.unknown_at_first);
        let mut row = Row { asked, unknown_at_first, ..Row::default() };
        let mut bought: BTreeSet<&str> = BTreeSet::new();
        let mut candidates: BTreeSet<&str> = BTreeSet::new();
        for view in self.views.values() {
            match view {
                None => row.stuck += 1,
                Some(View::NotBought) => {}
                Some(View::Unknown(ids)) => {
                    row.unknown += 1;
                    candidates.extend(ids.iter().map(String::as_str));
                }
                Some(View::Bought(ids)) => {
                    row.doubled += ids.iter().filter(|id| !bought.insert(id)).count() as u64;
                }
            }
        }
        row.made = self.made.values().sum();
        row.doubled += self.made.values().map(|count| count - 1).sum::<u64>() + self.made_again;
        let known = bought.len() as u64;
        let covered = candidates.difference(&bought).count() as u64;
        row.lost = row.made.saturating_sub(known + covered);
        row.invented = known.saturating_sub(row.made);
        row
    }
}
