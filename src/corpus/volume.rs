//! Where a folder lies: free space, file system, encryption, other people's rights, sync services.

use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use serde::Serialize;

/// What can be told of the place of a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Volume {
    /// Bytes that this user may still write; `None` where the system does not say.
    pub free_bytes: Option<u64>,
    /// The file system by its usual name; `None` where it is not known.
    pub file_system: Option<&'static str>,
    /// Whether it lies on another machine: locks and flushed writes are less sure there.
    pub is_network: bool,
    /// Whether the disk is encrypted by this system; `None` where it cannot be told.
    pub is_encrypted: Option<bool>,
    /// The service that copies the folder elsewhere, by the names of the folders above it.
    pub synced_by: Option<&'static str>,
    /// Whether other users of the machine may read or enter it.
    pub is_open_to_others: bool,
}

/// Numbers by which the kernel knows file systems (`statfs(2)`), and whether they are far away.
const FILE_SYSTEMS: [(u64, &str, bool); 20] = [
    (0xef53, "ext4", false),
    (0x9123_683e, "btrfs", false),
    (0x5846_5342, "xfs", false),
    (0xf2f5_2010, "f2fs", false),
    (0x2fc1_2fc1, "zfs", false),
    (0xca45_1a4e, "bcachefs", false),
    (0x0102_1994, "tmpfs", false),
    (0x794c_7630, "overlayfs", false),
    (0x4d44, "vfat", false),
    (0x2011_bab0, "exfat", false),
    (0x5346_544e, "ntfs", false),
    (0x7366_746e, "ntfs3", false),
    (0x7371_7368, "squashfs", false),
    (0x9660, "iso9660", false),
    (0x6573_5546, "fuse", false),
    (0x6969, "nfs", true),
    (0xff53_4d42, "cifs", true),
    (0xfe53_4d42, "smb2", true),
    (0x0102_1997, "9p", true),
    (0x00c3_6400, "ceph", true),
];

/// Names of folders that a service keeps copies of, in lower case.
const SYNCED: [(&str, &str); 10] = [
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("icloud", "iCloud"),
    ("mobile documents", "iCloud"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("pcloud", "pCloud"),
    ("mega", "MEGA"),
];

impl Volume {
    /// Looks at the existing folder `path`; what the system does not say stays unknown.
    pub fn of(path: &Path) -> Self {
        let free_bytes = rustix::fs::statvfs(path)
            .ok()
            .map(|volume| volume.f_bavail.saturating_mul(volume.f_frsize));
        let known = file_system(path);
        let metadata = path.metadata().ok();
        Self {
            free_bytes,
            file_system: known.map(|(name, _)| name),
            is_network: known.is_some_and(|(_, is_network)| is_network),
            is_encrypted: metadata.as_ref().and_then(|metadata| is_encrypted(metadata.dev())),
            synced_by: synced_by(path),
            is_open_to_others: metadata.is_some_and(|metadata| metadata.mode() & 0o077 != 0),
        }
    }
}

#[cfg(target_os = "linux")]
fn file_system(path: &Path) -> Option<(&'static str, bool)> {
    let kind = rustix::fs::statfs(path).ok()?.f_type;
    // The kernel's number is one of 32 bits, whatever the field's type.
    let kind = u64::try_from(kind).ok()? & 0xffff_ffff;
    FILE_SYSTEMS
        .iter()
        .find(|(number, ..)| *number == kind)
        .map(|(_, name, is_network)| (*name, *is_network))
}

#[cfg(not(target_os = "linux"))]
fn file_system(_: &Path) -> Option<(&'static str, bool)> {
    None
}

/// Tells whether the block device `device` is one of dm-crypt, or lies on one.
///
/// `None`: it cannot be told. A disk may encrypt itself, and a file system its files.
fn is_encrypted(device: u64) -> Option<bool> {
    let (major, minor) = (rustix::fs::major(device), rustix::fs::minor(device));
    let folder = Path::new("/sys/dev/block").join(format!("{major}:{minor}"));
    let below = std::fs::read_dir(folder.join("slaves")).ok().into_iter().flatten();
    let mut places: Vec<_> = below.flatten().map(|entry| entry.path()).collect();
    places.push(folder);
    places.iter().any(|place| is_crypt(place)).then_some(true)
}

fn is_crypt(device: &Path) -> bool {
    let mut id = String::new();
    let read = std::fs::File::open(device.join("dm/uuid"))
        .and_then(|file| file.take(200).read_to_string(&mut id));
    read.is_ok() && id.starts_with("CRYPT-")
}

fn synced_by(path: &Path) -> Option<&'static str> {
    path.components().rev().find_map(|part| {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        // `OneDrive - Name of a firm`, `Dropbox (Personal)`: the service's name comes first.
        let begins = |known: &str| {
            name.strip_prefix(known)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        };
        SYNCED.iter().find(|(known, _)| begins(known)).map(|(_, service)| *service)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synced_folder_is_known_by_its_name() {
        let check = |path: &str, expect: Option<&str>| {
            assert_eq!(synced_by(Path::new(path)), expect, "{path}");
        };
        check("/home/a/Dropbox/cases", Some("Dropbox"));
        check("/home/a/Dropbox (Personal)/cases", Some("Dropbox"));
        check("/Users/a/OneDrive - Chambers/x", Some("OneDrive"));
        check("/Users/a/Library/Mobile Documents/x", Some("iCloud"));
        check("/home/a/megaphone/x", None);
        check("/home/a/cases", None);
    }

    #[test]
    fn rights_of_others_are_seen() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        for (mode, expect) in [(0o700, false), (0o750, true), (0o701, true)] {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(Volume::of(folder.path()).is_open_to_others, expect, "{mode:o}");
        }
        assert!(Volume::of(folder.path()).free_bytes.is_some());
    }
}
