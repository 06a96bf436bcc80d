//! Rich Text Format: body, notes, tables by row, numbers of lists; letters by the code pages of fonts
//! and by `\u`.

mod fonts;

use super::clean::squeeze;
use super::draft::Draft;
use super::table::lines_of_cell;
use super::{ExtractError, Job};
use crate::model::{Extracted, PageOrigin, Role};
use fonts::Fonts;

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";

/// How deep groups may nest; deeper ones are read as if they were not there.
const MAX_DEPTH: usize = 1000;

/// Groups that hold no text of the document.
const SKIPPED: &[&str] = &[
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
    "nonshppict",
    "atnid",
    "atnauthor",
    "filetbl",
    "wgrffmtfilter",
];

/// What holds inside a group.
#[derive(Clone, Copy)]
struct State {
    is_skipped: bool,
    role: Role,
    /// Characters that follow `\u` for readers that do not know it.
    n_fallback: usize,
    /// The table of fonts is being read.
    is_fonts: bool,
    /// The font, and that of letters from right to left, where these are meant.
    font: Option<i64>,
    rtl_font: Option<i64>,
    is_rtl: bool,
}

/// What a group is read for beside the text around it.
#[derive(Clone, Copy, PartialEq)]
enum Aside {
    /// A note, head or foot.
    Text,
    /// The number or bullet of a list, as it is drawn.
    Number,
}

/// What stands before a paragraph of a list.
enum Mark {
    Number(String),
    Bullet,
}

/// Stands between cells, and between paragraphs of one cell, while a row is read.
const CELL: char = '\u{1F}';
const IN_CELL: char = '\u{1E}';

struct Reader<'d, 'a> {
    draft: &'d mut Draft<'a>,
    fonts: Fonts,
    state: State,
    stack: Vec<State>,
    /// Bytes of the code page that are not decoded yet.
    bytes: Vec<u8>,
    text: String,
    /// Texts of outer groups while a note is read: how deep it begins, and what it is.
    outer: Vec<(usize, String, Aside)>,
    /// The number or bullet of the paragraph that is being read.
    mark: Option<Mark>,
    /// A group has just begun.
    is_start: bool,
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
        fonts: Fonts::new(),
        state: State {
            is_skipped: false,
            role: Role::Body,
            n_fallback: 1,
            is_fonts: false,
            font: None,
            rtl_font: None,
            is_rtl: false,
        },
        stack: Vec::new(),
        bytes: Vec::new(),
        text: String::new(),
        outer: Vec::new(),
        mark: None,
        is_start: false,
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
            byte => {
                reader.is_start = false;
                reader.byte(byte);
            }
        }
    }
    reader.paragraph();
}

impl Reader<'_, '_> {
    fn open(&mut self) {
        self.decode();
        self.is_start = true;
        // What stands in for a letter stands in its group.
        self.skip = 0;
        if self.stack.len() < MAX_DEPTH {
            self.stack.push(self.state);
        }
    }

    fn close(&mut self) {
        self.decode();
        self.is_start = false;
        self.skip = 0;
        if let Some((_, text, aside)) = self.outer.pop_if(|(depth, ..)| *depth == self.stack.len())
        {
            let inner = squeeze(&std::mem::replace(&mut self.text, text));
            match aside {
                Aside::Text => self.notes.push((inner, self.state.role)),
                Aside::Number => self.mark = mark(&inner),
            }
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
            let is_rtl = self.state.is_rtl && self.state.rtl_font.is_some();
            let font = if is_rtl { self.state.rtl_font } else { self.state.font };
            self.text.push_str(&self.fonts.letters(font).decode(&bytes));
        }
    }

    fn push(&mut self, text: &str) {
        self.decode();
        if !self.state.is_skipped {
            self.text.push_str(text);
        }
    }

