//! Plain text: pages at form feeds, paragraphs from lines, and pages saved as text from the web.
//!
//! A *save* is a web page that a browser or a hand turned into text, with all its menus; then the
//! article is the longest run of sentence lines, and the rest is navigation. Anything else is body
//! from its first to its last line.

mod save;

use super::clean::{ends_sentence, n_words, squeeze};
use super::draft::Draft;
use super::encoding;
use super::{ExtractError, Job};
use crate::model::{Extracted, PageNo, PageOrigin, Role, Valued, WarningKind};

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "2";

/// Reads plain text in any encoding.
pub(super) fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    let decoded = encoding::decode(bytes, job.charset);
    let mut draft = Draft::new(job, "text", VERSION, PageOrigin::Plain);
    if decoded.is_bad {
        draft.warn(WarningKind::BadEncoding, format!("read as {}", decoded.encoding));
    }
    let text = decoded.text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    if save::is_save(&text) {
        save::read(&text, &mut draft);
    } else {
        read_plain(&text, &mut draft);
    }
    if draft.record().main_date().is_none() {
        draft.warn(WarningKind::NoDate, "");
    }
    Ok(draft.finish())
}

/// Reads a text whose every line is body.
fn read_plain(text: &str, draft: &mut Draft<'_>) {
    let trimmed = text.trim_end_matches(['\u{C}', '\n', ' ']);
    for page in trimmed.split('\u{C}') {
        draft.next_page();
        for (paragraph, role) in paragraphs(page) {
            draft.push(&paragraph, role, None);
        }
    }
    if let Some(title) = title(trimmed) {
        draft.record().title = Some(Valued::derived(title, PageNo::FIRST, 0.5));
    }
}

/// Returns the first line as a title, where it stands alone above longer text.
fn title(text: &str) -> Option<String> {
    let mut lines = text.split(['\n', '\u{C}']).map(squeeze);
    let first = lines.find(|line| !line.is_empty())?;
    let next = lines.next()?;
    let body = if next.is_empty() { lines.find(|line| !line.is_empty())? } else { next.clone() };
    let stands_alone = next.is_empty() || n_words(&body) >= 12;
    let is_short = (2..=25).contains(&n_words(&first)) && n_words(&body) > n_words(&first);
    (stands_alone && is_short && !ends_sentence(&first) && bullet(&first).is_none())
        .then_some(first)
}

/// Splits lines into paragraphs with their roles; wrapped lines are joined again.
///
/// The paragraphs are tidied, in order, never empty.
pub(super) fn paragraphs(page: &str) -> Vec<(String, Role)> {
    let width = wrap_width(page);
    let mut found: Vec<(String, Role)> = Vec::new();
    let mut open = false;
    let mut last_len = 0;
    for raw in page.lines() {
        let line = squeeze(raw);
        if line.is_empty() {
            open = false;
            continue;
        }
        let (role, starts) = role_of(&line);
        let is_indented = raw.starts_with("   ") || raw.starts_with('\t');
        // A line is a continuation if the one before it was too full to take its first word.
        let first_word = line.split(' ').next().map_or(0, |word| word.chars().count());
        let was_full = width.is_some_and(|width| {
            // Ragged setting leaves a little; a sentence that goes on may leave more.
            let slack = if line.starts_with(char::is_lowercase) { width / 3 } else { width / 12 };
            last_len + 1 + first_word + slack > width
        });
        let goes_on = open && (!starts && was_full || is_quote_tail(found.last(), role));
        match found.last_mut() {
            Some((paragraph, Role::Quote)) if goes_on => {
                join(paragraph, line.trim_start_matches(['>', ' ']));
            }
            Some((paragraph, _)) if goes_on => join(paragraph, &line),
            _ => found.push((line, role)),
        }
        open = true;
        last_len = raw.trim_end().chars().count() + usize::from(is_indented && width.is_none());
    }
    mark_headings(&mut found);
    found
}

/// Tells whether a `>` line goes on with the quotation before it.
fn is_quote_tail(last: Option<&(String, Role)>, role: Role) -> bool {
    role == Role::Quote && last.is_some_and(|(_, last)| *last == Role::Quote)
}

