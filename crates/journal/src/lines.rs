//! Lines with checksums, at the end of a file.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};

/// A file that lines are appended to.
#[derive(Debug)]
pub(crate) struct Lines {
    file: File,
    /// Up to here it is good.
    len: u64,
    /// What is behind that could not be taken away.
    broken: bool,
}

/// Whole lines, and where they end.
pub(crate) struct ReadLines {
    pub(crate) lines: Vec<String>,
    pub(crate) end: u64,
}

impl Lines {
    /// Of an empty file.
    pub(crate) fn new(file: File) -> Self {
        Self { file, len: 0, broken: false }
    }

    /// How long the file is.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// Appends a line; it is on the disk when this returns. A line that could not be written whole is taken back.
    pub(crate) fn append(&mut self, text: &str) -> Result<()> {
        if self.broken {
            return Err(Error::other("an earlier line broke off, and could not be taken back"));
        }
        let line = framed(text);
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            self.broken = self.file.set_len(self.len).is_err();
            return Err(error);
        }
        self.len += line.len() as u64;
        Ok(())
    }

    /// Takes every line away.
    pub(crate) fn empty(&mut self) -> Result<()> {
        self.file.set_len(0)?;
        self.len = 0;
        Ok(())
    }
}

/// A line as it is written.
pub(crate) fn framed(text: &str) -> String {
    format!("{:08x} {text}\n", crc32fast::hash(text.as_bytes()))
}

/// The lines from there on. A last one without its end was being written when its process ended.
pub(crate) fn read_lines(mut file: &File, from: u64) -> Result<ReadLines> {
    file.seek(SeekFrom::Start(from))?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    text.truncate(whole);
    let mut lines = Vec::new();
    for (number, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let broken = || Error::new(ErrorKind::InvalidData, format!("line {} is not as it was written", number + 1));
        lines.push(unframed(line).ok_or_else(broken)?);
    }
    Ok(ReadLines { lines, end: from + whole as u64 })
}

fn unframed(line: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (sum, text) = line.split_once(' ')?;
    (u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(text.as_bytes())).then(|| text.to_owned())
}
