//! What has the shape of a code, and does not belong to something else.

use super::tokens::{Kind, Text, Token};
use super::words;
use std::ops::Range;

/// What may be a code, if a word says so.
pub(super) struct Candidate {
    /// Without separators.
    pub(super) code: String,
    pub(super) tokens: Range<usize>,
    pub(super) shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// 4 to 8.
    Digits,
    Three,
    /// Four digits that may be a year, or six in pairs that may be a day.
    Doubtful,
    /// Letters and digits.
    Mixed,
}

const CURRENCIES: [char; 8] = ['$', '£', '¥', '€', '₹', '₽', '₩', '₺'];

/// Everything in the text that may be a code, in its order.
pub(super) fn candidates(text: &Text<'_>) -> Vec<Candidate> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < text.tokens.len() {
        let (tokens, shape) = piece(text, at);
        at = tokens.end;
        let Some(shape) = shape.filter(|_| !belongs_elsewhere(text, &tokens)) else { continue };
        let parts = text.tokens.get(tokens.clone()).unwrap_or_default();
        // Of `G-123456`, only the digits are typed.
        let prefixed = shape == Shape::Digits && parts.first().is_some_and(|first| first.kind == Kind::Word);
        let code = parts.iter().skip(usize::from(prefixed)).map(|token| token.text).collect();
        found.push(Candidate { code, tokens, shape });
    }
    found
}

/// The tokens from `at` that are one number (or code), and its shape; no shape if it is no code.
fn piece(text: &Text<'_>, at: usize) -> (Range<usize>, Option<Shape>) {
    let hyphened = at..joined(text, at, |gap| gap == "-");
    if hyphened.len() > 1
        && let Some(shape) = hyphenated(text, &hyphened)
    {
        return (hyphened, Some(shape));
    }
    let tight = at..joined_digits(text, at, is_tight);
    if text.tokens.get(at).is_some_and(|token| token.kind == Kind::Digits) {
        if tight.len() > 1 {
            if is_clause(text, &tight) {
                return (at..at + 1, single(text, at));
            }
            return (tight.clone(), grouped(text, &tight, "-"));
        }
        return spaced(text, at);
    }
    (at..at + 1, single(text, at))
}

/// Where the tokens end that follow `at` with gaps that pass.
fn joined(text: &Text<'_>, at: usize, passes: impl Fn(&str) -> bool) -> usize {
    let mut last = at;
    while last + 1 < text.tokens.len() && passes(text.gap(last)) {
        last += 1;
    }
    last + 1
}

/// The same, of digits alone.
fn joined_digits(text: &Text<'_>, at: usize, passes: impl Fn(&str) -> bool) -> usize {
    let is_digits = |token: &usize| text.tokens.get(*token).is_some_and(|token| token.kind == Kind::Digits);
    (at..joined(text, at, passes)).take_while(is_digits).last().map_or(at + 1, |last| last + 1)
}

/// What stands between the parts of a sum, a day, a time, a telephone number.
fn is_tight(gap: &str) -> bool {
    matches!(gap, "-" | "." | "," | "/" | ":" | "'" | "’" | "٫" | "٬")
}

/// `482056,5分钟内有效`: a comma between a code and the minutes it is valid.
fn is_clause(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let minutes = text.from(tokens.end).starts_with(['分', '秒']) && text.gap(tokens.end - 1).is_empty();
    tokens.len() == 2 && minutes && text.gap(tokens.start) == ","
}

fn single(text: &Text<'_>, at: usize) -> Option<Shape> {
    let token = text.tokens.get(at)?;
    match (token.kind, token.text.len()) {
        (Kind::Digits, 3) => Some(Shape::Three),
        (Kind::Digits, 4) if token.text.starts_with("19") || token.text.starts_with("20") => Some(Shape::Doubtful),
        (Kind::Digits, 4..=8) => Some(Shape::Digits),
        (Kind::Mixed, 4..=10) => Some(Shape::Mixed).filter(|_| is_mixed_code(token.text)),
        _ => None,
    }
}

