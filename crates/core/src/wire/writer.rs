//! A writer of JSON for serde, into text, the same bytes that serde_json writes. There are 150 types to write, and every one
//! of them is compiled against the writer: this one cannot fail, so that nothing has to be done for when it does, and
//! whatever need not be generic is not.

use super::scan::plain;
use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use std::fmt::{self, Display, Write as _};

/// The JSON text of a value.
pub(crate) fn to_text<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = String::new();
    let Ok(()) = value.serialize(Writer(&mut text));
    text
}

/// Where the next value is written.
struct Writer<'a>(&'a mut String);

/// There is none: no type of this crate refuses to be written.
#[derive(Debug)]
enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: Display>(message: T) -> Self {
        unreachable!("a value that cannot be written: {message}")
    }
}

/// In quotes, what has to be escaped escaped.
fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let (plain, Some(byte)) = next_escaped(&mut rest) {
        out.push_str(plain);
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            8 => out.push_str("\\b"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            12 => out.push_str("\\f"),
            b'\r' => out.push_str("\\r"),
            control => _ = write!(out, "\\u{control:04x}"),
        }
    }
    out.push_str(rest);
    out.push('"');
}

/// Steps behind the next byte that has to be escaped, and gives it with what stands before it. Behind the last of them it
/// steps no more.
fn next_escaped<'a>(rest: &mut &'a str) -> (&'a str, Option<u8>) {
    let length = plain(rest.as_bytes());
    match (rest.split_at_checked(length), rest.as_bytes().get(length)) {
        (Some((plain, behind)), Some(byte)) => {
            *rest = behind.get(1..).unwrap_or_default();
            (plain, Some(*byte))
        }
        _ => ("", None),
    }
}

impl Writer<'_> {
    fn open(self, bracket: char) -> Self {
        self.0.push(bracket);
        self
    }

    /// Only behind what was just opened there is no comma.
    fn comma(&mut self) {
        if !matches!(self.0.as_bytes().last(), Some(b'{' | b'[')) {
            self.0.push(',');
        }
    }

    fn name(&mut self, name: &str) {
        self.comma();
        write_text(self.0, name);
        self.0.push(':');
    }

    /// Steps into the one value of a variant.
    fn variant(self, name: &str) -> Self {
        let mut inside = self.open('{');
        inside.name(name);
        inside
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Never> {
        self.name(name);
        value.serialize(Writer(self.0))
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.comma();
        value.serialize(Writer(self.0))
    }

    fn close(self, brackets: &str) -> Result<(), Never> {
        self.0.push_str(brackets);
        Ok(())
    }

    fn unsigned(self, number: u64) -> Result<(), Never> {
        _ = write!(self.0, "{number}");
        Ok(())
    }

    fn signed(self, number: i64) -> Result<(), Never> {
        _ = write!(self.0, "{number}");
        Ok(())
    }
}

impl Serializer for Writer<'_> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.close(if value { "true" } else { "false" })
    }

    fn serialize_i8(self, number: i8) -> Result<(), Never> {
        self.signed(number.into())
    }

    fn serialize_i16(self, number: i16) -> Result<(), Never> {
        self.signed(number.into())
    }

    fn serialize_i32(self, number: i32) -> Result<(), Never> {
        self.signed(number.into())
    }

    fn serialize_i64(self, number: i64) -> Result<(), Never> {
        self.signed(number)
    }

    fn serialize_u8(self, number: u8) -> Result<(), Never> {
        self.unsigned(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<(), Never> {
        self.unsigned(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<(), Never> {
        self.unsigned(number.into())
    }

    fn serialize_u64(self, number: u64) -> Result<(), Never> {
        self.unsigned(number)
    }

    fn serialize_f32(self, number: f32) -> Result<(), Never> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<(), Never> {
        let number = serde_json::Number::from_f64(number);
        self.close(&number.map_or_else(|| "null".to_owned(), |number| number.to_string()))
    }

    fn serialize_char(self, character: char) -> Result<(), Never> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        write_text(self.0, text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Never> {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.close("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Never> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        let inside = self.variant(variant);
        value.serialize(Writer(inside.0))?;
        inside.close("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        Ok(self.open('['))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Never> {
        Ok(self.open('['))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self.open('['))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self.variant(variant).open('['))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Never> {
        Ok(self.open('{'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self.open('{'))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Self, Never> {
        Ok(self.variant(variant).open('{'))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Never> {
        self.serialize_str(&value.to_string())
    }
}

impl SerializeSeq for Writer<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.element(value)
    }

    fn end(self) -> Result<(), Never> {
        self.close("]")
    }
}

impl SerializeTuple for Writer<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.element(value)
    }

    fn end(self) -> Result<(), Never> {
        self.close("]")
    }
}

impl SerializeTupleStruct for Writer<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.element(value)
    }

    fn end(self) -> Result<(), Never> {
        self.close("]")
    }
}

impl SerializeTupleVariant for Writer<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.element(value)
    }

    fn end(self) -> Result<(), Never> {
        self.close("]}")
    }
}

