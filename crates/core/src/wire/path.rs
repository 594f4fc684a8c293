//! Where in a JSON text a position is: `data[3].msisdn`.

use std::fmt::Write as _;

/// An array or object that has begun and not ended.
enum Open<'a> {
    Array(usize),
    /// The name of the present member; none before it is read.
    Object(Option<&'a [u8]>),
}

/// The path of the value that begins so many bytes into the text. The text need not be valid from there on.
pub(crate) fn to(bytes: &[u8], start: usize) -> String {
    let open = follow(bytes.get(..start).unwrap_or(bytes));
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

fn follow(bytes: &[u8]) -> Vec<Open<'_>> {
    let mut open = Vec::new();
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
                at += length + 1;
            }
            b'[' => open.push(Open::Array(0)),
            b'{' => {
                open.push(Open::Object(None));
                names_follow = true;
            }
            b']' | b'}' => _ = open.pop(),
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
    open
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
        for (before, path) in [
            ("", ""),
            ("{\"a\": ", "a"),
            ("{\"a\": [", "a[0]"),
            ("{\"a\": [1, ", "a[1]"),
            (r#"{"a": [1, {"b\"{": "#, r#"a[1].b\"{"#),
            (r#"{"a": [1, {"b\"{": "x,[", "c": [["#, "a[1].c[0][0]"),
            (r#"{"a": [1, {"b\"{": "x,[", "c": [[2], "#, "a[1].c[1]"),
            (r#"{"a": [1, {"b\"{": "x,[", "c": [[2], 3]}], "d": "#, "d"),
        ] {
            assert!(text.starts_with(before.as_bytes()));
            assert_eq!(to(text, before.len()), path, "{before}");
        }
        assert_eq!(to(b"]]}},,\"", 10), "");
    }
}
