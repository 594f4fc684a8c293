//! XML, turned into the JSON text of its twin, so that one decoder reads both. Every value becomes JSON text.

use super::json::{MAX_DEPTH, Unreadable};
use super::writer::to_text;
use quick_xml::Reader;
use quick_xml::events::Event;

/// How the elements of a provider's XML are to be read.
pub(crate) struct Shape {
    /// Elements that are repeated in place for each entry of a list: `<numbers>…</numbers><numbers>…</numbers>`.
    pub(crate) repeated: &'static [&'static str],
    /// Elements that wrap a list: `<features><feature>SMS</feature></features>`.
    pub(crate) wrappers: &'static [&'static str],
}

enum Node {
    Text(String),
    Element(Vec<(String, Node)>),
}

/// An element that has begun: its name, its children and its text so far.
type Open = (String, Vec<(String, Node)>, String);

/// The JSON text of the document's root element.
pub(crate) fn to_json(bytes: &[u8], shape: &Shape) -> Result<Vec<u8>, Unreadable> {
    let root = read(bytes)?;
    let mut out = String::with_capacity(bytes.len());
    write(&mut out, "", &root, shape);
    Ok(out.into_bytes())
}

fn unreadable(message: impl std::fmt::Display) -> Unreadable {
    Unreadable { path: String::new(), message: format!("not readable as XML: {message}") }
}

/// Not in quick-xml's words, which weigh as much as half of its reader.
fn ill_formed(at: u64) -> Unreadable {
    unreadable(format_args!("it is ill-formed at byte {at}"))
}

fn read(bytes: &[u8]) -> Result<Node, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable("not UTF-8"))?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Open> = Vec::new();
    loop {
        let closed = match reader.read_event().map_err(|_| ill_formed(reader.error_position()))? {
            Event::Start(tag) => {
                open.push((tag.local_name().as_ref().to_owned(), Vec::new(), String::new()));
                if open.len() > MAX_DEPTH {
                    return Err(unreadable(format_args!("nested deeper than {MAX_DEPTH} levels")));
                }
                continue;
            }
            Event::Empty(tag) => (tag.local_name().as_ref().to_owned(), Node::Text(String::new())),
            Event::Text(part) => {
                push_text(&mut open, &part);
                continue;
            }
            Event::CData(part) => {
                push_text(&mut open, &part);
                continue;
            }
            Event::GeneralRef(entity) => {
                let character = match entity.resolve_char_ref().map_err(|_| unreadable("no such character"))? {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_xml_entity(&entity)
                        .ok_or_else(|| unreadable("unknown entity"))?
                        .to_owned(),
                };
                push_text(&mut open, &character);
                continue;
            }
            Event::End(_) => {
                let (name, children, text) =
                    open.pop().ok_or_else(|| unreadable("an element ends that never began"))?;
                (name, if children.is_empty() { Node::Text(text.trim().to_owned()) } else { Node::Element(children) })
            }
            Event::Eof => return Err(unreadable("it ends too early")),
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => continue,
        };
        match open.last_mut() {
            Some((_, siblings, _)) => siblings.push(closed),
            None => return Ok(closed.1),
        }
    }
}

fn push_text(open: &mut [Open], text: &str) {
    if let Some((_, _, collected)) = open.last_mut() {
        collected.push_str(text);
    }
}

fn write(out: &mut String, name: &str, node: &Node, shape: &Shape) {
    match node {
        Node::Text(text) if text.is_empty() && shape.wrappers.contains(&name) => out.push_str("[]"),
        Node::Text(text) => write_text(out, text),
        Node::Element(children) if shape.wrappers.contains(&name) => {
            write_list(out, children.iter().map(|(name, child)| (name.as_str(), child)), shape);
        }
        Node::Element(children) => write_object(out, children, shape),
    }
}

fn write_object(out: &mut String, children: &[(String, Node)], shape: &Shape) {
    out.push('{');
    let mut first = true;
    for (index, (name, child)) in children.iter().enumerate() {
        let repeated = shape.repeated.contains(&name.as_str());
        if repeated && children.iter().take(index).any(|(earlier, _)| earlier == name) {
            continue;
        }
        if !std::mem::take(&mut first) {
            out.push(',');
        }
        write_text(out, name);
        out.push(':');
        if repeated {
            let is_entry =
                |(other, node): &&(String, Node)| other == name && !matches!(node, Node::Text(text) if text.is_empty());
            let entries = children.iter().filter(is_entry);
            write_list(out, entries.map(|(name, child)| (name.as_str(), child)), shape);
        } else {
            write(out, name, child, shape);
        }
    }
    out.push('}');
}

fn write_list<'a>(out: &mut String, entries: impl Iterator<Item = (&'a str, &'a Node)>, shape: &Shape) {
    out.push('[');
    for (index, (name, entry)) in entries.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, name, entry, shape);
    }
    out.push(']');
}

fn write_text(out: &mut String, text: &str) {
    out.push_str(&to_text(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape { repeated: &["numbers"], wrappers: &["features"] };

    fn json(xml: &str) -> Result<String, String> {
        to_json(xml.as_bytes(), &SHAPE).map(|json| String::from_utf8(json).unwrap()).map_err(|error| error.message)
    }

    #[test]
    fn lists_are_lists_also_with_one_entry_or_none() {
        let xml = "<?xml version=\"1.0\"?>\n<r>\n <count>2</count>\n <numbers><features><feature>SMS</feature></features></numbers>\
                   <numbers><features/></numbers></r>";
        assert_eq!(json(xml).unwrap(), r#"{"count":"2","numbers":[{"features":["SMS"]},{"features":[]}]}"#);
    }

    #[test]
    fn an_empty_entry_is_none() {
        assert_eq!(json("<r><numbers/></r>").unwrap(), r#"{"numbers":[]}"#);
    }

    #[test]
    fn entities_and_cdata_are_text() {
        assert_eq!(
            json("<r><a>x &amp; &#233; &lt;</a><b><![CDATA[<\"]]></b></r>").unwrap(),
            r#"{"a":"x & é <","b":"<\""}"#
        );
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        for xml in ["", "<r>", "<r></s>", "{}", "<r>&nbsp;</r>"] {
            assert!(json(xml).unwrap_err().starts_with("not readable as XML"), "{xml}");
        }
        assert!(json(&"<a>".repeat(100_000)).unwrap_err().contains("nested deeper"));
    }

    #[test]
    fn a_hundred_thousand_entries_take_linear_time() {
        let xml = format!("<r>{}</r>", "<numbers><msisdn>1</msisdn></numbers>".repeat(100_000));
        assert_eq!(json(&xml).unwrap().matches("msisdn").count(), 100_000);
    }
}
