//! Taking secrets out of text that people will see.

use super::form;

/// Words that a JSON key or an XML element holding a secret contains.
const SECRET_WORDS: [&str; 6] = ["secret", "token", "password", "api_key", "apikey", "api-key"];

/// No name of an element is longer than this.
const TAG: usize = 200;

/// One line of at most `limit` bytes of a reply, for an error message: known secrets and values under secret-looking
/// names are `***`, control characters are spaces.
pub(crate) fn excerpt(bytes: &[u8], limit: usize, known: &[String]) -> String {
    // Redacted over a little more than is shown, so that a value cut by the limit is still recognised.
    let window = bytes.get(..bytes.len().min(limit * 4)).unwrap_or_default();
    let mut text = mask_named(&line(&String::from_utf8_lossy(window)));
    text = mask_known(&text, known);
    if text.len() > limit || bytes.len() > window.len() {
        let cut = (0..=limit.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        text.truncate(cut);
        text.push('…');
    }
    text
}

/// The same text with every known secret as `***`.
pub(crate) fn mask_known(text: &str, known: &[String]) -> String {
    let mut masked = text.to_owned();
    // Longest first: one secret may contain another.
    let mut sorted: Vec<&String> = Vec::with_capacity(known.len());
    for secret in known.iter().filter(|secret| secret.len() >= 3) {
        sorted.insert(sorted.partition_point(|other| other.len() >= secret.len()), secret);
    }
    for secret in sorted {
        let mut escaped = String::new();
        form::percent_encode(&mut escaped, secret);
        for form in [secret.as_str(), escaped.as_str()] {
            if masked.contains(form) {
                masked = masked.replace(form, "***");
            }
        }
    }
    masked
}

/// One line: control characters become spaces.
pub(crate) fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Masks `"…secret…": "value"` and `<…secret…>value<`.
pub(crate) fn mask_named(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    // Where each word is next: a word that is nowhere is looked for once, not once for every other.
    let mut next = SECRET_WORDS.map(|word| (word, lower.find(word)));
    let mut out = String::with_capacity(text.len());
    let (mut kept, mut at) = (0, 0);
    loop {
        for (word, place) in &mut next {
            if place.is_some_and(|place| place < at) {
                *place = lower.get(at..).and_then(|rest| Some(at + rest.find(*word)?));
            }
        }
        let first = next.iter().filter_map(|(word, place)| Some(((*place)?, *word))).min();
        let Some((start, end)) = first.and_then(|(place, word)| named_value(&lower, place, word)) else { break };
        if start < end {
            out.push_str(text.get(kept..start).unwrap_or_default());
            out.push_str("***");
            kept = end;
        }
        at = end;
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    out
}

/// Where the value under the secret-looking word at `word_at` starts and ends. Where that word is no name, nothing at the
/// place to search on from.
fn named_value(lower: &str, word_at: usize, word: &str) -> Option<(usize, usize)> {
    let nothing = |place: usize| Some((place, place));
    let after = word_at + word.len();
    let tail = lower.get(after..)?;
    let before = lower.as_bytes().get(word_at.saturating_sub(TAG)..word_at)?;
    let bracket = before.iter().rposition(|byte| matches!(byte, b'<' | b'>'));
    let closes_element = bracket.is_some_and(|at| before.get(at..).is_some_and(|tag| tag.starts_with(b"</")));
    if closes_element {
        return nothing(after);
    }
    let opening = tail.find(['"', '>']).map(|offset| after + offset)?;
    let value_start = if lower.get(opening..)?.starts_with('>') {
        opening + 1
    } else {
        let colon = lower.get(opening + 1..)?.trim_start();
        match colon.strip_prefix(':') {
            Some(value) => {
                let value = value.trim_start();
                let start = lower.len() - value.len();
                if value.starts_with('"') { start + 1 } else { start }
            }
            // The word was inside a value, not a name: go on behind it.
            None => return nothing(opening + 1),
        }
    };
    let value = lower.get(value_start..)?;
    let quoted = lower.get(value_start.saturating_sub(1)..)?.starts_with('"');
    let stops: &[char] = if quoted { &['"'] } else { &['<', ',', '}', ']'] };
    Some((value_start, value.find(stops).map_or(lower.len(), |length| value_start + length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_under_secret_names_are_masked_in_json_and_xml() {
        for (text, masked) in [
            (r#"{"api-secret": "S3cret","max":30}"#, r#"{"api-secret": "***","max":30}"#),
            (r#"{"hmacSecret":"S3cret"}"#, r#"{"hmacSecret":"***"}"#),
            ("<api-secret>S3cret</api-secret>", "<api-secret>***</api-secret>"),
            (r#"{"access_token":12345,"x":1}"#, r#"{"access_token":***,"x":1}"#),
            (r#"{"signing_secret":"whsec_cut"#, r#"{"signing_secret":"***"#),
            (r#"{"error":"invalid token","code":7}"#, r#"{"error":"invalid token","code":7}"#),
        ] {
            assert_eq!(excerpt(text.as_bytes(), 200, &[]), masked);
        }
    }

    #[test]
    fn known_secrets_are_masked_wherever_they_stand() {
        let known = ["abc123".to_owned(), "abc123456".to_owned(), "a+b/c".to_owned()];
        assert_eq!(
            excerpt(b"no key abc123456 or abc123\nhere ?x=a%2Bb%2Fc", 200, &known),
            "no key *** or *** here ?x=***"
        );
    }

    #[test]
    fn a_long_reply_full_of_the_words_is_no_trouble() {
        let text = r#""token","#.repeat(100_000);
        assert_eq!(mask_named(&text), text);
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt("é".repeat(300).as_bytes(), 9, &[]), "éééé…");
    }
}