impl SerializeMap for Writer<'_> {
    type Ok = ();
    type Error = Never;

    /// A name that is no text (a number) is put in quotes.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Never> {
        let name = to_text(name);
        match name.starts_with('"') {
            true => {
                self.comma();
                self.0.push_str(&name);
                self.0.push(':');
            }
            false => self.name(&name),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(Writer(self.0))
    }

    fn end(self) -> Result<(), Never> {
        self.close("}")
    }
}

impl SerializeStruct for Writer<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), Never> {
        self.close("}")
    }
}

impl SerializeStructVariant for Writer<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Never> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), Never> {
        self.close("}}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use std::collections::BTreeMap;

    /// One of each kind that serde knows.
    #[derive(Serialize)]
    struct Everything {
        none: Option<u8>,
        some: Option<&'static str>,
        numbers: (u8, u16, u32, u64, i8, i16, i32, i64),
        floats: [f64; 6],
        single: f32,
        flags: Vec<bool>,
        empty: Vec<u8>,
        nothing: (),
        no_members: BTreeMap<String, u8>,
        by_name: BTreeMap<&'static str, char>,
        by_number: BTreeMap<i32, Unit>,
        #[serde(rename = "a \"name\"")]
        variants: Vec<Variant>,
        transparent: Transparent,
        pair: Pair,
    }

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Transparent(u8);

    #[derive(Serialize)]
    struct Pair(u8, &'static str);

    #[derive(Serialize)]
    enum Variant {
        Alone,
        One(u8),
        Two(u8, u8),
        Named { a: u8, b: Option<Vec<u8>> },
    }

    #[test]
    fn what_is_written_is_what_serde_json_writes() {
        let value = Everything {
            none: None,
            some: Some("x"),
            numbers: (1, 2, 3, u64::MAX, -1, -2, -3, i64::MIN),
            floats: [17.0, 0.1, -2.5, 1e300, 5e-324, f64::NAN],
            single: 0.5,
            flags: vec![true, false],
            empty: vec![],
            nothing: (),
            no_members: BTreeMap::new(),
            by_name: BTreeMap::from([("a", '{'), ("b\n", '"')]),
            by_number: BTreeMap::from([(-1, Unit), (7, Unit)]),
            variants: vec![
                Variant::Alone,
                Variant::One(1),
                Variant::Two(1, 2),
                Variant::Named { a: 1, b: Some(vec![1]) },
            ],
            transparent: Transparent(1),
            pair: Pair(1, "["),
        };
        assert_eq!(to_text(&value), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn every_character_is_written_as_serde_json_writes_it() {
        let all: String = (0..0x500).filter_map(char::from_u32).collect();
        for start in 0..16 {
            let text: String = all.chars().skip(start).collect();
            assert_eq!(to_text(&text), serde_json::to_string(&text).unwrap());
        }
        for text in ["", "\"", "\\", "₦450.00", "😀\u{7f}\u{2028}", "eight by\"", "eight by\n"] {
            assert_eq!(to_text(text), serde_json::to_string(text).unwrap());
        }
    }
}
