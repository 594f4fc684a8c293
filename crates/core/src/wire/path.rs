//! Where in a JSON text a position is: `data[3].msisdn`.

use std::fmt::Write as _;

/// An array or object that has begun and not ended.
enum Open<'a> {
    Array(usize),
    /// The name of the present member; none before it is read.
    Object(Option<&'a [u8]>),
}

/// The path of what is wrong, where serde_json complains `offset` bytes into the text. The text need not be valid behind it.
/// A field that is missing is missing from the object that has just ended; any other complaint behind the end of an object
/// or array is about the last thing in it.
pub(crate) fn at(bytes: &[u8], offset: usize, is_missing_field: bool) -> String {
    let read = bytes.get(..offset.min(bytes.len())).unwrap_or_default().trim_ascii_end();
    let Followed { mut open, closed, in_string } = follow(read);
    match (read.last(), open.last_mut()) {
        _ if in_string => {}
        (Some(b'}'), _) if is_missing_field => {}
        (Some(b'}' | b']'), _) => open.extend(closed),
        // A bracket that was not expected: it is the value that contains it that is wrong.
        (Some(b'[' | b'{'), _) => _ = open.pop(),
        // serde_json has taken the comma when it complains of the element before it.
        (Some(b','), Some(Open::Array(index))) => *index = index.saturating_sub(1),
        _ => {}
    }
    let mut path = String::new();
    for level in &open {
        match level {
            Open::Array(index) => _ = write!(path, "[{index}]"),
            Open::Object(None) => {}
            Open::Object(Some(name)) => {
                let separator = if path.is_empty() { "" } else { "." };
                _ = write!(path, "{separator}{}", String::from_utf8_lossy(name));
            }
        }
    }
    path
}

/// What there is at the end of some bytes.
struct Followed<'a> {
    open: Vec<Open<'a>>,
    /// What ended last, if there was anything in it.
    closed: Option<Open<'a>>,
    in_string: bool,
}

fn follow(bytes: &[u8]) -> Followed<'_> {
    let (mut open, mut closed) = (Vec::new(), None);
    let mut names_follow = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let rest = bytes.get(at + 1..).unwrap_or_default();
                let length = string_length(rest);
                if let (true, Some(Open::Object(name))) = (names_follow, open.last_mut()) {
                    *name = rest.get(..length);
                    names_follow = false;
                }
                if length == rest.len() {
                    return Followed { open, closed, in_string: true };
                }
                at += length + 1;
            }
            b'[' => open.push(Open::Array(0)),
            b'{' => {
                open.push(Open::Object(None));
                names_follow = true;
            }
            b']' | b'}' => {
                let is_empty = bytes.get(..at).unwrap_or_default().trim_ascii_end().ends_with(b"[");
                closed = open.pop().filter(|_| !is_empty);
            }
            b',' => match open.last_mut() {
                Some(Open::Array(index)) => *index += 1,
                Some(Open::Object(name)) => {
                    *name = None;
                    names_follow = true;
                }
                None => {}
            },
            _ => {}
        }
        at += 1;
    }
    Followed { open, closed, in_string: false }
}

/// Bytes before the closing quote.
fn string_length(bytes: &[u8]) -> usize {
    let mut escaped = false;
    let ends = |&byte: &u8| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    };
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_a_path() {
        let text = br#"{"a": [1, {"b\"{": "x,[", "c": [[2], 3]}], "d": []}"#;
        for (behind, path) in [
            ("{\"a\": [1", "a[0]"),
            ("{\"a\": [1, ", "a[0]"),
            ("{\"a\": [1, {", "a[1]"),
            (r#"{"a": [1, {"b\"{": "x,["#, r#"a[1].b\"{"#),
            (r#"{"a": [1, {"b\"{": "x,[", "c": [[2"#, "a[1].c[0][0]"),
            (r#"{"a": [1, {"b\"{": "x,[", "c": [[2], 3"#, "a[1].c[1]"),
            (r#"{"a": [1, {"b\"{": "x,[", "c": [[2], 3]"#, "a[1].c[1]"),
            (r#"{"a": [1, {"b\"{": "x,[", "c": [[2], 3]}"#, "a[1].c"),
            (r#"{"a": [1, {"b\"{": "x,[", "c": [[2], 3]}], "d": []"#, "d"),
            (r#"{"a": [1, {"b\"{": "x,[", "c": [[2], 3]}], "d": []}"#, "d"),
        ] {
            assert!(text.starts_with(behind.as_bytes()));
            assert_eq!(at(text, behind.len(), false), path, "{behind}");
        }
        assert_eq!(at(br#"{"a":[{"b":1}]}"#, 13, true), "a[0]");
        assert_eq!(at(br#"{"a":[{"b":1}]}"#, 14, true), "a[0]");
        assert_eq!(at(br#"{"a":[{"b":1}]}"#, 15, true), "");
        assert_eq!(at(b"]]}},,\"", 10, false), "");
    }
}
