//! Addresses, and what browsers and archives write into the pages that they save.

use super::Found;
use super::nodes::Nodes;
use crate::extract::dates;
use crate::model::Date;

/// Takes addresses, and what browsers and archives write into the pages that they save.
pub(super) fn addresses(nodes: &Nodes, html: &str, found: &mut Found) {
    let saved = saved_from(html);
    let is_web = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    let own =
        nodes.canonical.clone().filter(is_web).or_else(|| nodes.meta(&["og:url"]).filter(is_web));
    found.url = own.or_else(|| saved.url.clone()).or_else(|| nodes.base.clone().filter(is_web));
    found.captured = saved.date;
    for url in [found.url.clone(), saved.url, nodes.base.clone()].into_iter().flatten() {
        if let Some((original, day)) = in_wayback(&url) {
            if found.url.as_ref() == Some(&url) {
                found.url = Some(original);
            }
            found.archive_url = Some(url);
            found.captured = found.captured.or(day);
            break;
        }
    }
    if found.published.is_none()
        && let Some(date) = found.url.as_deref().and_then(dates::in_url)
    {
        found.published = Some(date);
    }
}

/// Where and when a page was saved, by its comments.
#[derive(Default)]
struct Saved {
    url: Option<String>,
    date: Option<Date>,
}

/// Reads `saved from url=(0042)https://…`, `SingleFile`'s head and the Wayback Machine's foot.
fn saved_from(html: &str) -> Saved {
    let mut saved = Saved::default();
    let after = |start: &str| html.split_once(start).map(|(_, rest)| rest);
    let to_space = |rest: &str| {
        let url = rest.split(|c: char| c.is_whitespace() || c == '<').next().unwrap_or_default();
        Some(url.to_owned()).filter(|url| url.starts_with("http"))
    };
    let line = |rest: &str| rest.lines().next().unwrap_or_default().to_owned();
    if let Some(rest) = after("<!-- saved from url=(") {
        saved.url = rest.split_once(')').and_then(|(_, rest)| to_space(rest));
    }
    if let Some(rest) = after("Page saved with SingleFile") {
        let head = rest.get(..rest.floor_char_boundary(600)).unwrap_or(rest);
        let field = |name: &str| head.split_once(name).map(|(_, rest)| rest.trim_start());
        saved.url = saved.url.or_else(|| field("url:").and_then(to_space));
        // `Thu Sep 12 2025 10:00:00 GMT+0500`
        saved.date = field("saved date:").and_then(|rest| dates::date_in(&line(rest)));
    }
    if let Some(rest) = after("FILE ARCHIVED ON ") {
        // `09:26:53 Jul 02, 2024 AND RETRIEVED …`
        let line = line(rest);
        let day = line.split_once(' ').map_or(line.as_str(), |(_, rest)| rest);
        saved.date = saved.date.or_else(|| dates::date_in(day));
    }
    saved
}

/// Cuts an address of the Wayback Machine into the original's and the day of capture.
fn in_wayback(url: &str) -> Option<(String, Option<Date>)> {
    let (_, rest) = url.split_once("web.archive.org/web/")?;
    let (stamp, original) = rest.split_once('/')?;
    let part = |from: usize, to: usize| stamp.get(from..to).unwrap_or_default();
    let day = format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8)).parse().ok();
    original.starts_with("http").then(|| (original.to_owned(), day))
}
