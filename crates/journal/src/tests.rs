use crate::Directory;
use crate::lines::Lines;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use trunkline_core::{
    Claim, Consult, Consulted, IntentState, JournalEntry, JournalEvent, Money, OpenIntent, Survey, Timestamp,
};

/// A folder of one test, removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("trunkline-journal-{}-{count}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn open(&self, name: &str) -> Directory {
        Directory::open(&self.0, name).expect("a local folder")
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("there").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// What a process leaves that is killed now.
    fn kill(&self, process: Directory, name: &str) {
        let path = self.0.join(format!("{name}.journal"));
        let left = fs::read(&path).expect("its file");
        drop(process);
        fs::write(&path, left).expect("its file");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn line(intent: &str, event: JournalEvent) -> JournalEntry {
    JournalEntry { intent: intent.to_owned(), at: Timestamp::EPOCH, account: "rentnumber".to_owned(), event }
}

fn begun(intent: &str) -> JournalEntry {
    let event = JournalEvent::Intent {
        operation: "rentnumber.rent".to_owned(),
        params: r#"{"pricing_id":"42"}"#.to_owned(),
        idempotency_key: None,
        owned: vec!["7".to_owned()],
        until: Timestamp::from_millis(90_000),
    };
    line(intent, event)
}

fn bought(intent: &str) -> JournalEntry {
    line(intent, JournalEvent::Bought { ids: vec!["8".to_owned()] })
}

fn claim(process: &Directory, key: &str, intent: &str) -> String {
    let claim = Claim { key: key.to_owned(), intent: intent.to_owned(), instead_of: None };
    match process.consult(Consult::Claim(claim)).expect("claimed") {
        Consulted::Holder(holder) => holder,
        other => panic!("{other:?}"),
    }
}

fn survey(process: &Directory, keys: &[&str]) -> Survey {
    let keys = keys.iter().map(|&key| key.to_owned()).collect();
    match process.consult(Consult::Survey(keys)).expect("surveyed") {
        Consulted::Survey(survey) => survey,
        other => panic!("{other:?}"),
    }
}

fn adopt(process: &Directory) -> Result<Vec<OpenIntent>, String> {
    match process.consult(Consult::Adopt)? {
        Consulted::Adopted(open) => Ok(open),
        other => panic!("{other:?}"),
    }
}

fn states(open: &[OpenIntent]) -> Vec<(&str, &IntentState)> {
    open.iter().map(|intent| (intent.id.as_str(), &intent.state)).collect()
}

#[test]
fn what_a_process_left_open_is_taken_over_when_it_is_gone_and_not_before() {
    let folder = Folder::new();
    let (first, second) = (folder.open("first"), folder.open("second"));
    for entry in [begun("a"), begun("b"), bought("b")] {
        first.record(entry).expect("recorded");
    }
    assert_eq!(states(&survey(&second, &[]).open), [("a", &IntentState::Sent)]);
    assert_eq!(adopt(&second).expect("read"), []);
    folder.kill(first, "first");
    assert_eq!(states(&survey(&second, &[]).open), [("a", &IntentState::Abandoned)]);
    let adopted = adopt(&second).expect("read");
    // Whether its program has heard of what was bought is not known.
    let untold = IntentState::Untold(vec!["8".to_owned()]);
    assert_eq!(states(&adopted), [("a", &IntentState::Abandoned), ("b", &untold)]);
    assert_eq!(
        (adopted[0].params.as_str(), adopted[0].owned.as_slice()),
        (r#"{"pricing_id":"42"}"#, &["7".to_owned()][..])
    );
    assert_eq!(folder.files(), ["claims", "second.journal"]);
    // It stays the second's, until its end is known; then across another crash.
    second.record(line("b", JournalEvent::Told)).expect("recorded");
    assert_eq!(adopt(&second).expect("read").len(), 1);
    folder.kill(second, "second");
    let third = folder.open("third");
    assert_eq!(states(&adopt(&third).expect("read")), [("a", &IntentState::Abandoned)]);
    third.record(bought("a")).expect("recorded");
    assert_eq!(adopt(&third).expect("read"), []);
    assert_eq!(survey(&third, &[]).open, []);
}

#[test]
fn a_process_that_leaves_nothing_open_leaves_no_file() {
    let folder = Folder::new();
    let process = folder.open("only");
    process.record(begun("a")).expect("recorded");
    process.record(bought("a")).expect("recorded");
    drop(process);
    assert_eq!(folder.files(), ["claims"]);
}

#[test]
fn a_last_line_that_broke_off_is_passed_over_and_any_other_is_named() {
    let folder = Folder::new();
    let process = folder.open("first");
    process.record(begun("a")).expect("recorded");
    process.record(begun("b")).expect("recorded");
    folder.kill(process, "first");
    let path = folder.0.join("first.journal");
    let whole = fs::read(&path).expect("lines");
    let first_line = whole.iter().position(|byte| *byte == b'\n').expect("two lines") + 1;
    let second = folder.open("second");
    for cut in first_line..whole.len() {
        fs::write(&path, &whole[..cut]).expect("written");
        assert_eq!(states(&survey(&second, &[]).open), [("a", &IntentState::Abandoned)], "cut at {cut}");
    }
    let mut corrupt = whole.clone();
    corrupt[first_line - 3] ^= 1;
    fs::write(&path, &corrupt).expect("written");
    let problem = adopt(&second).expect_err("corrupt");
    assert!(problem.ends_with("first.journal: line 1 is not as it was written"), "{problem}");
    assert_eq!(fs::read(&path).expect("still there"), corrupt);
}

#[test]
fn of_processes_that_claim_the_same_one_holds_it() {
    let folder = Folder::new();
    let holders: Vec<Vec<String>> = std::thread::scope(|scope| {
        let working: Vec<_> = (0..8)
            .map(|number| {
                let process = folder.open(&format!("process-{number}"));
                scope.spawn(move || {
                    (0..25).map(|key| claim(&process, &format!("vonage:{key}"), &format!("intent-{number}"))).collect()
                })
            })
            .collect();
        working.into_iter().map(|thread| thread.join().expect("it claims")).collect()
    });
    for others in &holders[1..] {
        assert_eq!(others, &holders[0]);
    }
    let reader = folder.open("reader");
    let keys: Vec<String> = (0..25).map(|key| format!("vonage:{key}")).collect();
    let read = survey(&reader, &keys.iter().map(String::as_str).collect::<Vec<_>>()).holders;
    assert_eq!(read, holders[0].iter().cloned().map(Some).collect::<Vec<_>>());
    assert_eq!(survey(&reader, &["vonage:nobody's"]).holders, [None]);
}

#[test]
fn a_claim_that_broke_off_holds_nothing() {
    let folder = Folder::new();
    let process = folder.open("first");
    assert_eq!(claim(&process, "vonage:1", "a"), "a");
    let path = folder.0.join("claims");
    File::options().append(true).open(&path).expect("claims").write_all(b"0badc0de {\"key\":\"vona").expect("written");
    let other = folder.open("second");
    assert_eq!((claim(&other, "vonage:2", "b"), claim(&process, "vonage:2", "a")), ("b".to_owned(), "b".to_owned()));
    let taken_over = Claim { key: "vonage:1".to_owned(), intent: "b".to_owned(), instead_of: Some("a".to_owned()) };
    assert_eq!(other.consult(Consult::Claim(taken_over)), Ok(Consulted::Holder("b".to_owned())));
    assert_eq!(claim(&process, "vonage:1", "a"), "b");
}

#[test]
fn a_long_file_is_emptied_when_what_it_tells_of_ended_long_ago() {
    let folder = Folder::new();
    let process = folder.open("first");
    let path = folder.0.join("first.journal");
    let len = || fs::metadata(&path).expect("there").len();
    let at = |minutes: i64, entry: JournalEntry| JournalEntry { at: Timestamp::from_millis(minutes * 60_000), ..entry };
    process.record(begun("open")).expect("recorded");
    while len() < crate::EMPTIED_FROM {
        process.record(begun("a")).expect("recorded");
        process.record(bought("a")).expect("recorded");
    }
    let long = len();
    process.record(at(61, begun("b"))).expect("recorded");
    assert!(len() > long, "one is open");
    process.record(at(61, bought("b"))).expect("recorded");
    process.record(at(61, bought("open"))).expect("recorded");
    process.record(at(120, begun("c"))).expect("recorded");
    assert!(len() > long, "b ended less than an hour ago");
    process.record(at(120, bought("c"))).expect("recorded");
    process.record(at(181, begun("d"))).expect("recorded");
    let line = format!("{}\n", at(181, begun("d")).to_line()).len() as u64;
    assert_eq!(len(), line + "01234567 ".len() as u64);
}

#[test]
fn a_folder_that_cannot_be_used_says_so() {
    let folder = Folder::new();
    fs::create_dir_all(&folder.0).expect("made");
    let file = folder.0.join("file");
    fs::write(&file, "").expect("written");
    let below = Directory::open(file.join("journal"), "a").expect_err("below a file");
    assert!(below.contains("file/journal: "), "{below}");
    let named = Directory::open(&folder.0, "../a").expect_err("a path");
    assert_eq!(named, r#"a journal's name is letters, digits and hyphens, not "../a""#);
}

/// `/dev/full` takes nothing.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_for_this_line_and_all_after_it() {
    let full = File::options().write(true).open("/dev/full").expect("Linux has it");
    let mut lines = Lines::new(full);
    assert_eq!(lines.append("a").expect_err("full").kind(), std::io::ErrorKind::StorageFull);
    let after = lines.append("b").expect_err("broken").to_string();
    assert_eq!(after, "an earlier line broke off, and could not be taken back");
    assert!(Path::new("/dev/full").exists());
}

#[test]
fn what_purchases_cost_outlives_the_processes_that_made_them() {
    let folder = Folder::new();
    let costs = |intent: &str, amount: i64| line(intent, JournalEvent::Costs(Money::from_cents(amount, "USD")));
    let spent = |process: &Directory| -> Vec<(String, String)> {
        match process.consult(Consult::Spent("rentnumber".to_owned())).expect("asked") {
            Consulted::Spent(spent) => spent.into_iter().map(|it| (it.intent, it.price.to_string())).collect(),
            other => panic!("{other:?}"),
        }
    };
    let pair = |intent: &str, price: &str| (intent.to_owned(), price.to_owned());
    let first = folder.open("first");
    for entry in [begun("a"), costs("a", 300), bought("a"), begun("b"), costs("b", 200)] {
        first.record(entry).expect("recorded");
    }
    first.record(line("b", JournalEvent::NotBought("refused".to_owned()))).expect("recorded");
    let second = folder.open("second");
    assert_eq!(spent(&second), [pair("a", "3.00 USD")], "of a process that lives");
    drop(first);
    assert_eq!(adopt(&second).expect("read"), [], "its program was told");
    assert_eq!(spent(&second), [pair("a", "3.00 USD")], "of one that has ended");
    assert_eq!(folder.files(), ["claims", "second.journal"], "a program that runs often leaves one file, not many");
    for entry in [begun("c"), costs("c", 450)] {
        second.record(entry).expect("recorded");
    }
    folder.kill(second, "second");
    let third = folder.open("third");
    let all = [pair("a", "3.00 USD"), pair("c", "4.50 USD")];
    assert_eq!(spent(&third), all, "of one that was killed, its purchase still open");
    assert_eq!(states(&adopt(&third).expect("read")), [("c", &IntentState::Abandoned)]);
    assert_eq!(spent(&third), all, "taken over");
}
