//! A web page that was saved as text, with its menus, log-in form and other stories' headlines.

use std::collections::HashMap;

use super::bullet;
use crate::extract::byline;
use crate::extract::clean::{ends_sentence, n_words, squeeze};
use crate::extract::dates;
use crate::extract::draft::Draft;
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Kind, PageNo, Role, Valued};

/// What only the surroundings of an article say.
const FURNITURE: &[&str] = &[
    "log in",
    "login",
    "sign in",
    "sign up",
    "next post",
    "previous post",
    "related",
    "share",
    "share on",
    "subscribe",
    "no result",
    "view all result",
    "all rights reserved",
    "read more",
    "leave a comment",
    "leave a reply",
    "forgotten password?",
    "privacy policy",
    "terms of use",
    "cookie",
    "skip to content",
    "skip to main content",
    "most read",
    "trending",
    "newsletter",
    "follow us",
    "advertisement",
    "home",
    "contact us",
    "about us",
    "menu",
    "search",
];

/// Longest run of lines between two sentences of one article.
const MAX_GAP: usize = 3;

/// One line that is not empty, and what can be told of it alone.
struct Line {
    text: String,
    words: usize,
    is_bullet: bool,
    /// Whether the same text stands elsewhere in the page too.
    is_repeated: bool,
    is_sentence: bool,
}

impl Line {
    /// Tells whether the line can only be running text.
    fn is_prose(&self) -> bool {
        self.is_sentence && self.words >= 12 && !self.is_bullet && !self.is_repeated
    }

    /// Tells whether the line may be running text where running text surrounds it.
    fn is_short_prose(&self) -> bool {
        self.is_sentence && self.words >= 4 && !self.is_bullet && !self.is_repeated
    }

    fn is_furniture(&self) -> bool {
        let lower = self.text.to_lowercase();
        self.words <= 6 && FURNITURE.iter().any(|word| lower.starts_with(word))
    }
}

