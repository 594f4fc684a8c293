//! The tokens of a JSON text (RFC 8259). What is small and done for every byte or token is inlined wherever it is used: for
//! browsers this is compiled for size, where nothing would be.

use super::json::MAX_DEPTH;
use super::reader::{Fault, Number};
use serde::de::Error as _;
use std::borrow::Cow;

/// A text, read up to some byte.
pub(super) struct Scan<'de> {
    bytes: &'de [u8],
    /// The same, where all of it is UTF-8: looked at once, that is cheaper than for every string. Where it is not, what is
    /// passed over may be as it likes.
    utf8: Option<&'de str>,
    at: usize,
    depth: usize,
    /// Where the value began that is read, at each level. What fails leaves its level as it is, so that the last of these
    /// is what is wrong; nothing has to be kept by those who read.
    starts: [usize; MAX_DEPTH + 1],
}

#[expect(clippy::inline_always, reason = "see above")]
impl<'de> Scan<'de> {
    pub(super) fn new(bytes: &'de [u8]) -> Self {
        Self { bytes, utf8: str::from_utf8(bytes).ok(), at: 0, depth: 0, starts: [0; MAX_DEPTH + 1] }
    }

    /// Where the value began that was being read, and how far it was read.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.starts.get(self.depth).copied().unwrap_or_default(), self.at)
    }

    #[inline(always)]
    fn begin(&mut self) {
        self.peek();
        if let Some(start) = self.starts.get_mut(self.depth) {
            *start = self.at;
        }
    }

    /// The next byte that is no white space.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Whether this is the next byte.
    pub(super) fn is_at(&mut self, byte: u8) -> bool {
        self.peek() == Some(byte)
    }

    pub(super) fn is_at_number(&mut self) -> bool {
        matches!(self.peek(), Some(b'-' | b'0'..=b'9'))
    }

    /// A complaint about the next byte.
    #[cold]
    pub(super) fn wrong(&self, message: &str) -> Fault {
        let ended = if self.at < self.bytes.len() { message } else { "the text ends too early" };
        Fault::at(ended, (self.at + 1).min(self.bytes.len()))
    }

    /// Only white space follows.
    pub(super) fn end(&mut self) -> Result<(), Fault> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.wrong("trailing characters")),
        }
    }

    /// Steps into a list or an object, which is the next value.
    pub(super) fn enter(&mut self, first: u8) -> Result<(), Fault> {
        if self.peek() == Some(first) { self.open().map(|_| ()) } else { Err(self.unexpected(first)) }
    }

    /// A string, which is the next value.
    pub(super) fn expect_text(&mut self) -> Result<Cow<'de, str>, Fault> {
        if self.peek() == Some(b'"') { self.text() } else { Err(self.unexpected(b'"')) }
    }

    #[cold]
    fn unexpected(&mut self, first: u8) -> Fault {
        let found = match self.peek() {
            Some(b'"') => "string",
            Some(b'{') => "map",
            Some(b'[') => "sequence",
            Some(b'n') => "null",
            Some(b't' | b'f') => "boolean",
            Some(b'-' | b'0'..=b'9') => "number",
            _ => return self.wrong("expected value"),
        };
        let expected = match first {
            b'{' => "an object",
            b'[' => "a list",
            _ => "a word",
        };
        self.at += 1;
        Fault::custom(format_args!("invalid type: {found}, expected {expected}"))
    }

    /// Steps into the list or object that begins here.
    pub(super) fn open(&mut self) -> Result<usize, Fault> {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::general(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        Ok(self.at)
    }

    /// Steps out of what nobody has looked into: it is then itself what is wrong.
    #[cold]
    pub(super) fn leave(&mut self, inside: usize) {
        if self.at == inside {
            self.depth -= 1;
            self.at += usize::from(matches!(self.peek(), Some(b']' | b'}')));
        }
    }

    /// Steps out, where this is the end.
    #[inline(always)]
    fn ends(&mut self, last: u8) -> bool {
        let ends = self.peek() == Some(last);
        if ends {
            self.at += 1;
            self.depth -= 1;
        }
        ends
    }

    /// Steps to the next element, or out of the list.
    pub(super) fn next_element(&mut self, is_first: &mut bool) -> Result<bool, Fault> {
        if self.ends(b']') {
            return Ok(false);
        }
        if !std::mem::take(is_first) {
            self.comma()?;
        }
        self.begin();
        Ok(true)
    }

    /// Steps to the next member's value, and gives its name; or out of the object.
    pub(super) fn next_name(&mut self, is_first: &mut bool) -> Result<Option<Cow<'de, str>>, Fault> {
        if !self.enter_member(is_first)? {
            return Ok(None);
        }
        let name = self.text()?;
        self.colon()?;
        self.begin();
        Ok(Some(name))
    }

    /// Steps to the next member's name, where there is one; or out of the object.
    fn enter_member(&mut self, is_first: &mut bool) -> Result<bool, Fault> {
        if self.ends(b'}') {
            return Ok(false);
        }
        if !std::mem::take(is_first) {
            self.comma()?;
        }
        if self.peek() == Some(b'"') { Ok(true) } else { Err(self.wrong("key must be a string")) }
    }

    fn colon(&mut self) -> Result<(), Fault> {
        if self.peek() != Some(b':') {
            return Err(self.wrong("expected `:`"));
        }
        self.at += 1;
        Ok(())
    }

    #[inline(always)]
    fn comma(&mut self) -> Result<(), Fault> {
        if self.peek() != Some(b',') {
            return Err(self.wrong("expected `,` or the end of what was opened"));
        }
        self.at += 1;
        Ok(())
    }

    /// `true` or `false`, where that is next.
    pub(super) fn truth(&mut self) -> Result<Option<bool>, Fault> {
        match self.peek() {
            Some(b't') => self.word("true").map(|()| Some(true)),
            Some(b'f') => self.word("false").map(|()| Some(false)),
            _ => Ok(None),
        }
    }

    /// `null`, `true` or `false`.
    pub(super) fn word(&mut self, word: &str) -> Result<(), Fault> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(self.wrong("expected value"));
        }
        self.at += word.len();
        Ok(())
    }

    #[inline(always)]
    fn rest(&self) -> &'de [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    #[inline(always)]
    fn utf8(&self, start: usize, end: usize) -> Result<&'de str, Fault> {
        let text = match self.utf8 {
            Some(whole) => whole.get(start..end),
            None => self.bytes.get(start..end).and_then(|bytes| str::from_utf8(bytes).ok()),
        };
        text.ok_or_else(|| self.wrong("text that is not UTF-8"))
    }

    /// A string: borrowed where nothing in it is escaped.
    pub(super) fn text(&mut self) -> Result<Cow<'de, str>, Fault> {
        self.at += 1;
        let start = self.at;
        self.at += plain(self.rest());
        if self.bytes.get(self.at) == Some(&b'"') {
            let text = self.utf8(start, self.at)?;
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        let mut text = self.utf8(start, self.at)?.to_owned();
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                _ => return Err(self.wrong("a control character in a string")),
            }
            let start = self.at;
            self.at += plain(self.rest());
            text.push_str(self.utf8(start, self.at)?);
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Result<char, Fault> {
        let byte = self.rest().first().copied();
        self.at += 1;
        Ok(match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let mut unit = self.hex()?;
                // The first half of a character that takes two.
                if (0xD800..0xDC00).contains(&unit) && self.rest().starts_with(b"\\u") {
                    self.at += 2;
                    let second = self.hex()?.wrapping_sub(0xDC00);
                    unit = if second < 0x400 { 0x1_0000 + ((unit - 0xD800) << 10) + second } else { unit };
                }
                char::from_u32(unit).ok_or_else(|| self.wrong("half of a character is escaped"))?
            }
            _ => return Err(self.wrong("an unknown escape in a string")),
        })
    }

    fn hex(&mut self) -> Result<u32, Fault> {
        let digits = self.rest().get(..4).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let text = digits.and_then(|digits| str::from_utf8(digits).ok()).unwrap_or_default();
        let unit = u32::from_str_radix(text, 16).map_err(|_| self.wrong("an unknown escape in a string"))?;
        self.at += 4;
        Ok(unit)
    }

    pub(super) fn number(&mut self) -> Result<Number, Fault> {
        let start = self.at;
        let is_whole = self.skip_number()?;
        let token = self.utf8(start, self.at)?;
        let number = match (is_whole, token.starts_with('-')) {
            (true, false) => token.parse().ok().map(Number::Unsigned),
            (true, true) => token.parse().ok().map(Number::Signed),
            (false, _) => None,
        };
        Ok(number.unwrap_or_else(|| Number::Float(near(token))))
    }

    /// Says whether it is a whole number.
    fn skip_number(&mut self) -> Result<bool, Fault> {
        self.take(b'-');
        let whole = self.at;
        self.digits()?;
        if self.bytes.get(whole) == Some(&b'0') && self.at > whole + 1 {
            return Err(self.wrong("a number that begins with 0"));
        }
        let mut is_whole = true;
        if self.take(b'.') {
            is_whole = false;
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            is_whole = false;
            _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Ok(is_whole)
    }

    #[inline(always)]
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(is_next);
        is_next
    }

    #[inline(always)]
    fn digits(&mut self) -> Result<(), Fault> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { Err(self.wrong("invalid number")) } else { Ok(()) }
    }

    /// The next value's own text.
    pub(super) fn raw(&mut self) -> Result<&'de str, Fault> {
        self.peek();
        let start = self.at;
        self.skip()?;
        self.utf8(start, self.at)
    }

    /// Reads a value and forgets it.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let mut is_first = true;
        match self.peek() {
            Some(b'"') => self.skip_text()?,
            Some(b'[') => {
                self.open()?;
                while self.next_element(&mut is_first)? {
                    self.skip()?;
                }
            }
            Some(b'{') => {
                self.open()?;
                while self.enter_member(&mut is_first)? {
                    self.skip_text()?;
                    self.colon()?;
                    self.skip()?;
                }
            }
            Some(b'n') => self.word("null")?,
            Some(b't') => self.word("true")?,
            Some(b'f') => self.word("false")?,
            Some(b'-' | b'0'..=b'9') => _ = self.skip_number()?,
            _ => return Err(self.wrong("expected value")),
        }
        Ok(())
    }

    fn skip_text(&mut self) -> Result<(), Fault> {
        self.at += 1;
        loop {
            self.at += plain(self.rest());
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    self.escape()?;
                }
                _ => return Err(self.wrong("a control character in a string")),
            }
        }
    }
}

