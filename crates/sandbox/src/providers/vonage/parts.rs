//! How long a message may be before it comes in parts (GSM 03.38 and 03.40).

/// Septets of the GSM alphabet in a message alone, and in a part of a longer one, which has a header.
const GSM: (usize, usize) = (160, 153);
/// Units of UTF-16, the same.
const UNICODE: (usize, usize) = (70, 67);

/// Whether the GSM alphabet has every character.
pub(super) fn is_gsm(text: &str) -> bool {
    text.chars().all(in_gsm_alphabet)
}

/// The text, or its parts.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let (size, (alone, each)): (fn(char) -> usize, _) =
        if is_gsm(text) { (septets, GSM) } else { (char::len_utf16, UNICODE) };
    if text.chars().map(size).sum::<usize>() <= alone {
        return vec![text];
    }
    let (mut parts, mut start, mut used) = (Vec::new(), 0, 0);
    for (at, character) in text.char_indices() {
        if used + size(character) > each {
            parts.push(&text[start..at]);
            (start, used) = (at, 0);
        }
        used += size(character);
    }
    parts.push(&text[start..]);
    parts
}

fn septets(character: char) -> usize {
    if "\u{c}^{}\\[~]|€".contains(character) { 2 } else { 1 }
}

/// GSM 03.38 with its extension table.
fn in_gsm_alphabet(character: char) -> bool {
    const BEYOND_ASCII: &str = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€";
    match character {
        '\n' | '\r' | '\u{c}' => true,
        '`' => false,
        ' '..='~' => true,
        _ => BEYOND_ASCII.contains(character),
    }
}
