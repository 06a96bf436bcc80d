//! The properties of a message: texts and bytes in streams of their own, numbers in one table.

use std::collections::BTreeMap;
use std::io::Cursor;

use cfb::CompoundFile;

use super::super::package::Budget;
use super::super::{ExtractError, Limits, encoding};
use super::{PROPERTIES, id};

/// Most streams and storages that one message is asked for.
const MAX_ENTRIES: usize = 50_000;

/// The OLE file, read within limits.
pub(super) struct Store<'a> {
    pub(super) ole: CompoundFile<Cursor<&'a [u8]>>,
    budget: Budget,
    /// How many streams are there and cannot be read.
    pub(super) n_damaged: usize,
}

impl<'a> Store<'a> {
    /// Opens the file.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ExtractError> {
        let ole = CompoundFile::open(Cursor::new(bytes))
            .map_err(|error| ExtractError::Damaged { detail: error.to_string() })?;
        Ok(Self { ole, budget: Budget::new(bytes.len(), limits), n_damaged: 0 })
    }

    /// Returns the bytes of a stream; `None` if there is none, or none that can be read.
    pub(super) fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        if !self.ole.is_stream(path) {
            return None;
        }
        let read = self.ole.open_stream(path).ok().and_then(|stream| self.budget.read(stream).ok());
        self.n_damaged += usize::from(read.is_none());
        read
    }

    /// Returns the storages of the root whose names begin with `prefix`, each with its slash.
    pub(super) fn storages(&self, prefix: &str) -> Vec<String> {
        let mut found: Vec<String> = self
            .ole
            .read_root_storage()
            .take(MAX_ENTRIES)
            .filter(|entry| entry.is_storage() && entry.name().starts_with(prefix))
            .map(|entry| format!("/{}/", entry.name()))
            .collect();
        found.sort_unstable();
        found
    }

    /// Returns everything below the storage `from`, outer storages first: its path, its path as
    /// seen from there, and whether it is a storage.
    pub(super) fn below(&self, from: &str) -> Vec<(String, String, bool)> {
        let from = from.trim_end_matches('/');
        let Ok(entries) = self.ole.walk_storage(from) else { return Vec::new() };
        entries
            .take(MAX_ENTRIES)
            .filter_map(|entry| {
                let path = entry.path().to_str()?.to_owned();
                let inner = path.strip_prefix(from)?.to_owned();
                (!inner.is_empty()).then(|| (path, inner, entry.is_storage()))
            })
            .collect()
    }
}

/// One set of properties: of the message, of a recipient, of an attachment.
pub(super) struct Bag {
    /// The storage it lies in, with its slash.
    path: String,
    /// Values of fixed size, by id.
    fixed: BTreeMap<u16, [u8; 8]>,
    /// What 8-bit texts are encoded in.
    code_page: Option<String>,
}

impl Bag {
    /// Reads the properties in the storage `path`, whose table has a head of `head` bytes.
    pub(super) fn open(store: &mut Store<'_>, path: &str, head: usize) -> Option<Self> {
        let table = store.stream(&format!("{path}{PROPERTIES}"))?;
        let (rows, rest) = table.get(head..)?.as_chunks::<16>();
        if !rest.is_empty() && head == 32 {
            return None;
        }
        let fixed = rows
            .iter()
            .filter_map(|row| Some((u16::from_le_bytes([row[2], row[3]]), *row.last_chunk::<8>()?)))
            .collect();
        let mut bag = Self { fixed, ..Self::bare(path) };
        let page = bag.number(id::MESSAGE_CODE_PAGE).or_else(|| bag.number(id::INTERNET_CODE_PAGE));
        bag.code_page = page.and_then(label);
        Some(bag)
    }

    /// Returns properties of which only the streams are known.
    pub(super) fn bare(path: &str) -> Self {
        Self { path: path.to_owned(), fixed: BTreeMap::new(), code_page: None }
    }

    /// Takes over the code page of the message that this belongs to.
    pub(super) fn of(mut self, message: &Self) -> Self {
        self.code_page = self.code_page.or_else(|| message.code_page.clone());
        self
    }

    /// Returns a text: UTF-16, else in the message's code page.
    pub(super) fn text(&self, store: &mut Store<'_>, id: u16) -> Option<String> {
        if let Some(bytes) = store.stream(&format!("{}__substg1.0_{id:04X}001F", self.path)) {
            let (units, _) = bytes.as_chunks::<2>();
            let units: Vec<u16> = units.iter().map(|&unit| u16::from_le_bytes(unit)).collect();
            return Some(String::from_utf16_lossy(&units));
        }
        let bytes = store.stream(&format!("{}__substg1.0_{id:04X}001E", self.path))?;
        Some(encoding::decode(&bytes, self.code_page.as_deref()).text)
    }

    /// Returns bytes.
    pub(super) fn bytes(&self, store: &mut Store<'_>, id: u16) -> Option<Vec<u8>> {
        store.stream(&format!("{}__substg1.0_{id:04X}0102", self.path))
    }

    /// Returns a whole number.
    pub(super) fn number(&self, id: u16) -> Option<u32> {
        Some(u32::from_le_bytes(*self.fixed.get(&id)?.first_chunk::<4>()?))
    }

    /// Returns a time, in seconds since 1970.
    pub(super) fn time(&self, id: u16) -> Option<i64> {
        let ticks = u64::from_le_bytes(*self.fixed.get(&id)?);
        let seconds = i64::try_from(ticks / 10_000_000).ok()?.checked_sub(11_644_473_600)?;
        // Before mail, and after the year 2100, it is no time.
        (0..4_102_444_800).contains(&seconds).then_some(seconds)
    }
}

/// Returns the encoding label of a Windows code page.
pub(super) fn label(page: u32) -> Option<String> {
    let label = match page {
        65_001 => "utf-8",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        10_000 => "macintosh",
        20_866 => "koi8-r",
        21_866 => "koi8-u",
        50_220..=50_222 => "iso-2022-jp",
        51_932 => "euc-jp",
        54_936 => "gb18030",
        874 | 1250..=1258 => return Some(format!("windows-{page}")),
        28_591..=28_605 => return Some(format!("iso-8859-{}", page - 28_590)),
        _ => return None,
    };
    Some(label.to_owned())
}