/// How many bytes there are before the first quote, backslash or control character. Eight at a time: most of a reply is
/// strings.
#[inline(always)]
pub(super) fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut length = 0;
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        let zeroes = |word: u64| word.wrapping_sub(ONES) & !word;
        let quote = zeroes(word ^ (ONES * 0x22));
        let backslash = zeroes(word ^ (ONES * 0x5C));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        // The lowest hit is exact; what a borrow makes of the bytes above it does not matter.
        let hits = (quote | backslash | control) & HIGH;
        if hits != 0 {
            return length + (hits.trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    length + rest.iter().take_while(|&&byte| byte >= 0x20 && byte != b'"' && byte != b'\\').count()
}

/// Near the number, as a float. Nothing here reads floats (money reads its own digits), and the exact conversion, with its
/// tables, would weigh 15 KB.
fn near(token: &str) -> f64 {
    let (digits, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
    let number = digits.fold(0.0, |number, digit| number * 10.0 + f64::from(digit - b'0'));
    let exponent = exponent.parse().unwrap_or(400_i32).clamp(-400, 400);
    let exponent = exponent.saturating_sub_unsigned(u32::try_from(fraction.len()).unwrap_or(400));
    let scale = |start: f64| (0..exponent.unsigned_abs().min(800)).fold(start, |power, _| power * 10.0);
    let number = if exponent < 0 { number / scale(1.0) } else { scale(number) };
    if token.starts_with('-') { -number } else { number }
}
