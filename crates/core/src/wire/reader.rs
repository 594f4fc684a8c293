//! A reader of JSON for serde. There are 150 types to read, and every one of them is compiled against the reader: whatever
//! need not be generic is not, which makes for a third of the code that serde_json's reader makes, at its speed. It also
//! counts levels, and knows the value that it complains of without looking for it again.
//!
//! Rules. A struct is an object, never a list. Values are not quoted in complaints: they may be secrets.

use super::json::Unreadable;
use super::path;
use super::scan::Scan;
use serde::de::value::CowStrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt::{self, Display};

/// Reads a whole text, also into what borrows from it.
pub(crate) fn read<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, Fault> {
    let mut value = None;
    whole(bytes, &mut |reader| {
        value = Some(T::deserialize(reader)?);
        Ok(())
    })?;
    value.ok_or_else(|| Fault::general("nothing was read"))
}

/// All of [`read`] that is the same for every type.
fn whole<'de>(bytes: &'de [u8], read: &mut dyn FnMut(Reader<'_, 'de>) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut scan = Scan::new(bytes);
    let done = read(Reader { scan: &mut scan }).and_then(|()| scan.end());
    done.map_err(|fault| fault.about(&scan))
}

/// The name under which [`super::raw::Raw`] asks for a value's own text.
pub(crate) const RAW: &str = "trunkline's raw text";

/// What is wrong with a text, and where.
#[derive(Debug)]
pub(crate) struct Fault(Box<Told>);

#[derive(Debug)]
struct Told {
    message: String,
    /// Where the value begins that is wrong; none where it is the whole.
    start: Option<usize>,
    /// How far the text was read.
    read: Option<usize>,
}

impl Fault {
    /// A complaint about a byte.
    pub(super) fn at(message: &str, read: usize) -> Self {
        Self(Box::new(Told { message: message.to_owned(), start: Some(0), read: Some(read) }))
    }

    /// A complaint about the whole text, wherever it was found.
    pub(super) fn general(message: impl Into<String>) -> Self {
        Self(Box::new(Told { message: message.into(), start: None, read: None }))
    }

    /// The same, about the value that was being read.
    #[cold]
    fn about(mut self, scan: &Scan<'_>) -> Self {
        let (start, read) = scan.place();
        if self.0.start.is_some() {
            self.0.start = Some(start);
            self.0.read.get_or_insert(read);
        }
        self
    }

    /// Where in that text the fault is (`data[3].msisdn`; empty at the top), and what it is.
    pub(crate) fn place(self, bytes: &[u8]) -> (String, String) {
        let Told { message, start, .. } = *self.0;
        (start.map(|start| path::to(bytes, start)).unwrap_or_default(), message)
    }

    /// How far the text was read, as people count: line and column.
    pub(crate) fn position(&self, bytes: &[u8]) -> (usize, usize) {
        let read = self.0.read.and_then(|read| bytes.get(..read)).unwrap_or(bytes);
        let line = read.iter().filter(|byte| **byte == b'\n').count() + 1;
        (line, read.iter().rev().take_while(|byte| **byte != b'\n').count())
    }

    /// The same fault for people who see the text.
    #[cold]
    pub(crate) fn unreadable(self, bytes: &[u8]) -> Unreadable {
        let (line, column) = self.position(bytes);
        let is_general = self.0.read.is_none();
        let (path, message) = self.place(bytes);
        let message = if is_general { message } else { format!("{message} at line {line} column {column}") };
        Unreadable { path, message }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self(Box::new(Told { message: message.to_string(), start: Some(0), read: None }))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("invalid type: {}, expected {expected}", kind(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("invalid value: {}, expected {expected}", kind(found)))
    }
}

/// Without the value, which may be a secret.
const fn kind(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "integer",
        Unexpected::Float(_) => "floating point",
        Unexpected::Unit => "null",
        Unexpected::Seq => "sequence",
        Unexpected::Map => "map",
        _ => "string",
    }
}

/// One value of the text.
pub(crate) struct Reader<'s, 'de> {
    scan: &'s mut Scan<'de>,
}

impl Reader<'_, '_> {
    /// The complaint about a value of another kind. Not generic over who expects what: the parts of
    /// [`Deserializer::deserialize_any`] that would complain are many, and exist here once.
    #[cold]
    fn mismatch(self, expected: &dyn Expected) -> Fault {
        match self.deserialize_any(Refuses(expected)) {
            Ok(never) => match never {},
            Err(fault) => fault,
        }
    }
}

/// Takes no value at all.
struct Refuses<'e>(&'e dyn Expected);

impl Visitor<'_> for Refuses<'_> {
    type Value = Infallible;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Reads numbers.
macro_rules! numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            if !self.scan.is_at_number() {
                return Err(self.mismatch(&visitor));
            }
            match self.scan.number()? {
                Number::Unsigned(number) => visitor.visit_u64(number),
                Number::Signed(number) => visitor.visit_i64(number),
                Number::Float(number) => visitor.visit_f64(number),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Reader<'_, 'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.scan.peek() {
            Some(b'"') => match self.scan.text()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            Some(b'{') => {
                let inside = self.scan.open()?;
                visitor.visit_map(Items::of(self.scan)).inspect_err(|_| self.scan.leave(inside))
            }
            Some(b'[') => {
                let inside = self.scan.open()?;
                visitor.visit_seq(Items::of(self.scan)).inspect_err(|_| self.scan.leave(inside))
            }
            Some(b'-' | b'0'..=b'9') => match self.scan.number()? {
                Number::Unsigned(number) => visitor.visit_u64(number),
                Number::Signed(number) => visitor.visit_i64(number),
                Number::Float(number) => visitor.visit_f64(number),
            },
            Some(b'n') => self.scan.word("null").and_then(|()| visitor.visit_unit()),
            Some(b't') => self.scan.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.scan.word("false").and_then(|()| visitor.visit_bool(false)),
            _ => Err(self.scan.wrong("expected value")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.scan.is_at(b'n') {
            true => self.scan.word("null").and_then(|()| visitor.visit_none()),
            false => visitor.visit_some(self),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.scan.truth()? {
            Some(value) => visitor.visit_bool(value),
            None => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if !self.scan.is_at(b'"') {
            return Err(self.mismatch(&visitor));
        }
        match self.scan.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.scan.enter(b'[')?;
        visitor.visit_seq(Items::of(self.scan))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.scan.enter(b'{')?;
        visitor.visit_map(Items::of(self.scan))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        if name == RAW { visitor.visit_borrowed_str(self.scan.raw()?) } else { visitor.visit_newtype_struct(self) }
    }

    /// A word: no enum here has more to it.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(CowStrDeserializer::new(self.scan.expect_text()?))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.scan.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// A number as it was written.
pub(super) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

/// What is in a list or an object.
struct Items<'s, 'de> {
    scan: &'s mut Scan<'de>,
    is_first: bool,
}

impl<'s, 'de> Items<'s, 'de> {
    const fn of(scan: &'s mut Scan<'de>) -> Self {
        Self { scan, is_first: true }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        match self.scan.next_element(&mut self.is_first)? {
            true => seed.deserialize(Reader { scan: self.scan }).map(Some),
            false => Ok(None),
        }
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        match self.scan.next_name(&mut self.is_first)? {
            Some(name) => seed.deserialize(Name(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(Reader { scan: self.scan })
    }
}

/// The name of a member.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Cow::Borrowed(name) => visitor.visit_borrowed_str(name),
            Cow::Owned(name) => visitor.visit_string(name),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}
