//! The one-time code in the text of an SMS.
//!
//! The rule, in full:
//! 1. A code is 4 to 8 digits, in one piece or in equal groups (`123 456`, `12-34-56`; `G-123456` is read as
//!    `123456`), 3 digits within two words of a code word, or 4 to 10 letters and digits with at least one digit,
//!    within seven words of one.
//! 2. Code words are those for code, OTP, PIN, password and verification in the languages of `tests/messages`, except
//!    where they speak of a voucher, a postcode and the like. A word for "enter" right beside the digits counts as
//!    one.
//! 3. Word and code stand in one sentence, or the code in the one before with two words at most, or alone in the
//!    next.
//! 4. Never read: a sum, a measure, a date, a time, a percentage (a currency or unit beside it; points, commas,
//!    colons or slashes within), a telephone number (`+`, unequal groups, more than 8 digits), a masked card, an
//!    address on the web, and what follows a word such as order, flight, tracking, call. A text that offers a voucher
//!    or a percentage has no code with letters. What may be a year (`2041`) or a day (`11-05-26`) is a code only
//!    within two words after a code word, or where the text starts with it and "is" follows.
//! 5. Of several, the nearest to its word is taken; a colon or an "is" right before the code outweighs eight words,
//!    and what follows its word goes before what precedes it. A text of nothing but digits is a code.
//!
//! Words in ASCII are compared whatever their case, others as they are listed.

mod shape;
mod tokens;
mod words;

use shape::{Candidate, Shape};
use tokens::Text;
use words::Cue;

/// Words between a code word and digits beyond which they have nothing to do with each other.
const FAR: usize = 24;
/// The same for a code with letters, which may be any model or plate.
const NEAR: usize = 7;
/// Words between a code word and what would not be a code elsewhere: three digits, a year.
const BESIDE: usize = 2;
/// What is known of a code in a sentence of its own: less than in the same sentence.
const NEXT_SENTENCE: i32 = 12;
/// Words beside a code whose sentence comes before that of its word (`Acme: 4829. Do not share this code.`); after it,
/// none: `Your password was changed. Case 4829.`
const SHORT_SENTENCE: usize = 2;
/// What a colon or an "is" before the code weighs, in words.
const DIRECT: i32 = 8;

/// The one-time code in the text of a message, if there is one: its digits (and letters) without separators, ASCII
/// whatever the script. The module states the rule.
///
/// ```
/// use trunkline_core::code::find;
///
/// assert_eq!(find("G-123456 is your Acme verification code.").as_deref(), Some("123456"));
/// assert_eq!(find("Ваш код: 604 917. Действует 10 минут.").as_deref(), Some("604917"));
/// assert_eq!(find("【Acme】验证码482056,5分钟内有效").as_deref(), Some("482056"));
/// assert_eq!(find("Your access code is R7KQ2.").as_deref(), Some("R7KQ2"));
/// assert_eq!(find("Your order 88213045 of 1,249.00 USD arrives in 2026. Call 555-0142."), None);
/// ```
#[must_use]
pub fn find(text: &str) -> Option<String> {
    let ascii = tokens::with_ascii_digits(text);
    let text = Text::read(&ascii);
    let candidates = shape::candidates(&text);
    if let [only] = candidates.as_slice()
        && only.shape == Shape::Digits
        && only.tokens.len() == text.tokens.len()
    {
        return Some(only.code.clone());
    }
    let cues = words::cues(&text);
    let sells = words::sells(&text);
    let read = candidates.into_iter().filter(|candidate| !(sells && candidate.shape == Shape::Mixed));
    let ranked = read.filter_map(|candidate| Some((distance(&text, &candidate, &cues)?, candidate.code)));
    // The first of equals.
    ranked.min_by_key(|(distance, _)| *distance).map(|(_, code)| code)
}

/// How far the nearest word is that makes this a code; none does if there is none.
fn distance(text: &Text<'_>, candidate: &Candidate, cues: &[(usize, Cue)]) -> Option<i32> {
    cues.iter().filter_map(|(word, cue)| distance_to(text, candidate, *word, *cue)).min()
}

fn distance_to(text: &Text<'_>, candidate: &Candidate, word: usize, cue: Cue) -> Option<i32> {
    let after = word < candidate.tokens.start;
    let between = if after { candidate.tokens.start - word - 1 } else { word.checked_sub(candidate.tokens.end)? };
    if cue == Cue::Enter && (between > 0 || candidate.shape != Shape::Digits) {
        return None;
    }
    let (own, other) = (text.sentence(candidate.tokens.start), text.sentence(word));
    if own != other {
        let most = if after { 0 } else { SHORT_SENTENCE };
        let alone = text.words_in(own) <= most && own.abs_diff(other) == 1;
        return (alone && candidate.shape == Shape::Digits).then_some(NEXT_SENTENCE);
    }
    let direct = if after { words::is_led_to(text, candidate) } else { words::leads_on(text, candidate) };
    let limit = match candidate.shape {
        Shape::Digits => FAR,
        Shape::Mixed => NEAR,
        Shape::Three => BESIDE,
        Shape::Doubtful if after => BESIDE,
        Shape::Doubtful if direct && candidate.tokens.start == 0 => NEAR,
        Shape::Doubtful => return None,
    };
    if between > limit {
        return None;
    }
    let between = i32::try_from(between).ok()? + i32::from(!after);
    Some(if direct { between - DIRECT } else { between })
}