/// `18h30`, `500MB`, `10am` and `XX4410` are none.
fn is_mixed_code(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let is_time = letters.eq_ignore_ascii_case("h") && text.len() <= 5;
    let is_masked = letters.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x'));
    !(words::is_unit(unit) || is_time || is_masked)
}

/// Digits in groups of one length, with one separator: three groups of two, or of three or four.
fn grouped(text: &Text<'_>, tokens: &Range<usize>, separator: &str) -> Option<Shape> {
    let groups: Vec<&str> = text.tokens.get(tokens.clone())?.iter().map(|token| token.text).collect();
    let length = groups.first()?.len();
    let separators_fit = (tokens.start..tokens.end - 1).all(|at| text.gap(at) == separator);
    let groups_fit = groups.iter().all(|group| group.len() == length);
    if !separators_fit || !groups_fit {
        return None;
    }
    match (length, groups.len()) {
        (2, 3) if separator == "-" && is_day(&groups) => Some(Shape::Doubtful),
        (2, 3 | 4) | (3, 2) | (4, 2) => Some(Shape::Digits),
        _ => None,
    }
}

fn is_day(groups: &[&str]) -> bool {
    let number = |at: usize| groups.get(at).and_then(|group| group.parse::<u8>().ok()).unwrap_or_default();
    (1..=31).contains(&number(0)) && (1..=12).contains(&number(1))
}

/// Digits with spaces between them. Two numbers of which one is short (minutes, a locker) only stand side by side.
fn spaced(text: &Text<'_>, at: usize) -> (Range<usize>, Option<Shape>) {
    let mut tokens = at..joined_digits(text, at, |gap| gap == " ");
    // The last one may be the start of something else: `4829 12/04/2026`.
    if tokens.len() > 1 && joined_digits(text, tokens.end - 1, is_tight) > tokens.end {
        tokens.end -= 1;
    }
    if tokens.len() == 1 {
        return (tokens, single(text, at));
    }
    let shape = grouped(text, &tokens, " ");
    let is_short = |at: usize| text.tokens.get(at).is_some_and(|token| token.text.len() <= 2);
    if shape.is_none() && tokens.len() == 2 && (is_short(at) || is_short(at + 1)) {
        return (at..at + 1, single(text, at));
    }
    (tokens, shape)
}

/// `G-123456`, `X7K-92P`, `ABC-123`.
fn hyphenated(text: &Text<'_>, tokens: &Range<usize>) -> Option<Shape> {
    let parts = text.tokens.get(tokens.clone())?;
    let is_upper = |token: &Token<'_>| !token.text.bytes().any(|byte| byte.is_ascii_lowercase() || !byte.is_ascii());
    if let [first, second] = parts
        && first.kind == Kind::Word
        && is_upper(first)
        && first.text.len() <= 3
        && second.kind == Kind::Digits
        && (4..=8).contains(&second.text.len())
    {
        return Some(Shape::Digits);
    }
    let length = parts.first()?.text.len();
    let fits = parts.iter().all(|token| token.text.len() == length && is_upper(token));
    let has_both =
        !parts.iter().all(|token| token.kind == Kind::Word) && !parts.iter().all(|token| token.kind == Kind::Digits);
    let is_code = fits && has_both && length >= 2 && (4..=10).contains(&(length * parts.len()));
    is_code.then_some(Shape::Mixed)
}

/// A sum, a measure, a telephone number, a card, an order.
fn belongs_elsewhere(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    let (before, after) = (text.gap_before(tokens.start), text.gap(tokens.end - 1));
    let is_amount = before.trim_end().ends_with(CURRENCIES) || after.trim_start().starts_with(CURRENCIES);
    let is_share = after.trim_start().starts_with(['%', '٪', '％']) || before.ends_with(['%', '٪', '％']);
    let is_masked = before.ends_with(['*', '…', '•']) || before.ends_with("..");
    let is_part = before.ends_with(['+', '/', '\\', '@', '_', '=', '&'])
        || after.starts_with(['/', '\\', '@', '_', '=', '&', '+']);
    let is_number = before.contains('№');
    is_amount
        || is_share
        || is_masked
        || is_part
        || is_number
        || words::is_measured(text, tokens)
        || words::is_labelled(text, tokens)
}
