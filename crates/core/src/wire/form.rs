//! Percent-encoding of path holes, queries and forms.

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Encodes everything but RFC 3986's unreserved characters: right for a path segment, a query and a form alike (a form
/// may also write `%20` for a space).
pub(crate) fn percent_encode(out: &mut String, text: &str) {
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let digit = |half: u8| HEX.get(usize::from(half)).copied().map_or('0', char::from);
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

/// `name=value&…`, both encoded.
pub(crate) fn write_pairs<'a>(out: &mut String, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) {
    for (index, (name, value)) in pairs.into_iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        percent_encode(out, name);
        out.push('=');
        percent_encode(out, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_characters_and_utf8_are_escaped() {
        let mut out = String::new();
        write_pairs(&mut out, [("pattern", "+1 206&x=y"), ("name", "é~-._")]);
        assert_eq!(out, "pattern=%2B1%20206%26x%3Dy&name=%C3%A9~-._");
    }
}
