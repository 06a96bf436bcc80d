//! Rich Text Format: body, notes, tables by row; letters by code page and by `\u`.

use encoding_rs::Encoding;

use super::clean::squeeze;
use super::draft::Draft;
use super::{ExtractError, Job};
use crate::model::{Extracted, PageOrigin, Role};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "1";

/// How deep groups may nest; deeper ones are read as if they were not there.
const MAX_DEPTH: usize = 1000;

/// Groups that hold no text of the document.
const SKIPPED: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "objdata",
    "fldinst",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "xmlnstbl",
    "mmathPr",
    "bkmkstart",
    "bkmkend",
    "pntext",
    "listtext",
    "nonshppict",
    "atnid",
    "atnauthor",
    "filetbl",
    "wgrffmtfilter",
    "deleted",
];

/// What holds inside a group.
#[derive(Clone, Copy)]
struct State {
    is_skipped: bool,
    role: Role,
    /// Characters that follow `\u` for readers that do not know it.
    n_fallback: usize,
    encoding: &'static Encoding,
}

struct Reader<'d, 'a> {
    draft: &'d mut Draft<'a>,
    state: State,
    stack: Vec<State>,
    /// Bytes of the code page that are not decoded yet.
    bytes: Vec<u8>,
    text: String,
    /// Texts of outer groups while a note is read.
    outer: Vec<(usize, String)>,
    notes: Vec<(String, Role)>,
    skip: usize,
    /// The first half of a letter outside the BMP.
    high: Option<u16>,
    is_row: bool,
}

/// Reads an `.rtf`.
pub(super) fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    let mut draft = Draft::new(job, "rtf", VERSION, PageOrigin::Markup);
    push(bytes, &mut draft);
    Ok(draft.finish())
}

/// Reads Rich Text into `draft`.
pub(super) fn push(bytes: &[u8], draft: &mut Draft<'_>) {
    let mut reader = Reader {
        draft,
        state: State {
            is_skipped: false,
            role: Role::Body,
            n_fallback: 1,
            encoding: encoding_rs::WINDOWS_1252,
        },
        stack: Vec::new(),
        bytes: Vec::new(),
        text: String::new(),
        outer: Vec::new(),
        notes: Vec::new(),
        skip: 0,
        high: None,
        is_row: false,
    };
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => reader.open(),
            b'}' => reader.close(),
            b'\\' => at = reader.control(bytes, at),
            b'\r' | b'\n' | 0 => {}
            byte => reader.byte(byte),
        }
    }
    reader.paragraph();
}

impl Reader<'_, '_> {
    fn open(&mut self) {
        self.decode();
        if self.stack.len() < MAX_DEPTH {
            self.stack.push(self.state);
        }
    }

    fn close(&mut self) {
        self.decode();
        if self.outer.last().is_some_and(|(depth, _)| *depth == self.stack.len()) {
            let text = squeeze(&std::mem::take(&mut self.text));
            self.notes.push((text, self.state.role));
            self.text = self.outer.pop().map(|(_, text)| text).unwrap_or_default();
        }
        if let Some(state) = self.stack.pop() {
            self.state = state;
        }
    }