/// Cuts a text into its lines that are not empty.
fn lines(text: &str) -> Vec<Line> {
    let texts: Vec<String> = text.lines().map(squeeze).filter(|line| !line.is_empty()).collect();
    let bare = |line: &str| -> String {
        let rest = bullet(line).map_or(line, |mark| line.strip_prefix(mark).unwrap_or(line));
        rest.trim().to_lowercase()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in &texts {
        *counts.entry(bare(line)).or_default() += 1;
    }
    texts
        .into_iter()
        .map(|text| Line {
            words: n_words(&text),
            is_bullet: bullet(&text).is_some(),
            is_repeated: counts.get(&bare(&text)).is_some_and(|&count| count > 1),
            is_sentence: ends_sentence(&text) && !text.ends_with(':'),
            text,
        })
        .collect()
}

/// Tells whether a text smells of a saved web page.
///
/// A quarter of its lines are short and bulleted or repeated, and two of them are furniture of web
/// pages. Notes, lists, statutes and mails lack the one or the other.
pub(super) fn is_save(text: &str) -> bool {
    let lines = lines(text);
    let clutter = lines.iter().filter(|line| {
        line.words <= 8 && (line.is_bullet || line.is_repeated || line.is_furniture())
    });
    let mut furniture: Vec<&str> =
        lines.iter().filter(|line| line.is_furniture()).map(|line| line.text.as_str()).collect();
    furniture.sort_unstable();
    furniture.dedup();
    lines.len() >= 12
        && clutter.count() * 4 >= lines.len()
        && furniture.len() >= 2
        && lines.iter().any(Line::is_prose)
}

/// Reads a saved page: all its lines in order, the article's as body.
pub(super) fn read(text: &str, draft: &mut Draft<'_>) {
    let lines = lines(text);
    let article = article(&lines);
    let title = title(&lines, article.start);
    for (idx, line) in lines.iter().enumerate() {
        let role = if Some(idx) == title {
            Role::Heading
        } else if article.contains(&idx) {
            role_inside(&lines, idx)
        } else {
            Role::Navigation
        };
        draft.push(&line.text, role, None);
    }
    record(&lines, title, article.start, draft);
}

/// Returns the lines of the article: the run of prose with the most words.
fn article(lines: &[Line]) -> std::ops::Range<usize> {
    let mut best = 0..0;
    let mut best_words = 0;
    let mut run = 0..0;
    let mut run_words = 0;
    let mut gap = 0;
    for (idx, line) in lines.iter().enumerate() {
        if line.is_prose() {
            if run.is_empty() || gap > MAX_GAP {
                run = idx..idx;
                run_words = 0;
            }
            run.end = idx + 1;
            run_words += line.words;
            gap = 0;
            if run_words > best_words {
                best = run.clone();
                best_words = run_words;
            }
        } else if !line.is_short_prose() {
            gap += 1;
        }
    }
    // Short first and last sentences belong to it where they touch it.
    while best.start > 0 && lines.get(best.start - 1).is_some_and(Line::is_short_prose) {
        best.start -= 1;
    }
    while lines.get(best.end).is_some_and(Line::is_short_prose) {
        best.end += 1;
    }
    best
}

/// Returns the role of a line between the first and the last of the article.
fn role_inside(lines: &[Line], idx: usize) -> Role {
    let Some(line) = lines.get(idx) else { return Role::Body };
    let next_is_prose = lines.get(idx + 1).is_some_and(Line::is_prose);
    if line.is_repeated || line.is_furniture() {
        Role::Navigation
    } else if line.is_bullet {
        Role::List
    } else if !line.is_sentence && line.words <= 12 && next_is_prose {
        Role::Heading
    } else {
        Role::Body
    }
}

/// Returns the headline: the longest line of the dozen above the article that can be one.
fn title(lines: &[Line], start: usize) -> Option<usize> {
    let can_be = |line: &Line| {
        (3..=30).contains(&line.words)
            && !line.is_bullet
            && !line.is_repeated
            && !line.is_furniture()
            && dates::find(&line.text).is_none()
            && !is_caption(&line.text)
            && byline::author(&line.text).is_none()
    };
    (start.saturating_sub(12)..start)
        .rev()
        .filter(|&idx| lines.get(idx).is_some_and(can_be))
        .max_by_key(|&idx| lines.get(idx).map_or(0, |line| line.words))
}

/// Tells whether a line names a picture.
fn is_caption(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["image:", "photo:", "photo by", "picture:", "credit:", "source:", "file photo"]
        .iter()
        .any(|start| lower.starts_with(start))
}

/// Fills the record with what stands around the headline.
fn record(lines: &[Line], title: Option<usize>, start: usize, draft: &mut Draft<'_>) {
    let first = title.unwrap_or(start);
    let between = lines.get(first..start).unwrap_or_default();
    let above = lines.get(..first).unwrap_or_default();
    let record = draft.record();
    let date = |role, value, confidence| {
        Valued::derived(RoleDate { role, value }, PageNo::FIRST, confidence)
    };
    if let Some(line) = title.and_then(|idx| lines.get(idx)) {
        record.title = Some(Valued::derived(line.text.clone(), PageNo::FIRST, 0.85));
    }
    let short_date = |line: &Line| {
        if line.words <= 10 { dates::date_in(&line.text) } else { None }
    };
    if let Some(published) = between.iter().find_map(short_date) {
        record.dates.push(date(DateRole::Published, published, 0.85));
        record.kind = Some(Valued::derived(Kind::News, PageNo::FIRST, 0.6));
    } else {
        record.kind = Some(Valued::derived(Kind::Web, PageNo::FIRST, 0.6));
    }
    // The first line of a saved page is the day of saving: a site prints today's date in its head.
    if let Some(captured) = above.iter().take(3).find_map(short_date) {
        record.dates.push(date(DateRole::Captured, captured, 0.8));
    }
    if let Some(author) = between.iter().find_map(|line| byline::author(&line.text)) {
        record.authors.push(Valued::derived(author, PageNo::FIRST, 0.6));
    }
    let is_name = |line: &&Line| {
        line.is_repeated && !line.is_bullet && !line.is_furniture() && (1..=6).contains(&line.words)
    };
    if let Some(line) = above.iter().take(4).find(is_name) {
        record.publisher = Some(Valued::derived(line.text.clone(), PageNo::FIRST, 0.6));
    }
}
