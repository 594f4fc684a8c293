//! `multipart/form-data` (RFC 7578): the parts of a body, with their file names and types.

/// One part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) name: String,
    pub(super) filename: Option<String>,
    pub(super) content_type: String,
    pub(super) content: &'a [u8],
}

/// The boundary that a `Content-Type` names; none if it is another type.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let (media_type, parameters) = content_type.split_once(';')?;
    if !media_type.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters, "boundary")?;
    // RFC 2046 allows 70 characters.
    (!boundary.is_empty() && boundary.len() <= 70).then_some(boundary)
}

/// All parts, at most `max_parts`; the error says what is wrong with the body.
pub(super) fn parts<'a>(body: &'a [u8], boundary: &str, max_parts: usize) -> Result<Vec<Part<'a>>, &'static str> {
    let delimiter = format!("--{boundary}");
    let mut rest = body.strip_prefix(delimiter.as_bytes()).ok_or("body does not begin with its boundary")?;
    let between = format!("\r\n{delimiter}");
    let mut parts = Vec::new();
    loop {
        if let Some(end) = rest.strip_prefix(b"--") {
            return if end.is_empty() || end == b"\r\n" {
                Ok(parts)
            } else {
                Err("body goes on after its last boundary")
            };
        }
        if parts.len() == max_parts {
            return Err("body has too many parts");
        }
        let part = rest.strip_prefix(b"\r\n").ok_or("boundary is not followed by a line end")?;
        let end = find(part, between.as_bytes()).ok_or("body does not end with its boundary")?;
        parts.push(read_part(&part[..end])?);
        rest = &part[end + between.len()..];
    }
}

fn read_part(part: &[u8]) -> Result<Part<'_>, &'static str> {
    let head_end = find(part, b"\r\n\r\n").ok_or("a part has no headers")?;
    let head = std::str::from_utf8(&part[..head_end]).map_err(|_| "a part's headers are not UTF-8")?;
    let header = |name: &str| {
        let pairs = head.split("\r\n").filter_map(|line| line.split_once(':'));
        pairs.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    };
    let disposition = header("content-disposition").ok_or("a part has no Content-Disposition")?;
    let parameters = disposition.strip_prefix("form-data;").ok_or("a part is not form-data")?;
    Ok(Part {
        name: parameter(parameters, "name").ok_or("a part has no name")?,
        filename: parameter(parameters, "filename"),
        content_type: header("content-type").unwrap_or("text/plain").to_owned(),
        content: &part[head_end + 4..],
    })
}

/// The value of one `; key=value` parameter, quoted or not.
fn parameter(text: &str, wanted: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let (key, after) = rest.split_once('=')?;
        let (value, following) = read_value(after);
        if key.trim_start_matches([';', ' ']).trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = following;
    }
}

fn read_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return (text[..end].trim().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
