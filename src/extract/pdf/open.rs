//! Opening a PDF: passwords, repairs, and a net under a library that may panic on damaged bytes.

pub(super) use crate::extract::guard::guarded;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};

use crate::extract::ExtractError;

/// An opened document.
pub(super) struct Opened {
    /// The document.
    pub(super) pdf: Pdf,
    /// The file says that it is encrypted; it opened with the empty password or a given one.
    pub(super) encrypted: bool,
    /// Its table of objects was broken and has been rebuilt.
    pub(super) repaired: bool,
}

/// Opens `bytes` with the empty password, then with `passwords` in order.
pub(super) fn open(bytes: &[u8], passwords: &[String]) -> Result<Opened, ExtractError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ExtractError::Empty);
    }
    let data = PdfData::from(bytes.to_vec());
    let mut last = ExtractError::Damaged { detail: "not a readable PDF".to_owned() };
    for password in std::iter::once("").chain(passwords.iter().map(String::as_str)) {
        let loaded = match load(&data, password) {
            // With the wrong password the repair of a broken table of objects finds none.
            Err(ExtractError::Damaged { .. }) if is_encrypted(bytes) => {
                Err(ExtractError::Encrypted)
            }
            loaded => loaded,
        };
        match loaded {
            Ok(pdf) => {
                let encrypted = has(bytes, b"/Encrypt");
                return Ok(Opened { pdf, encrypted, repaired: table_offset(bytes).is_none() });
            }
            Err(error) => last = error,
        }
        if last != ExtractError::Encrypted {
            break;
        }
    }
    Err(last)
}

fn load(data: &PdfData, password: &str) -> Result<Pdf, ExtractError> {
    let loaded = guarded(|| Pdf::new_with_password(data.clone(), password))
        .map_err(|detail| ExtractError::Damaged { detail })?;
    loaded.map_err(|error| match error {
        LoadPdfError::Decryption(
            DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm,
        ) => ExtractError::Encrypted,
        LoadPdfError::Decryption(_) => {
            ExtractError::Damaged { detail: "its encryption cannot be understood".to_owned() }
        }
        LoadPdfError::Invalid => {
            ExtractError::Damaged { detail: "no pages can be found".to_owned() }
        }
    })
}

/// Tells whether a trailer says that the file is encrypted.
fn is_encrypted(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"/Encrypt").any(|at| {
        let rest = bytes.get(at + b"/Encrypt".len()..).unwrap_or_default();
        let is_reference = |rest: &[u8]| rest.first().is_some_and(u8::is_ascii_digit);
        is_reference(rest.trim_ascii_start()) || rest.trim_ascii_start().starts_with(b"<<")
    })
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(bytes, needle).is_some()
}

/// Returns where `%PDF-` stands: offsets count from there, and foreign bytes may stand before it.
pub(super) fn header_offset(bytes: &[u8]) -> usize {
    let head = bytes.get(..1_024.min(bytes.len())).unwrap_or_default();
    memchr::memmem::find(head, b"%PDF-").unwrap_or_default()
}

/// Returns where the table of objects stands, if the file ends with a pointer that leads to one.
pub(super) fn table_offset(bytes: &[u8]) -> Option<usize> {
    let tail_start = bytes.len().saturating_sub(2_048);
    let tail = bytes.get(tail_start..).unwrap_or_default();
    let at = memchr::memmem::rfind(tail, b"startxref")?;
    let digits: String = tail
        .iter()
        .skip(at + b"startxref".len())
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    let offset = digits.parse::<usize>().ok()?;
    [offset, offset.saturating_add(header_offset(bytes))].into_iter().find_map(|offset| {
        let rest = bytes.get(offset..).unwrap_or_default();
        let target = rest.trim_ascii_start();
        let is_stream = target.first().is_some_and(u8::is_ascii_digit)
            && has(target.get(..40.min(target.len())).unwrap_or_default(), b"obj");
        let is_table = target.starts_with(b"xref") || is_stream;
        is_table.then_some(offset + (rest.len() - target.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_empty_and_rubbish_is_damaged() {
        assert_eq!(open(b" \n", &[]).err(), Some(ExtractError::Empty));
        assert!(matches!(open(b"%PDF-1.4 rubbish", &[]), Err(ExtractError::Damaged { .. })));
    }

    #[test]
    fn a_panic_becomes_its_message() {
        let caught = guarded(|| -> u32 { panic!("no such table") });
        assert_eq!(caught, Err("the reader stopped: no such table".to_owned()));
    }

    #[test]
    fn a_broken_table_does_not_hide_that_a_password_is_needed() {
        // Another line of text before the table, as tools that change line ends do.
        let whole = super::super::encrypted::pdf("heron", "The lantern was lit");
        let cut = whole.windows(4).position(|window| window == b"xref").unwrap();
        let bytes = [&whole[..cut], b"% \n", &whole[cut..]].concat();
        assert!(table_offset(&bytes).is_none());
        let passwords =
            |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        assert_eq!(open(&bytes, &[]).err(), Some(ExtractError::Encrypted));
        assert_eq!(open(&bytes, &passwords(&["egret"])).err(), Some(ExtractError::Encrypted));
        let opened = open(&bytes, &passwords(&["egret", "heron"])).unwrap();
        assert_eq!(opened.pdf.pages().len(), 1);
    }
}
