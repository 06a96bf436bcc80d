//! Who a short line says the author is.

use super::clean::n_words;
use super::dates;

/// Words that begin a byline, with the space that ends them.
const STARTS: &[&str] =
    &["By ", "by ", "BY ", "Par ", "Von ", "Por ", "Written by ", "Reported by "];

/// Returns the author that a line names: `By Staff | 2 July 2024`, and `DRMby DRM` of glued links.
pub(crate) fn author(line: &str) -> Option<String> {
    if n_words(line) > 20 {
        return None;
    }
    if let Some(rest) = STARTS.iter().find_map(|start| line.strip_prefix(start)) {
        return name(rest);
    }
    // A logo's text runs into the line.
    let (logo, rest) = line.split_once("by ")?;
    (n_words(line) <= 6 && rest.starts_with(logo.trim())).then(|| name(rest)).flatten()
}

/// Returns the name that `rest` begins with, up to a separator or a date.
fn name(rest: &str) -> Option<String> {
    let rest = rest.split(['|', '•', '·', '—', '–']).next().unwrap_or_default();
    let before_date = dates::find(rest).and_then(|(_, span)| rest.get(..span.start));
    let rest = before_date.unwrap_or(rest);
    // `By A. Writer, Senior Technologist` names the office too.
    let name = rest.split_once(", ").map_or(rest, |(name, _)| name);
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '.' | '-'));
    let is_name = (1..=8).contains(&n_words(name)) && name.starts_with(char::is_alphabetic);
    // A sentence may begin with `By`: names go on in capitals (or in a script without them).
    let is_capital = !name.starts_with(char::is_lowercase)
        && !["the ", "a ", "an ", "this "].iter().any(|word| name.to_lowercase().starts_with(word));
    (is_name && is_capital).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: Option<&str>) {
        assert_eq!(author(line).as_deref(), expect);
    }

    #[test]
    fn names_of_bylines() {
        check("By A. Writer", Some("A. Writer"));
        check("By A. Writer, Senior Technologist April 5, 2018 | 6:00 AM", Some("A. Writer"));
        check("DRMby DRM", Some("DRM"));
        check("By the end of the day", None);
        check("Written nearby in a house", None);
    }
}
