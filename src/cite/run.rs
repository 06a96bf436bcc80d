//! Runs: what a style makes and a format writes.
//!
//! A citation is never one string: it is a row of runs, each with its face, language and link. Only
//! a format decides how italics, isolation of another direction and links look, and escapes the text.

use crate::model::Lang;

/// The face of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Face {
    /// Upright.
    #[default]
    Plain,
    /// Italic.
    Italic,
    /// Small capitals.
    SmallCaps,
}

/// A stretch of text of one face, language and link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text: one line, without marks of direction and control characters.
    pub text: String,
    /// How it looks.
    pub face: Face,
    /// Where it leads, where it is a link.
    pub link: Option<String>,
    /// The language, where the run is a field of another direction than its surroundings and so
    /// must be isolated; `None`: it needs nothing.
    pub isolated: Option<Lang>,
}

/// Runs in the order of reading.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Runs(Vec<Run>);

impl Runs {
    /// Returns a single plain run; a text of another direction than `base` is isolated.
    pub fn field(text: &str, base: Lang) -> Self {
        let mut runs = Self::default();
        runs.push_field(text, Face::Plain, base);
        runs
    }

    /// Appends words of the style itself: no isolation.
    pub fn push_text(&mut self, text: &str, face: Face) {
        self.push(Run { text: text.to_owned(), face, link: None, isolated: None });
    }

    /// Appends the value of a field, isolated where its direction is not that of `base`.
    pub fn push_field(&mut self, text: &str, face: Face, base: Lang) {
        let isolated = language_of(text).filter(|lang| lang.is_rtl() != base.is_rtl());
        self.push(Run { text: text.to_owned(), face, link: None, isolated });
    }

    /// Appends a link that shows its own address; other schemes than http and https stay text.
    pub fn push_url(&mut self, url: &str, face: Face, base: Lang) {
        let link = is_web_link(url).then(|| url.to_owned());
        let isolated = base.is_rtl().then_some(Lang::En);
        self.push(Run { text: url.to_owned(), face, link, isolated });
    }

    /// Appends all runs of `other`.
    pub fn append(&mut self, other: Self) {
        for run in other.0 {
            self.push(run);
        }
    }

    /// Returns the runs in order.
    pub fn iter(&self) -> impl Iterator<Item = &Run> {
        self.0.iter()
    }

    /// Tells whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tells whether the text so far ends in `c`.
    pub fn ends_with(&self, c: char) -> bool {
        self.0.last().is_some_and(|run| run.text.ends_with(c))
    }

    /// Returns the bare text, without faces, links and isolation.
    pub fn plain(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    /// Returns the same runs, all italic ones upright.
    #[must_use]
    pub fn upright(self) -> Self {
        let mut runs = Self::default();
        for mut run in self.0 {
            run.face = if run.face == Face::Italic { Face::Plain } else { run.face };
            runs.push(run);
        }
        runs
    }

    /// Drops double spaces, spaces at the ends and a doubled full stop between two runs.
    #[must_use]
    pub fn tidied(self) -> Self {
        let mut tidy = Self::default();
        let (mut before, mut last) = (' ', ' ');
        for mut run in self.0 {
            let mut text = String::with_capacity(run.text.len());
            for c in run.text.chars() {
                let doubled = c == last && matches!(c, ' ' | ',');
                // `Retd.` before the full stop of a style; an ellipsis inside a run stays.
                let second_stop = c == '.' && last == '.' && text.is_empty();
                // `Who pays?` ends its sentence itself.
                let after_question = c == '.' && matches!(last, '?' | '!');
                // `“Title,”` and then a comma: the outlet between them is missing.
                let after_quote = c == ',' && before == ',' && matches!(last, '”' | '’');
                if doubled || second_stop || after_question || after_quote {
                    continue;
                }
                if matches!(c, ',' | ')') && last == ' ' {
                    text.pop();
                }
                text.push(c);
                (before, last) = (last, c);
            }
            run.text = text;
            tidy.push(run);
        }
        if let Some(run) = tidy.0.last_mut() {
            run.text.truncate(run.text.trim_end().len());
        }
        tidy.0.retain(|run| !run.text.is_empty());
        tidy
    }

    /// Makes the first letter a capital: a note begins a sentence.
    pub fn capitalise(&mut self) {
        if let Some(run) = self.0.first_mut()
            && let Some(first) = run.text.chars().next()
        {
            let rest = run.text.get(first.len_utf8()..).unwrap_or_default();
            run.text = first.to_uppercase().chain(rest.chars()).collect();
        }
    }

    /// Appends a run, joined with the last where nothing but the text differs.
    fn push(&mut self, run: Run) {
        if run.text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last)
                if last.face == run.face
                    && last.link.is_none()
                    && run.link.is_none()
                    && last.isolated.is_none()
                    && run.isolated.is_none() =>
            {
                last.text.push_str(&run.text);
            }
            _ => self.0.push(run),
        }
    }
}

/// Tells whether a text may become a live link: http and https alone.
pub fn is_web_link(url: &str) -> bool {
    let lower = url.get(..8.min(url.len())).unwrap_or_default().to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>`\\".contains(c))
}

/// Returns the language that the first letter's script stands for; `None`: no letter at all.
pub fn language_of(text: &str) -> Option<Lang> {
    let first = text.chars().find(|c| c.is_alphabetic())?;
    Some(if is_rtl_letter(first) { Lang::Ur } else { Lang::En })
}

/// Tells whether a letter belongs to the Hebrew or Arabic scripts.
pub const fn is_rtl_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Returns `text` as one line: breaks and tabs become spaces, control characters and marks of
/// direction go, runs of spaces become one. ZWNJ and ZWJ stay: they belong to Urdu spelling.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if !c.is_control() && !is_direction_mark(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Tells whether the character only steers direction, or marks byte order.
pub const fn is_direction_mark(c: char) -> bool {
    matches!(
        c,
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_another_direction_is_isolated() {
        let mut runs = Runs::default();
        runs.push_text("see ", Face::Plain);
        runs.push_field("پیکا", Face::Plain, Lang::En);
        runs.push_field(" 2016", Face::Plain, Lang::En);
        let isolated: Vec<_> = runs.iter().map(|run| run.isolated).collect();
        assert_eq!(isolated, [None, Some(Lang::Ur), None]);
        assert_eq!(runs.plain(), "see پیکا 2016");
    }

    #[test]
    fn only_web_addresses_become_links() {
        for (url, expect) in [
            ("https://dawn.com/a", true),
            ("HTTP://dawn.com", true),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("https://a\" onclick=\"x", false),
        ] {
            assert_eq!(is_web_link(url), expect, "{url}");
        }
    }

    #[test]
    fn a_field_is_one_clean_line() {
        assert_eq!(clean(" a\r\n\tb\u{202E}c\u{0}\u{7} "), "a bc");
        assert_eq!(clean("این\u{200C}سی"), "این\u{200C}سی");
    }

    #[test]
    fn stray_spaces_and_stops_go() {
        let mut runs = Runs::default();
        runs.push_text("A v. B Co.", Face::Italic);
        runs.push_text(".  Then , end ", Face::Plain);
        assert_eq!(runs.tidied().plain(), "A v. B Co. Then, end");
        let mut runs = Runs::default();
        runs.push_text("“Kites rise,”, January 8, 2031", Face::Plain);
        assert_eq!(runs.tidied().plain(), "“Kites rise,” January 8, 2031");
    }
}
