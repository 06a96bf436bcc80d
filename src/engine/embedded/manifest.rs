//! The manifest of an index: size and SHA-256 of every file, and the check against it.
//!
//! The index library reads no checksum when it opens or searches, and flipped bits then give wrong
//! answers in silence. Its files are never changed once written, so each is hashed once; `meta.json`
//! alone is replaced by every commit and merge. The first line of the manifest is the SHA-256 of
//! the rest, which is JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Its name in the index's folder.
pub(super) const NAME: &str = "manifest";
const META: &str = "meta.json";
const MANAGED: &str = ".managed.json";

/// What the manifest holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The store's number that the commit was made with.
    pub(super) seq: u64,
    /// The number that the index library gave the commit.
    pub(super) opstamp: u64,
    /// By name.
    pub(super) files: BTreeMap<String, Sum>,
}

/// Size and hash of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sum {
    /// Size.
    pub(super) bytes: u64,
    /// SHA-256, hex.
    pub(super) sha256: String,
}

/// Something wrong with the files of an index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// The file's name in the index's folder.
    pub file: String,
    /// What is wrong.
    pub kind: DamageKind,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DamageKind {
    /// It is needed and is not there.
    Missing,
    /// It has another size.
    Size,
    /// It has the right size and other bytes.
    Bytes,
    /// The index library's own checksum fails.
    Checksum,
    /// It cannot be read or understood.
    Unreadable(String),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        match &self.kind {
            DamageKind::Missing => f.write_str("missing"),
            DamageKind::Size => f.write_str("has another size than when it was written"),
            DamageKind::Bytes => f.write_str("has other bytes than when it was written"),
            DamageKind::Checksum => f.write_str("fails its checksum"),
            DamageKind::Unreadable(why) => write!(f, "cannot be read: {why}"),
        }
    }
}

impl Manifest {
    /// Reads the manifest of a folder; `None` where there is none.
    pub(super) fn read(dir: &Path) -> io::Result<Option<Self>> {
        let mut text = String::new();
        match File::open(dir.join(NAME)) {
            Ok(mut file) => file.read_to_string(&mut text)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let wrong = || io::Error::new(io::ErrorKind::InvalidData, "it has other bytes");
        let (hash, body) = text.split_once('\n').ok_or_else(wrong)?;
        if hex(&Sha256::digest(body)) != hash {
            return Err(wrong());
        }
        serde_json::from_str(body).map(Some).map_err(io::Error::from)
    }

    /// Returns the manifest of `files`; the sums of files that `old` knows are taken from there.
    pub(super) fn take(
        dir: &Path,
        files: &BTreeSet<String>,
        old: Option<&Self>,
        (seq, opstamp): (u64, u64),
    ) -> io::Result<Self> {
        let mut sums = BTreeMap::new();
        for name in files {
            let known = old.and_then(|old| old.files.get(name)).filter(|_| name != META);
            let sum = match known {
                Some(sum) => sum.clone(),
                None => sum(&dir.join(name))?,
            };
            sums.insert(name.clone(), sum);
        }
        Ok(Self { seq, opstamp, files: sums })
    }

    /// Writes the manifest: whole or not at all.
    pub(super) fn write(&self, dir: &Path) -> io::Result<()> {
        let body = serde_json::to_string(self)?;
        let temporary = dir.join(".manifest.new");
        let mut file = File::create(&temporary)?;
        writeln!(file, "{}", hex(&Sha256::digest(&body)))?;
        file.write_all(body.as_bytes())?;
        file.sync_all()?;
        fs::rename(&temporary, dir.join(NAME))?;
        sync(dir)
    }
}

/// Makes the names in a folder durable.
pub(super) fn sync(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Returns size and hash of a file.
fn sum(path: &Path) -> io::Result<Sum> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let n_read = file.read(&mut buffer)?;
        if n_read == 0 {
            break;
        }
        bytes += n_read as u64;
        hash.update(buffer.get(..n_read).unwrap_or_default());
    }
    Ok(Sum { bytes, sha256: hex(&hash.finalize()) })
}

/// Writes bytes as lower-case hex digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The few things of `meta.json` that the check reads by itself.
#[derive(Deserialize)]
struct Meta {
    opstamp: u64,
}

/// Compares the files of an index with its manifest.
///
/// `needed` are the files that the index refers to now. A run that was killed leaves a manifest
/// that is one step behind: files that it does not know are left to the library's own checksum.
pub(super) fn compare(
    dir: &Path,
    manifest: &Manifest,
    needed: &BTreeSet<String>,
    seq: u64,
) -> Vec<Damage> {
    let mut damages = Vec::new();
    let known: BTreeSet<&String> = manifest.files.keys().collect();
    let is_behind = needed.iter().collect::<BTreeSet<_>>() != known
        || (seq > manifest.seq && meta_opstamp(dir).is_some_and(|now| now > manifest.opstamp));
    for (name, expected) in &manifest.files {
        if !needed.contains(name) || (name == META && is_behind) {
            continue;
        }
        let kind = match sum(&dir.join(name)) {
            Ok(found) if found == *expected => continue,
            Ok(found) if found.bytes != expected.bytes => DamageKind::Size,
            Ok(_) => DamageKind::Bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => DamageKind::Missing,
            Err(error) => DamageKind::Unreadable(error.to_string()),
        };
        damages.push(Damage { file: name.clone(), kind });
    }
    let kind = match managed(dir) {
        // A file that the list does not name would never be cleared away.
        Ok(listed) => needed.iter().any(|name| !listed.contains(name)).then_some(DamageKind::Bytes),
        Err(error) => Some(DamageKind::Unreadable(error)),
    };
    damages.extend(kind.map(|kind| Damage { file: MANAGED.to_owned(), kind }));
    damages
}

/// Returns the number of the commit in `meta.json`.
fn meta_opstamp(dir: &Path) -> Option<u64> {
    let file = File::open(dir.join(META)).ok()?;
    serde_json::from_reader::<_, Meta>(io::BufReader::new(file)).ok().map(|meta| meta.opstamp)
}

/// Reads the library's list of its files, which is only advice: damage there loses no answer.
fn managed(dir: &Path) -> Result<BTreeSet<String>, String> {
    let file = File::open(dir.join(MANAGED)).map_err(|error| error.to_string())?;
    serde_json::from_reader(io::BufReader::new(file)).map_err(|error| error.to_string())
}

/// Checks sizes alone, which costs no reading: for opening.
pub(super) fn compare_sizes(
    dir: &Path,
    manifest: &Manifest,
    needed: &BTreeSet<String>,
) -> Vec<Damage> {
    let mut damages = Vec::new();
    for (name, expected) in &manifest.files {
        if !needed.contains(name) || name == META {
            continue;
        }
        let kind = match fs::metadata(dir.join(name)) {
            Ok(found) if found.len() == expected.bytes => continue,
            Ok(_) => DamageKind::Size,
            Err(_) => DamageKind::Missing,
        };
        damages.push(Damage { file: name.clone(), kind });
    }
    damages
}
