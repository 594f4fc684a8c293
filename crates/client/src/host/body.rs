//! A reply's body, read no further than is needed to see that it is too long.

pub(crate) struct Body {
    bytes: Vec<u8>,
    limit: usize,
}

impl Body {
    pub(crate) fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit }
    }

    /// How many bytes it still takes: one more than the limit in all, which shows the core that there was more.
    pub(crate) fn room(&self) -> usize {
        self.limit.saturating_add(1).saturating_sub(self.bytes.len())
    }

    /// Takes as much of a chunk as there is room for.
    pub(crate) fn push(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(&chunk[..chunk.len().min(self.room())]);
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_stops_one_byte_past_its_limit() {
        for (limit, chunks, taken, room) in [
            (4, ["ab", "cd"], "abcd", 1),
            (4, ["ab", "cde"], "abcde", 0),
            (4, ["abcdefgh", ""], "abcde", 0),
            (4, ["abcdefgh", "ij"], "abcde", 0),
            (0, ["", "ab"], "a", 0),
            (usize::MAX, ["ab", "cd"], "abcd", usize::MAX - 4),
        ] {
            let mut body = Body::new(limit);
            for chunk in chunks {
                body.push(chunk.as_bytes());
            }
            assert_eq!((body.room(), body.into_bytes()), (room, taken.as_bytes().to_vec()), "{limit} {chunks:?}");
        }
    }
}
