//! The code in a message is read, in every language of the set, and none is made up where there is none.

use proptest::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use trunkline_core::code::find;

#[derive(Deserialize)]
struct Message {
    language: String,
    text: String,
    code: Option<String>,
}

fn messages(name: &str) -> Vec<Message> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("messages").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// How many messages of a language are read rightly, and of how many; what was read wrongly is printed.
fn judge(name: &str) -> BTreeMap<String, (usize, usize)> {
    let mut languages: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for Message { language, text, code } in messages(name) {
        let read = find(&text);
        let (right, all) = languages.entry(language).or_default();
        *all += 1;
        *right += usize::from(read == code);
        if read != code {
            println!("{name}: {read:?} for {code:?} in {text:?}");
        }
    }
    println!(
        "{name}: {}",
        languages.iter().map(|(name, (right, all))| format!("{name} {right}/{all} ")).collect::<String>()
    );
    languages
}

fn total(languages: &BTreeMap<String, (usize, usize)>) -> (usize, usize) {
    languages.values().fold((0, 0), |(right, all), language| (right + language.0, all + language.1))
}

#[test]
fn at_least_98_in_100_codes_are_read_in_12_languages_and_more() {
    let languages = judge("codes.json");
    assert!(messages("codes.json").iter().all(|message| message.code.is_some()));
    let (right, all) = total(&languages);
    println!("codes.json: {right} of {all} in {} languages", languages.len());
    assert!(all >= 100 && languages.len() >= 12);
    assert!(right * 100 >= all * 98, "{right} of {all}");
}

#[test]
fn no_code_is_made_up_where_there_is_none() {
    let languages = judge("no_codes.json");
    assert!(messages("no_codes.json").iter().all(|message| message.code.is_none()));
    let (right, all) = total(&languages);
    println!("no_codes.json: none in {right} of {all} in {} languages", languages.len());
    assert!(all >= 100 && languages.len() >= 12);
    assert_eq!(right, all);
}

/// Its letters and digits, digits of every script as ASCII.
fn without_separators(text: &str) -> String {
    let zeroes = ['0', '٠', '۰', '०', '０'];
    let ascii = |c: char| {
        let digit =
            zeroes.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|digit| *digit < 10));
        let wide = ('Ａ'..='ｚ').contains(&c).then(|| u32::from(c) - 0xfee0).and_then(char::from_u32);
        digit.and_then(|digit| char::from_digit(digit, 10)).or(wide).unwrap_or(c)
    };
    text.chars().map(ascii).filter(|c| c.is_ascii_alphanumeric()).collect()
}

/// Whatever may come in a message, code words and the signs between digits more often than not.
fn message() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "code",
            "PIN:",
            "код",
            "验证码",
            "رمز",
            "is",
            ".",
            "!\n",
            "%",
            "$",
            "+",
            "USD",
            "https://a.b/"
        ])
        .prop_map(str::to_owned),
        "[0-9]{1,8}",
        "[0-9]{2,4}[-  .,/:][0-9]{2,4}",
        "[A-Z0-9]{1,10}",
        "[٠-٩०-९０-９Ａ-Ｚ]{1,8}",
        any::<String>(),
    ];
    (proptest::collection::vec(piece, 0..8), proptest::sample::select(vec!["", " ", "-"]))
        .prop_map(|(pieces, by)| pieces.join(by))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_stands_in_the_text(text in message()) {
        if let Some(code) = find(&text) {
            prop_assert!(without_separators(&text).contains(&code), "{code}");
            prop_assert!((3..=10).contains(&code.len()), "{code}");
            prop_assert!(code.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{code}");
            prop_assert!(code.bytes().any(|byte| byte.is_ascii_digit()), "{code}");
        }
    }
}
