//! A bound on nesting, before the tree is built: building one of a hundred thousand nested tags takes
//! hours, and walking it more stack than there is.

use std::borrow::Cow;

/// Deeper than any page that people wrote; beyond, tags are left out and their text stays.
const MAX_DEPTH: usize = 1_500;

/// Elements without an end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose end may be left out, so that many of them are not deep.
const OPTIONAL: [&str; 16] = [
    "body", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rp", "rt",
    "tbody", "td", "th", "tr",
];

/// Elements that hold text and no tags.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Returns `html` without the tags that are nested too deeply.
pub(in crate::extract) fn shallow(html: &str) -> Cow<'_, str> {
    // Nothing is deep that has few tags.
    if memchr::memchr_iter(b'<', html.as_bytes()).nth(MAX_DEPTH).is_none() {
        return Cow::Borrowed(html);
    }
    let mut kept: Option<String> = None;
    // Up to where everything is in `kept`.
    let mut done = 0;
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(tag) = Tag::next(html, at) {
        at = tag.end;
        if !tag.is_counted(html) {
            continue;
        }
        let is_deep = if tag.is_end { depth > MAX_DEPTH } else { depth >= MAX_DEPTH };
        depth = if tag.is_end { depth.saturating_sub(1) } else { depth + 1 };
        if is_deep {
            let kept = kept.get_or_insert_default();
            kept.push_str(html.get(done..tag.start).unwrap_or_default());
            kept.push(' ');
            done = tag.end;
        }
    }
    match kept {
        None => Cow::Borrowed(html),
        Some(mut kept) => {
            kept.push_str(html.get(done..).unwrap_or_default());
            Cow::Owned(kept)
        }
    }
}

/// A tag with its place.
struct Tag<'a> {
    start: usize,
    /// Behind `>`, or behind the end of a comment or of an element that holds no tags.
    end: usize,
    name: &'a str,
    is_end: bool,
}

impl<'a> Tag<'a> {
    /// Returns the next tag from `from` on.
    fn next(html: &'a str, from: usize) -> Option<Self> {
        let bytes = html.as_bytes();
        let start = from + memchr::memchr(b'<', bytes.get(from..)?)?;
        let rest = bytes.get(start..)?;
        if rest.starts_with(b"<!--") {
            let end = memchr::memmem::find(rest, b"-->").map_or(html.len(), |end| start + end + 3);
            return Some(Self { start, end, name: "", is_end: false });
        }
        let is_end = rest.get(1) == Some(&b'/');
        let name_at = start + 1 + usize::from(is_end);
        let n =
            bytes.get(name_at..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = html.get(name_at..name_at + n).unwrap_or_default();
        let mut end = memchr::memchr(b'>', rest).map_or(html.len(), |end| start + end + 1);
        if !is_end && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            let close = memchr::memmem::find(bytes.get(end..)?, b"</").map(|close| end + close);
            end = close.unwrap_or(html.len());
        }
        Some(Self { start, end, name, is_end })
    }

    /// Tells whether it makes the tree deeper, or less deep.
    fn is_counted(&self, html: &str) -> bool {
        let is = |list: &[&str]| list.iter().any(|name| name.eq_ignore_ascii_case(self.name));
        let closes_itself = html.get(self.start..self.end).is_some_and(|tag| tag.ends_with("/>"));
        !self.name.is_empty() && !is(&VOID) && !is(&OPTIONAL) && !is(&RAW) && !closes_itself
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_stays_as_it_is() {
        let page = "<p>One<p>Two<br><li>x".repeat(5_000) + "<div></div><!-- <div> -->";
        assert!(matches!(shallow(&page), Cow::Borrowed(_)));
        let scripts = "<script>a='<div><div>'</script><b>x</b>".repeat(3_000);
        assert!(matches!(shallow(&scripts), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_too_deep_loses_its_tags_and_no_text() {
        let deep = "<div>".repeat(9_000) + "text" + &"</div>".repeat(9_000) + "<i>after</i>";
        let kept = shallow(&deep);
        assert_eq!(kept.matches("<div>").count(), kept.matches("</div>").count());
        assert_eq!(kept.matches("<div>").count(), MAX_DEPTH);
        assert!(kept.contains("text") && kept.ends_with("<i>after</i>"));
    }
}
