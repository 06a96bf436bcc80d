//! The identity of a source: the SHA-256 of its bytes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The SHA-256 of a source's bytes; written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub [u8; 32]);

/// The error of reading a [`SourceId`] that is not 64 hex digits.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a source id is 64 hex digits")]
pub struct NotASourceId;

impl SourceId {
    /// Returns the first `n` hex digits, 1 to 64 of them.
    pub fn short(&self, n: usize) -> String {
        let mut hex = self.to_string();
        hex.truncate(n);
        hex
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceId({self})")
    }
}

impl FromStr for SourceId {
    type Err = NotASourceId;

    fn from_str(hex: &str) -> Result<Self, NotASourceId> {
        let digits = hex.as_bytes();
        if digits.len() != 64 {
            return Err(NotASourceId);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let value = |digit: u8| (digit as char).to_digit(16).ok_or(NotASourceId);
            let [high, low] = [value(pair[0])?, value(pair[1])?];
            *byte = u8::try_from(high * 16 + low).map_err(|_| NotASourceId)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for SourceId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SourceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let id = SourceId([0xA7; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.short(6), "a7a7a7");
    }

    #[test]
    fn other_texts_are_no_ids() {
        for text in ["", "a7", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(text.parse::<SourceId>(), Err(NotASourceId), "{text}");
        }
    }
}
