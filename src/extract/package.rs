//! ZIP archives, read within limits: what comes out is counted, headers are not believed.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{ExtractError, Limits};

/// Below this many bytes out, no ratio is asked for: honest tables pack well.
const FREE_BYTES: u64 = 64 << 20;

/// Bytes out per byte in that are still believed.
const MAX_RATIO: u64 = 20;

/// Counts what archives unpack to.
#[derive(Debug)]
pub(super) struct Budget {
    packed: u64,
    unpacked: u64,
    max_bytes: u64,
    max_member: u64,
}

impl Budget {
    /// Returns the budget of an archive of `packed` bytes.
    pub(super) const fn new(packed: usize, limits: &Limits) -> Self {
        Self {
            packed: packed as u64,
            unpacked: 0,
            max_bytes: limits.archive_bytes,
            max_member: limits.member_bytes,
        }
    }

    /// Reads `reader` to its end, or fails when a limit is passed.
    pub(super) fn read(&mut self, reader: impl std::io::Read) -> Result<Vec<u8>, Fault> {
        let by_ratio = self.packed.saturating_mul(MAX_RATIO).max(FREE_BYTES);
        let (allowed, which) = if by_ratio < self.max_bytes {
            (by_ratio.saturating_sub(self.unpacked), "ratio")
        } else {
            (self.max_bytes.saturating_sub(self.unpacked), "bytes")
        };
        let max = allowed.min(self.max_member);
        let mut bytes = Vec::new();
        let result = reader.take(max.saturating_add(1)).read_to_end(&mut bytes);
        self.unpacked = self.unpacked.saturating_add(bytes.len() as u64);
        if bytes.len() as u64 > max {
            return Err(if allowed <= self.max_member {
                Fault::Limit(which)
            } else {
                Fault::TooLarge
            });
        }
        result.map_err(|_| Fault::Damaged)?;
        Ok(bytes)
    }

    /// Counts `n_bytes` that were unpacked by other means, or fails when a limit is passed.
    pub(super) fn spend(&mut self, n_bytes: u64) -> Result<(), Fault> {
        let by_ratio = self.packed.saturating_mul(MAX_RATIO).max(FREE_BYTES);
        self.unpacked = self.unpacked.saturating_add(n_bytes);
        if self.unpacked > by_ratio.min(self.max_bytes) {
            return Err(Fault::Limit(if by_ratio < self.max_bytes { "ratio" } else { "bytes" }));
        }
        Ok(())
    }
}

/// Why a member has no bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The archive as a whole passes a limit.
    Limit(&'static str),
    /// This member is larger than one may be.
    TooLarge,
    /// Its bytes are not what they should be.
    Damaged,
    /// A password is needed.
    Encrypted,
    /// It is packed in a way that is not read.
    Method,
    /// There is no such member.
    Missing,
}

/// The members of a ZIP archive by name: documents that are packages of parts.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    budget: Budget,
}

impl<'a> Package<'a> {
    /// Opens an archive.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ExtractError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| ExtractError::Damaged { detail: error.to_string() })?;
        if archive.len() > limits.members {
            return Err(ExtractError::ArchiveLimit { which: "members" });
        }
        Ok(Self { archive, budget: Budget::new(bytes.len(), limits) })
    }

    /// Returns the names of the members, in the archive's order.
    pub(super) fn names(&self) -> Vec<String> {
        (0..self.archive.len())
            .filter_map(|idx| self.archive.name_for_index(idx)?.ok())
            .map(std::borrow::Cow::into_owned)
            .collect()
    }

    /// Returns the bytes of a member.
    pub(super) fn part(&mut self, name: &str) -> Result<Vec<u8>, Fault> {
        let member = self.archive.by_name(name).map_err(|error| fault(&error))?;
        self.budget.read(member)
    }

    /// Returns the bytes of a member that the document cannot do without.
    pub(super) fn required(&mut self, name: &str) -> Result<Vec<u8>, ExtractError> {
        self.part(name).map_err(|fault| match fault {
            Fault::Limit(which) => ExtractError::ArchiveLimit { which },
            Fault::TooLarge => ExtractError::ArchiveLimit { which: "bytes" },
            Fault::Encrypted => ExtractError::Encrypted,
            Fault::Damaged | Fault::Method | Fault::Missing => {
                ExtractError::Damaged { detail: format!("its part {name} cannot be read") }
            }
        })
    }
}

/// Returns what an error of the archive means.
pub(super) fn fault(error: &ZipError) -> Fault {
    match error {
        ZipError::FileNotFound => Fault::Missing,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Fault::Encrypted,
        ZipError::InvalidPassword => Fault::Encrypted,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Fault::Method
        }
        _ => Fault::Damaged,
    }
}