/// Joins a wrapped line to its paragraph; a hyphen at the end is kept and takes no space.
fn join(paragraph: &mut String, line: &str) {
    let is_split_word = paragraph.ends_with('-')
        && paragraph.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && line.starts_with(char::is_lowercase);
    if !is_split_word {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// Returns the width at which a text was wrapped, in characters; `None` if lines are paragraphs.
///
/// Wrapped text has many lines that nearly reach one width and none that passes it by much.
fn wrap_width(page: &str) -> Option<usize> {
    let mut lens: Vec<usize> =
        page.lines().map(|line| line.trim_end().chars().count()).filter(|&len| len > 0).collect();
    if lens.len() < 4 {
        return None;
    }
    let in_order = lens.clone();
    lens.sort_unstable();
    let width = *lens.get(lens.len() * 97 / 100)?;
    let longest = *lens.last()?;
    if !(40..=132).contains(&width) || longest > width + width / 4 {
        return None;
    }
    // Lines that another line follows directly are full ones, but for paragraph ends.
    let full = in_order.iter().filter(|&&len| len * 100 >= width * 80).count();
    (full * 100 >= in_order.len() * 45).then_some(width)
}

/// Returns the mark of a list item that `line` begins with.
pub(super) fn bullet(line: &str) -> Option<&str> {
    const MARKS: [&str; 11] = ["•", "◦", "▪", "‣", "●", "○", "■", "*", "-", "–", "·"];
    MARKS.into_iter().find(|mark| {
        line.strip_prefix(mark).is_some_and(|rest| rest.starts_with([' ', '\u{A0}', '\t']))
    })
}

/// Returns the role of a line, and whether it begins a paragraph whatever stands before it.
fn role_of(line: &str) -> (Role, bool) {
    if bullet(line).is_some() {
        (Role::List, true)
    } else if line.starts_with('>') {
        (Role::Quote, false)
    } else {
        (Role::Body, begins_numbered(line))
    }
}

/// Tells whether `line` begins with a paragraph number: `12.`, `(3)`, `[7]`, `(a)`.
fn begins_numbered(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(' ') else { return false };
    let bare = mark.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ']']);
    let is_marked = bare.len() < mark.len();
    let is_number = !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit());
    let is_letter = bare.len() == 1 && mark.ends_with(')') && mark.starts_with('(');
    is_marked && (is_number || is_letter)
}

