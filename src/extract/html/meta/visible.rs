//! What the visible text says: the headline, and the day and author that stand near it.

use super::Found;
use crate::extract::html::PAGE;
use crate::extract::html::blocks::Block;
use crate::extract::{byline, dates};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Date, Valued};

/// Returns the block that is the headline: a heading that says the title, else the last first-level
/// heading above the main part's text.
pub(in crate::extract::html) fn headline(
    blocks: &[Block],
    is_main: &[bool],
    title: Option<&str>,
) -> Option<usize> {
    use crate::model::Role;
    let first_body = is_main
        .iter()
        .zip(blocks)
        .position(|(&is_main, block)| is_main && block.role != Role::Heading && block.n_words >= 12)
        .unwrap_or(blocks.len());
    let fold = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let title = title.map(fold).filter(|title| !title.is_empty());
    let says_title = |block: &Block| {
        let text = fold(&block.text);
        title.as_ref().is_some_and(|title| {
            *title == text
                || text.chars().count() >= 12
                    && (title.starts_with(&text) || text.starts_with(title.as_str()))
        })
    };
    let head = blocks.get(..first_body).unwrap_or_default();
    let is_heading = |block: &Block| block.role == Role::Heading && block.furniture.is_none();
    head.iter()
        .rposition(|block| is_heading(block) && says_title(block))
        .or_else(|| head.iter().rposition(|block| says_title(block) && block.link_share() < 0.5))
}

/// Blocks at the top of a page that may hold the day of saving.
const MAX_HEAD: usize = 20;

/// Fills what markup left open with what stands above the text: the day, the author.
pub(in crate::extract::html) fn complete(
    found: &mut Found,
    blocks: &[Block],
    is_main: &[bool],
    headline: Option<usize>,
) {
    // `<title>` adds the site's name; the headline below says where the story's own title ends.
    if let (Some(title), Some(block)) = (&found.title, headline.and_then(|idx| blocks.get(idx)))
        && let Some(rest) = title.strip_prefix(block.text.as_str())
        && [" | ", " - ", " – ", " — ", " :: ", " » ", " › ", " « "]
            .iter()
            .any(|mark| rest.starts_with(mark))
    {
        found.title = Some(block.text.clone());
    }
    if found.title.is_none()
        && let Some(block) = headline.and_then(|idx| blocks.get(idx))
    {
        found.derived.title = Some(Valued::derived(block.text.clone(), PAGE, 0.8));
    }
    if found.title.is_none() && headline.is_none() {
        let first = blocks
            .iter()
            .zip(is_main)
            .find(|(block, is_main)| **is_main && block.role == crate::model::Role::Heading);
        found.derived.title =
            first.map(|(block, _)| Valued::derived(block.text.clone(), PAGE, 0.6));
    }
    let dated =
        |role, value, confidence| Valued::derived(RoleDate { role, value }, PAGE, confidence);
    let short_date = |block: &Block| {
        if block.n_words <= 25 { dates::date_in(&block.text) } else { None }
    };
    let start =
        headline.unwrap_or_else(|| is_main.iter().position(|&is_main| is_main).unwrap_or(0));
    if found.published.is_none() && headline.is_some() {
        let mut below =
            blocks.iter().skip(start + 1).filter(|block| block.furniture.is_none()).take(6);
        if let Some(date) = below.find_map(short_date) {
            found.derived.dates.push(dated(DateRole::Published, date, 0.7));
        }
    }
    if let Some(printed) = found.published.zip(found.published_hour).and_then(|(day, hour)| {
        let near = blocks.iter().skip(start.saturating_sub(3)).take(10);
        let mut printed = near.filter(|block| block.furniture.is_none()).filter_map(short_date);
        // What is printed is the day where the paper appears, and where its readers are.
        printed.find(|printed| is_next_door(day, hour, *printed))
    }) {
        found.published = Some(printed);
    }
    if found.published.is_none()
        && found.derived.dates.is_empty()
        && start > MAX_HEAD
        && headline.is_some()
    {
        // Some sites print the day over the headline, far below the head of the page.
        let above = blocks.get(start - 2..start).unwrap_or_default();
        if let Some(date) = above.iter().filter(|block| !block.is_nav).find_map(short_date) {
            found.derived.dates.push(dated(DateRole::Published, date, 0.6));
        }
    }
    if found.authors.is_empty() && found.derived.authors.is_empty() && headline.is_some() {
        let mut below =
            blocks.iter().skip(start + 1).filter(|block| block.furniture.is_none()).take(6);
        if let Some(name) = below.find_map(|block| byline::author(&block.text)) {
            found.derived.authors.push(Valued::derived(name, PAGE, 0.5));
        }
    }
    let is_published = |date: Date| {
        found.published == Some(date)
            || found.derived.dates.iter().any(|known| known.value.value == date)
    };
    let captured = blocks.iter().take(start.min(MAX_HEAD)).find_map(short_date);
    if let Some(date) = captured.filter(|&date| found.captured.is_none() && !is_published(date)) {
        found.derived.dates.push(dated(DateRole::Captured, date, 0.6));
    }
}

/// Tells whether `other` is the day that clocks elsewhere showed at `hour` of `day` in Greenwich.
pub(super) fn is_next_door(day: Date, hour: u8, other: Date) -> bool {
    let days = |date: Date| date.day().map(|_| date.first().since_epoch());
    match (days(day), days(other)) {
        (Some(day), Some(other)) => other - day == 1 && hour >= 10 || day - other == 1 && hour < 12,
        _ => false,
    }
}
