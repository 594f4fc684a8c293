//! A message cut into words, digits, and mixtures of both. Without Unicode's tables: a few ranges tell signs from
//! letters.

use std::ops::Range;

/// A message and its pieces.
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token<'a>>,
}

pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: Range<usize>,
    pub(super) kind: Kind,
    /// Which sentence it is in, from 0.
    sentence: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Digits,
    /// ASCII letters and digits.
    Mixed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Latin,
    /// Of any other script that has spaces between its words.
    Letter,
    /// Chinese, Japanese, Korean: a word is what stands between two signs.
    Wide,
    Sign,
}

fn class(character: char) -> Class {
    match character {
        '0'..='9' => Class::Digit,
        'a'..='z' | 'A'..='Z' => Class::Latin,
        // Joiners within words of Indian and Persian scripts.
        '\u{200c}' | '\u{200d}' => Class::Letter,
        '\0'..='\u{bf}' | '×' | '÷' | '،' | '؛' | '؟' | '٪' | '٫' | '٬' | '।' | '॥' => Class::Sign,
        '\u{2000}'..='\u{2e7f}' | '\u{3000}'..='\u{303f}' | '・' => Class::Sign,
        '\u{fe00}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff65}' | '\u{ffe0}'..='\u{ffff}' => Class::Sign,
        // Pictures.
        '\u{1f000}'..='\u{1faff}' => Class::Sign,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'.. => Class::Wide,
        _ => Class::Letter,
    }
}

/// The text with digits of Arabic, Persian, Devanagari and full width (and full-width letters) as ASCII, and one kind
/// of hyphen and of space.
pub(super) fn with_ascii_digits(text: &str) -> String {
    text.chars().map(ascii).collect()
}

fn ascii(character: char) -> char {
    let code = u32::from(character);
    let digit = |zero: u32| char::from_digit(code - zero, 10).unwrap_or(character);
    match character {
        '٠'..='٩' => digit(0x660),
        '۰'..='۹' => digit(0x6f0),
        '०'..='९' => digit(0x966),
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(code - 0xfee0).unwrap_or(character),
        '\u{2010}'..='\u{2013}' | '\u{ff0d}' => '-',
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' => ' ',
        _ => character,
    }
}

impl<'a> Text<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        let mut read = Self { text, tokens: Vec::new() };
        let (mut at, mut sentence) = (0, 0);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let url = url_length(rest);
            let length = if url > 0 { url } else { run_length(rest) };
            if url > 0 {
                at += length;
            } else if length > 0 {
                read.push_run(at..at + length, sentence);
                at += length;
            } else {
                let mut characters = rest.chars();
                let sign = characters.next().unwrap_or_default();
                sentence += usize::from(ends_sentence(sign, characters.as_str()));
                at += sign.len_utf8();
            }
        }
        read
    }

    /// A run of letters and digits: one token, or cut where digits meet letters that no code has.
    fn push_run(&mut self, bytes: Range<usize>, sentence: usize) {
        let run = self.text.get(bytes.clone()).unwrap_or_default();
        let is_ascii = run.is_ascii();
        let mut start = 0;
        while let Some(rest) = run.get(start..).filter(|rest| !rest.is_empty()) {
            let starts_with_digit = rest.starts_with(|c: char| c.is_ascii_digit());
            let cut = rest.find(|c: char| c.is_ascii_digit() != starts_with_digit).filter(|_| !is_ascii);
            let text = rest.get(..cut.unwrap_or(rest.len())).unwrap_or_default();
            let kind = match text.bytes().filter(u8::is_ascii_digit).count() {
                0 => Kind::Word,
                digits if digits == text.len() => Kind::Digits,
                _ => Kind::Mixed,
            };
            let at = bytes.start + start;
            start += text.len();
            self.tokens.push(Token { text, bytes: at..at + text.len(), kind, sentence });
        }
    }

    pub(super) fn sentence(&self, token: usize) -> usize {
        self.tokens.get(token).map_or(0, |token| token.sentence)
    }

    pub(super) fn words_in(&self, sentence: usize) -> usize {
        self.tokens.iter().filter(|token| token.sentence == sentence && token.kind == Kind::Word).count()
    }

    /// The signs and spaces between a token and the next one.
    pub(super) fn gap(&self, token: usize) -> &'a str {
        let start = self.tokens.get(token).map_or(0, |token| token.bytes.end);
        let end = self.tokens.get(token + 1).map_or(self.text.len(), |token| token.bytes.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The signs and spaces before a token.
    pub(super) fn gap_before(&self, token: usize) -> &'a str {
        match token.checked_sub(1) {
            Some(before) => self.gap(before),
            None => self.text.get(..self.tokens.first().map_or(0, |token| token.bytes.start)).unwrap_or_default(),
        }
    }

    /// The text from a token on.
    pub(super) fn from(&self, token: usize) -> &'a str {
        self.tokens.get(token).and_then(|token| self.text.get(token.bytes.start..)).unwrap_or_default()
    }
}

/// The bytes of the run of letters and digits that the text starts with: of Latin and its like, or of wide letters.
fn run_length(text: &str) -> usize {
    let wide = text.starts_with(|c: char| class(c) == Class::Wide);
    let belongs = |c: char| match class(c) {
        Class::Wide => wide,
        Class::Sign => false,
        Class::Digit | Class::Latin | Class::Letter => !wide,
    };
    text.find(|c: char| !belongs(c)).unwrap_or(text.len())
}

/// The bytes of the web address that the text starts with: `https://…`, `www.…`, `hoo.li/…`; 0 if it is none.
fn url_length(text: &str) -> usize {
    let piece = text.split(|c: char| !c.is_ascii_graphic()).next().unwrap_or_default();
    let host = piece.split(['/', '?']).next().unwrap_or_default();
    let is_host = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
    let is_domain =
        host.split('.').skip(1).last().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_alphabetic()));
    let is_url = piece.starts_with("http://") || piece.starts_with("https://") || piece.starts_with("www.");
    if is_url || (is_host && is_domain && host.len() < piece.len()) { piece.len() } else { 0 }
}

/// A full stop ends a sentence where a capital or another script follows: "no. 12" and "approx. five" go on.
fn ends_sentence(sign: char, rest: &str) -> bool {
    match sign {
        '!' | '?' | '。' | '！' | '？' | '؟' | '।' => true,
        '.' => {
            let next = rest.trim_start();
            let goes_on = next.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase());
            next.len() < rest.len() && !goes_on
        }
        _ => false,
    }
}
