//! Pictures as sources: one page without text, which OCR may read.

use crate::model::{Extracted, Page, PageNo, PageOrigin, Reader, Record, Warning, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "1";
/// A smaller file is an icon or an ornament of a web page, not the picture of one.
const LEAST_BYTES: usize = 4 << 10;

/// Takes a picture as a document of one page; `None` where it is too small to show one.
pub(super) fn read(bytes: &[u8]) -> Option<Extracted> {
    if bytes.len() < LEAST_BYTES {
        return None;
    }
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Ocr);
    page.quality = 0.0;
    Some(Extracted {
        media_type: String::new(),
        reader: Reader { name: "picture".to_owned(), version: VERSION.to_owned() },
        pages: vec![page],
        record: Record::default(),
        members: Vec::new(),
        warnings: vec![Warning::page(WarningKind::NoText, PageNo::FIRST, "a picture")],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_page_without_text() {
        assert!(read(&[0; 100]).is_none());
        let read = read(&[0; 5_000]).unwrap();
        assert_eq!((read.pages.len(), read.pages[0].text.as_str()), (1, ""));
        assert_eq!(read.warnings[0].kind, WarningKind::NoText);
    }
}