    /// Takes one byte of text, unless it stands in for a letter that `\u` gave.
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.state.is_skipped {
            self.bytes.push(byte);
        }
    }

    fn decode(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        if !bytes.is_empty() {
            self.text.push_str(&self.state.encoding.decode_without_bom_handling(&bytes).0);
        }
    }

    fn push(&mut self, text: &str) {
        self.decode();
        if !self.state.is_skipped {
            self.text.push_str(text);
        }
    }

    /// Ends a paragraph; inside a row or a note it is a space.
    fn paragraph(&mut self) {
        self.decode();
        if self.is_row || !self.outer.is_empty() {
            self.text.push(' ');
            return;
        }
        let text = squeeze(&std::mem::take(&mut self.text));
        self.draft.push(&text, self.state.role, None);
        self.push_notes();
    }

    fn push_notes(&mut self) {
        for (note, role) in std::mem::take(&mut self.notes) {
            self.draft.push(&note, role, None);
        }
    }

    fn row(&mut self) {
        self.decode();
        let cells: Vec<String> =
            std::mem::take(&mut self.text).split('\u{1F}').map(squeeze).collect();
        self.draft.push(cells.join("\t").trim(), Role::Table, None);
        self.push_notes();
        self.is_row = false;
    }

    /// Begins a group that is read beside the text around it.
    fn note(&mut self, role: Role) {
        if self.state.is_skipped {
            return;
        }
        self.decode();
        self.state.role = role;
        self.outer.push((self.stack.len(), std::mem::take(&mut self.text)));
    }

    /// Reads what follows a backslash; returns where reading goes on.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(&first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            return self.symbol(bytes, first, at + 1);
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let n_letters = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word =
            std::str::from_utf8(rest.get(..n_letters).unwrap_or_default()).unwrap_or_default();
        let after = rest.get(n_letters..).unwrap_or_default();
        let n_sign = usize::from(after.first() == Some(&b'-'));
        let n_digits =
            after.iter().skip(n_sign).take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let n_value = if n_digits > 0 { n_sign + n_digits } else { 0 };
        let value = after
            .get(..n_value)
            .and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<i64>().ok());
        let mut end = at + n_letters + n_value;
        end += usize::from(bytes.get(end) == Some(&b' '));
        if word == "bin" {
            let n_bytes = value.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            return end.saturating_add(n_bytes).min(bytes.len());
        }
        self.word(word, value);
        end
    }

    fn symbol(&mut self, bytes: &[u8], symbol: u8, end: usize) -> usize {
        match symbol {
            b'\'' => {
                let hex = bytes.get(end..end + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.byte(byte);
                    return end + 2;
                }
            }
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'~' => self.push("\u{A0}"),
            b'_' => self.push("\u{2011}"),
            b'-' => self.push("\u{AD}"),
            // A group that readers may pass over; those with text say so by their word.
            b'*' => self.state.is_skipped = true,
            b'\r' | b'\n' => self.paragraph(),
            _ => {}
        }
        end
    }

    fn word(&mut self, word: &str, value: Option<i64>) {
        match word {
            "par" | "sect" | "page" if !self.state.is_skipped => self.paragraph(),
            "line" | "tab" | "emspace" | "enspace" | "qmspace" => self.push(" "),
            "trowd" if !self.state.is_skipped && self.outer.is_empty() && !self.is_row => {
                self.paragraph();
                self.is_row = true;
            }
            "cell" | "nestcell" => self.push("\u{1F}"),
            "row" | "nestrow" if !self.state.is_skipped => self.row(),
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "lquote" => self.push("‘"),
            "rquote" => self.push("’"),
            "ldblquote" => self.push("“"),
            "rdblquote" => self.push("”"),
            "bullet" => self.push("•"),
            "u" => self.unicode(value.unwrap_or(0)),
            "uc" => {
                self.state.n_fallback =
                    value.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(16);
            }
            "ansicpg" => {
                let label = format!("windows-{}", value.unwrap_or(1252));
                if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
                    self.state.encoding = encoding;
                }
            }
            "mac" => self.state.encoding = encoding_rs::MACINTOSH,
            "footnote" | "annotation" => {
                self.state.is_skipped &= word != "annotation";
                self.note(if word == "footnote" { Role::Footnote } else { Role::Comment });
            }
            "header" | "headerl" | "headerr" | "headerf" => self.note(Role::Header),
            "footer" | "footerl" | "footerr" | "footerf" => self.note(Role::Footer),
            "shptxt" => self.state.is_skipped = false,
            _ if SKIPPED.contains(&word) => self.state.is_skipped = true,
            _ => {}
        }
    }

    /// Takes a UTF-16 unit, written as a signed number.
    fn unicode(&mut self, value: i64) {
        self.decode();
        self.skip = self.state.n_fallback;
        let Ok(unit) = u16::try_from(value.rem_euclid(65_536)) else { return };
        let units = [self.high.take().unwrap_or(unit), unit];
        let is_pair = (0xD800..0xDC00).contains(&units[0]) && (0xDC00..0xE000).contains(&units[1]);
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let units = if is_pair { &units[..] } else { &units[1..] };
        self.push(&String::from_utf16_lossy(units));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Limits;

    #[track_caller]
    fn check(text: &str, expect: &[(&str, Role)]) {
        let limits = Limits::default();
        let job = Job { name: "x.rtf", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        let read = read(text.as_bytes(), &job).unwrap();
        let page = &read.pages[0];
        let found: Vec<_> =
            page.paragraphs.iter().map(|p| (page.paragraph_text(p), p.role)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn letters_by_code_page_and_by_number() {
        check(
            r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\*\generator x;}Gr\'fc\'dfe \u1581?\u1705?\u1605?\par Two\par}",
            &[("Grüße حکم", Role::Body), ("Two", Role::Body)],
        );
    }

    #[test]
    fn notes_and_tables() {
        check(
            r"{\rtf1 Text{\footnote See\par PECA.} on.\par\trowd a\intbl\cell b\cell\row After\par}",
            &[
                ("Text on.", Role::Body),
                ("See PECA.", Role::Footnote),
                ("a\tb", Role::Table),
                ("After", Role::Body),
            ],
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, text in r"[\\{}a-z0-9' *-]{0,120}") {
            let limits = Limits::default();
            let job = Job { name: "", limits: &limits, beat: &|| (), passwords: &[], charset: None };
            read(&bytes, &job).unwrap();
            read(text.as_bytes(), &job).unwrap();
        }
    }
}