    /// Ends a paragraph; inside a note it is a space, inside a row a line of the cell.
    fn paragraph(&mut self) {
        self.decode();
        if self.is_row || !self.outer.is_empty() {
            self.text.push(if self.outer.is_empty() { IN_CELL } else { ' ' });
            return;
        }
        let text = squeeze(&std::mem::take(&mut self.text));
        let (role, label) = match self.mark.take() {
            Some(Mark::Number(label)) => (self.state.role, Some(label)),
            Some(Mark::Bullet) if self.state.role == Role::Body => (Role::List, None),
            _ => (self.state.role, None),
        };
        self.draft.push_labelled(&text, role, None, label);
        self.push_notes();
    }

    fn push_notes(&mut self) {
        for (note, role) in std::mem::take(&mut self.notes) {
            self.draft.push(&note, role, None);
        }
    }

    fn row(&mut self) {
        self.decode();
        let text = std::mem::take(&mut self.text);
        let cells: Vec<String> =
            text.split(CELL).map(|cell| lines_of_cell(cell.split(IN_CELL))).collect();
        self.draft.push(cells.join("\t").trim(), Role::Table, None);
        self.push_notes();
        self.is_row = false;
        self.mark = None;
    }

    /// Begins a group that is read beside the text around it.
    fn aside(&mut self, role: Role, aside: Aside) {
        if self.state.is_skipped {
            return;
        }
        self.decode();
        self.state.role = role;
        self.outer.push((self.stack.len(), std::mem::take(&mut self.text), aside));
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
            self.is_start = false;
            return end.saturating_add(n_bytes).min(bytes.len());
        }
        // A word ends what stands in for a letter, also where a writer left that out.
        self.skip = 0;
        self.word(word, value);
        self.is_start = false;
        end
    }

    fn symbol(&mut self, bytes: &[u8], symbol: u8, end: usize) -> usize {
        let is_start = std::mem::take(&mut self.is_start);
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
            b'*' if is_start => self.state.is_skipped = true,
            b'\r' | b'\n' => self.paragraph(),
            _ => {}
        }
        end
    }

    fn word(&mut self, word: &str, value: Option<i64>) {
        if self.state.is_fonts {
            self.fonts.word(word, value);
            return;
        }
        match word {
            "fonttbl" => {
                self.state.is_skipped = true;
                self.state.is_fonts = true;
            }
            "deff" => self.fonts.word(word, value),
            "f" | "af" | "plain" | "ltrch" | "rtlch" => self.font(word, value),
            "listtext" | "pntext" => self.aside(self.state.role, Aside::Number),
            // A run that a reviser struck out; its value 0 ends it.
            "deleted" => self.state.is_skipped = value != Some(0),
            "par" | "sect" | "page" if !self.state.is_skipped => self.paragraph(),
            "line" | "tab" | "emspace" | "enspace" | "qmspace" => self.push(" "),
            "trowd" if !self.state.is_skipped && self.outer.is_empty() && !self.is_row => {
                self.paragraph();
                self.is_row = true;
            }
            "cell" | "nestcell" => self.push(&CELL.to_string()),
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
                if let Some(encoding) = fonts::of_code_page(value.unwrap_or(1252)) {
                    self.fonts.set_default(encoding);
                }
            }
            "mac" => self.fonts.set_default(encoding_rs::MACINTOSH),
            "footnote" | "annotation" => {
                self.state.is_skipped &= word != "annotation";
                let role = if word == "footnote" { Role::Footnote } else { Role::Comment };
                self.aside(role, Aside::Text);
            }
            "header" | "headerl" | "headerr" | "headerf" => self.aside(Role::Header, Aside::Text),
            "footer" | "footerl" | "footerr" | "footerf" => self.aside(Role::Footer, Aside::Text),
            "shptxt" => self.state.is_skipped = false,
            _ if SKIPPED.contains(&word) => self.state.is_skipped = true,
            _ => {}
        }
    }

    /// Takes the choice of a font.
    fn font(&mut self, word: &str, value: Option<i64>) {
        self.decode();
        match word {
            "f" => self.state.font = value,
            "af" => self.state.rtl_font = value,
            "plain" => (self.state.font, self.state.rtl_font) = (None, None),
            way => self.state.is_rtl = way == "rtlch",
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
        if (0xF020..=0xF0FF).contains(&unit) {
            // The private places of fonts of signs.
            self.push("•");
            return;
        }
        let units = if is_pair { &units[..] } else { &units[1..] };
        self.push(&String::from_utf16_lossy(units));
    }
}

