//! `multipart/form-data` (RFC 7578).

/// One file of an upload.
pub(crate) struct Part<'a> {
    pub(crate) name: &'a str,
    pub(crate) file_name: &'a str,
    pub(crate) content_type: &'a str,
    pub(crate) content: &'a [u8],
}

/// The content type, with its boundary, and the body. The boundary grows until no part contains it, so that the same
/// parts always give the same bytes.
pub(crate) fn encode(parts: &[Part<'_>]) -> (String, Vec<u8>) {
    let boundary = boundary_for(parts);
    let mut body = Vec::with_capacity(parts.iter().map(|part| part.content.len() + 256).sum());
    for part in parts {
        let (name, file_name) = (quoted(part.name), quoted(part.file_name));
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: {}\r\n\r\n",
            part.content_type
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

fn boundary_for(parts: &[Part<'_>]) -> String {
    let mut boundary = "trunkline-boundary".to_owned();
    let contains = |content: &[u8], needle: &[u8]| content.windows(needle.len()).any(|window| window == needle);
    while boundary.len() < 70 && parts.iter().any(|part| contains(part.content, boundary.as_bytes())) {
        boundary.push('x');
    }
    boundary
}

/// As browsers do (WHATWG): quotes and line ends inside a name are percent-encoded.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boundary_is_in_no_part_and_names_are_quoted() {
        let part = Part {
            name: "file",
            file_name: "a\"b\r\n.pdf",
            content_type: "application/pdf",
            content: b"x trunkline-boundary y",
        };
        let (content_type, body) = encode(&[part]);
        assert_eq!(content_type, "multipart/form-data; boundary=trunkline-boundaryx");
        assert_eq!(
            String::from_utf8(body).unwrap(),
            "--trunkline-boundaryx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b%0D%0A.pdf\"\r\n\
             Content-Type: application/pdf\r\n\r\nx trunkline-boundary y\r\n--trunkline-boundaryx--\r\n"
        );
    }
}