/// Marks short lines without an end mark that stand directly before running text as headings.
fn mark_headings(found: &mut [(String, Role)]) {
    for idx in 1..found.len() {
        let (before, after) = found.split_at_mut(idx);
        let (Some((line, role)), Some((next, next_role))) = (before.last_mut(), after.first())
        else {
            continue;
        };
        let is_short = n_words(line) <= 12 && !ends_sentence(line) && line.chars().count() <= 120;
        let leads = *next_role == Role::Body && n_words(next) >= 12;
        if *role == Role::Body && is_short && leads && line.chars().any(char::is_alphabetic) {
            *role = Role::Heading;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Limits;
    use crate::model::record::DateRole;

    fn read_text(text: &str) -> Extracted {
        let limits = Limits::default();
        let job =
            Job { name: "x.txt", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        read(text.as_bytes(), &job).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expect: &[(&str, Role)]) {
        let read = read_text(text);
        let page = &read.pages[0];
        let found: Vec<_> =
            page.paragraphs.iter().map(|p| (page.paragraph_text(p), p.role)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "The petitioner is aggrieved by the interception of his calls and prays\n\
             that the respondents be restrained from recording conversations until\n\
             a law is made which permits it in plain words and with the well-\n\
             known safeguards.\n\
             \n\
             The respondents filed their replies, in which they deny that any agency\n\
             has been permitted to listen.\n",
            &[
                (
                    "The petitioner is aggrieved by the interception of his calls and prays that \
                     the respondents be restrained from recording conversations until a law is \
                     made which permits it in plain words and with the well-known safeguards.",
                    Role::Body,
                ),
                (
                    "The respondents filed their replies, in which they deny that any agency has \
                     been permitted to listen.",
                    Role::Body,
                ),
            ],
        );
    }

    #[test]
    fn a_line_may_be_a_paragraph() {
        let long = "The regulator told the court that it had licensed no system of this kind to \
                    any operator and knew of none that was in use.";
        check(
            &format!("{long}\nNobody asked twice\n{long}\n- first\n- second\n"),
            &[
                (long, Role::Body),
                ("Nobody asked twice", Role::Heading),
                (long, Role::Body),
                ("- first", Role::List),
                ("- second", Role::List),
            ],
        );
    }

    #[test]
    fn form_feeds_make_pages() {
        let read = read_text("first page\u{C}second page\u{C}");
        assert_eq!(read.pages.len(), 2);
        assert_eq!(read.pages[1].text, "second page");
        assert!(read.warnings.iter().any(|warning| warning.kind == WarningKind::NoDate));
    }

    #[test]
    fn urdu_stays_whole() {
        let line = "اسلام آباد: پاکستان ٹیلی کمیونیکیشن اتھارٹی نے کہا ہے کہ نگرانی کا نظام کسی کے حکم سے نہیں چل رہا۔";
        check(
            &format!("پی ٹی اے کا بیان\n\n{line}\n"),
            &[("پی ٹی اے کا بیان", Role::Heading), (line, Role::Body)],
        );
        assert_eq!(
            read_text(&format!("پی ٹی اے کا بیان\n\n{line}")).record.title.unwrap().value,
            "پی ٹی اے کا بیان"
        );
    }

    /// A page in the manner of a news site, in our own words.
    fn saved_page() -> String {
        let menu = "  • News\n    • Court\n    • Features\n  • Resources\n    • Laws\nNo Result\n\
                    View All Result\nRights Watch\n";
        format!(
            "Friday, September 12, 2025\nRights Watch\n{menu}{menu}\nin News\n\n\
             Regulator’s listening system named in court papers\n\nStaffby Staff\nJuly 2, 2024\n\n\
             The regulator has run a system that listens to calls through telephone companies, a court order says.\n\n\
             The companies paid for it and put it into a room that the agencies use, the order goes on to say.\n\n\
             It is not clear who reads what is collected.\n\n\
             Rights groups asked for a law on data protection and for the names of those who gave the order.\n\n\
             Tags: Listening\nPrevious Post\n\nAnother story about a ban\n\nNext Post\n\nA word is free again\n\n\
             Share on Facebook\nA leak of a thousand records\n\nA leak of a thousand records\n\nSeptember 11, 2025\n\
             About Rights Watch\n\nThis site reports on digital rights and on those who decide over them in this country.\n\n\
             Log In\n{menu}"
        )
    }

    #[test]
    fn a_saved_page_keeps_all_and_marks_the_article() {
        let read = read_text(&saved_page());
        let page = &read.pages[0];
        let of_role = |role: Role| {
            page.paragraphs.iter().filter(move |p| p.role == role).map(|p| page.paragraph_text(p))
        };
        let body: Vec<_> = of_role(Role::Body).collect();
        assert_eq!(body.len(), 4, "{body:#?}");
        assert!(body[0].starts_with("The regulator has run"));
        assert!(body[3].starts_with("Rights groups"));
        assert_eq!(of_role(Role::Heading).count(), 1);
        assert!(of_role(Role::Navigation).any(|line| line.starts_with("This site reports")));
        let title = read.record.title.unwrap();
        assert_eq!(title.value, "Regulator’s listening system named in court papers");
        let dates: Vec<_> =
            read.record.dates.iter().map(|d| (d.value.role, d.value.value.to_string())).collect();
        assert!(dates.contains(&(DateRole::Captured, "2025-09-12".to_owned())));
        assert!(dates.contains(&(DateRole::Published, "2024-07-02".to_owned())));
        assert_eq!(read.record.publisher.unwrap().value, "Rights Watch");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, text in "[ \n•a-z.\u{C}>0-9]{0,300}") {
            let limits = Limits::default();
            let job = Job { name: "", limits: &limits, beat: &|| (), passwords: &[], charset: None };
            read(&bytes, &job).unwrap();
            read(text.as_bytes(), &job).unwrap();
        }
    }
}