/// Returns what a drawn number or bullet says; `None` if nothing was drawn.
fn mark(drawn: &str) -> Option<Mark> {
    if !drawn.chars().any(char::is_alphanumeric) || drawn.chars().count() > 24 {
        return (!drawn.is_empty()).then_some(Mark::Bullet);
    }
    // Word draws some bullets as a letter of a font of signs.
    if drawn == "o" {
        return Some(Mark::Bullet);
    }
    let bare = drawn.trim_end_matches(['.', ':']);
    let bare = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(bare);
    Some(Mark::Number(bare.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Limits;

    #[track_caller]
    fn check(text: &str, expect: &[(&str, Role)]) {
        let limits = Limits::default();
        let job =
            Job { name: "x.rtf", limits: &limits, beat: &|| (), passwords: &[], charset: None };
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
    fn letters_by_the_font_they_are_written_in() {
        check(
            concat!(
                r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}",
                r"{\f1\fcharset204{\*\falt X}Times Cyr;}{\f2\fcharset128 Mincho;}{\f3\fcharset178 Arial;}}",
                r"{\f1 \'d1\'f3\'e4} Gr\'fc\'dfe\par{\f2 \'83]\'83\'8b}\par",
                r"\ltrch\f0\rtlch\af3 \'c7\'e1 \ltrch\'e9\plain\'e9\par}"
            ),
            &[("Суд Grüße", Role::Body), ("ゾル", Role::Body), ("ال éé", Role::Body)],
        );
        // The document's code page, where every font says that it is Western.
        check(
            r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset0 Times;}}\f0 \'d1\'f3\'e4\par}",
            &[("Суд", Role::Body)],
        );
    }

    #[test]
    fn fallbacks_end_with_their_group_and_at_words() {
        check(
            r"{\rtf1{\u8226 }First\par\u8226\tab Second\par\uc2\u20013\'92\'86x\par}",
            &[("•First", Role::Body), ("• Second", Role::Body), ("中x", Role::Body)],
        );
    }

    #[test]
    fn numbers_of_lists_are_labels() {
        let text = concat!(
            r"{\rtf1{\listtext\pard\plain 1.\tab}The petition is allowed.\par",
            r"{\pntext\f1 (a)\tab}{\*\pn\pnlvlbody}Costs follow.\par",
            r"{\listtext\tab \u8226 \tab}First\par Plain.\par}"
        );
        let limits = Limits::default();
        let job =
            Job { name: "x.rtf", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        let read = read(text.as_bytes(), &job).unwrap();
        let page = &read.pages[0];
        let found: Vec<_> = page
            .paragraphs
            .iter()
            .map(|p| (page.paragraph_text(p), p.role, p.label.as_deref()))
            .collect();
        let expect = [
            ("The petition is allowed.", Role::Body, Some("1")),
            ("Costs follow.", Role::Body, Some("(a)")),
            ("First", Role::List, None),
            ("Plain.", Role::Body, None),
        ];
        assert_eq!(found, expect);
    }

    #[test]
    fn only_the_first_word_of_a_group_may_close_it() {
        check(
            r"{\rtf1{\*\unknown gone}{\b0\*\cs7 kept} \deleted gone\deleted0 here\par}",
            &[("kept here", Role::Body)],
        );
    }

    #[test]
    fn notes_and_tables() {
        check(
            r"{\rtf1 Text{\footnote See\par PECA.} on.\par\trowd a\intbl\par c\cell b\cell\row After\par}",
            &[
                ("Text on.", Role::Body),
                ("See PECA.", Role::Footnote),
                ("a\nc\tb", Role::Table),
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
