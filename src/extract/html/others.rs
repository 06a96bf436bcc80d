//! What stands on a page below its article and is not of it: comments that say so in their heading, and
//! whole further stories, as pages hold them that never end.
//!
//! Either may be many times as long as the article. So no measure of length finds them, but only what they
//! say of themselves: a heading of comments, a headline beside the headline of the page.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::blocks::Block;
use crate::extract::dates;
use crate::model::Role;

/// Words of an article, of each further story.
const MIN_STORY_WORDS: usize = 60;

/// Marks the blocks of comments and of further stories; `title` is what the page says it is called.
pub(super) fn mark(document: &Document, blocks: &mut [Block], title: Option<&str>) {
    let mut is_other = vec![false; blocks.len()];
    comments(document, blocks, &mut is_other);
    if let Some(title) = title {
        stories(document, blocks, title, &mut is_other);
    }
    if !is_other.contains(&true) {
        return;
    }
    // An element that holds others alone is hidden from whoever chooses by elements.
    let mut of_article: HashSet<NodeId> = HashSet::new();
    for (block, _) in blocks.iter().zip(&is_other).filter(|(_, is_other)| !**is_other) {
        of_article.extend(around(document, block));
    }
    for (block, is_other) in blocks.iter_mut().zip(is_other).filter(|(_, is_other)| *is_other) {
        block.is_other = is_other;
        block.is_nav = true;
        if !of_article.contains(&block.element)
            && let Some(element) = document.tree.get(&block.element)
        {
            element.set_attr("hidden", "");
        }
    }
}

/// Returns the elements around a block, from the innermost.
fn around<'a>(document: &'a Document, block: &Block) -> impl Iterator<Item = NodeId> + 'a {
    let innermost = document.tree.get(&block.element);
    std::iter::successors(innermost, NodeRef::parent).map(|node| node.id)
}

/// Marks what follows a heading `27 comments` in the element of that heading.
fn comments(document: &Document, blocks: &[Block], is_other: &mut [bool]) {
    let mut n_told = 0;
    for (idx, block) in blocks.iter().enumerate() {
        if block.n_words >= 15 && block.link_share() < 0.3 && !block.is_nav {
            n_told += block.n_words;
        }
        // A page of comments alone is about them.
        if n_told < MIN_STORY_WORDS || is_other.get(idx) != Some(&false) {
            continue;
        }
        // A link to the comments stands over the article.
        let is_link = block.link_share() >= 0.5 && block.role != Role::Heading;
        if is_link || !is_comments_heading(&block.text) {
            continue;
        }
        let rest = blocks.get(idx + 1..).unwrap_or_default();
        let Some(next) = rest.first() else { continue };
        // The innermost element that holds more than the heading.
        let of_next: HashSet<NodeId> = around(document, next).collect();
        let Some(home) = around(document, block).find(|element| of_next.contains(element)) else {
            continue;
        };
        let level = heading(document, block).and_then(|heading| heading.node_name());
        let is_next = |block: &Block| {
            let other = heading(document, block).and_then(|heading| heading.node_name());
            level.is_some() && other == level
        };
        let said = rest
            .iter()
            .take_while(|block| around(document, block).any(|node| node == home))
            .take_while(|block| !is_next(block));
        let n_said = said.clone().count();
        // Of what people wrote, the hour or day stands beside it, once for each; a chapter `Comments`
        // has one at most, and no count in its name.
        let is_counted = block.text.bytes().any(|byte| byte.is_ascii_digit());
        let n_stamps = said.take(MAX_TO_STAMP).filter(|block| is_stamp(block)).count();
        if n_stamps >= if is_counted { 1 } else { 2 } {
            is_other.iter_mut().skip(idx).take(n_said + 1).for_each(|is_other| *is_other = true);
        }
    }
}

/// Words for what readers write below a text.
const COMMENTS: [&str; 18] = [
    "comment",
    "comments",
    "kommentar",
    "kommentare",
    "commentaire",
    "commentaires",
    "comentario",
    "comentarios",
    "comentário",
    "comentários",
    "commento",
    "commenti",
    "reacties",
    "komentarze",
    "kommentarer",
    "yorumlar",
    "комментарии",
    "تبصرے",
];

/// Tells whether a line is the heading of comments.
fn is_comments_heading(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let n_counts = words.clone().filter(|word| is_number(word)).count();
    let rest: Vec<&str> = words.by_ref().filter(|word| !is_number(word)).collect();
    // `3 comments on “Order reserved”` names the story behind it.
    match rest.as_slice() {
        [word] => COMMENTS.contains(word),
        [word, "on" | "to" | "zu" | "sur" | "en", ..] | ["reader" | "user", word] => {
            n_counts > 0 && COMMENTS.contains(word)
        }
        _ => false,
    }
}

/// Blocks below a heading of comments among which the first says when it was written.
const MAX_TO_STAMP: usize = 20;

/// Tells whether a short line says when something was written: `13. 01. 2020, 19:43`, `2 hours ago`.
fn is_stamp(block: &Block) -> bool {
    if block.n_words > 15 {
        return false;
    }
    let text = &block.text;
    let bytes = text.as_bytes();
    let is_clock = |at: &[u8]| matches!(at, [a, b':' | b'h', c, d] if a.is_ascii_digit() && c.is_ascii_digit() && d.is_ascii_digit());
    bytes.windows(4).any(is_clock)
        || text.to_lowercase().ends_with(" ago")
        || dates::date_in(text).is_some()
}

/// Marks further stories: elements beside the one that holds the page's headline, of its kind, each with a
/// headline of the same level.
fn stories(document: &Document, blocks: &[Block], title: &str, is_other: &mut [bool]) {
    let title = letters(title);
    let headings = || {
        blocks.iter().enumerate().filter_map(|(idx, block)| {
            let of_heading = heading(document, block).filter(|_| block.role == Role::Heading)?;
            Some((idx, of_heading))
        })
    };
    let says_title = |text: &str| {
        let text = letters(text);
        text.chars().count() >= 8 && (title.starts_with(&text) || text.starts_with(&title))
    };
    let first = headings().find(|(idx, _)| {
        blocks.get(*idx).is_some_and(|block| !block.is_nav && says_title(&block.text))
    });
    let Some((first_idx, first)) = first.filter(|_| !title.is_empty()) else { return };
    let Some(level) = first.node_name() else { return };
    let own_text = blocks.get(first_idx).map(|block| letters(&block.text)).unwrap_or_default();
    let mut sizes: HashMap<NodeId, usize> = HashMap::new();
    for block in blocks.iter().filter(|block| block.link_share() < 0.5) {
        for element in around(document, block) {
            *sizes.entry(element).or_default() += block.n_words;
        }
    }
    let is_article = |element: &NodeRef<'_>| {
        &*level == "h1" && element.node_name().as_deref() == Some("article")
    };
    let is_story =
        |element: &NodeRef<'_>| sizes.get(&element.id).is_some_and(|size| *size >= MIN_STORY_WORDS);
    let chain: Vec<NodeRef<'_>> = std::iter::successors(Some(first), NodeRef::parent).collect();
    let places: HashMap<NodeId, usize> =
        chain.iter().enumerate().map(|(at, element)| (element.id, at)).collect();
    let mut found: HashSet<NodeId> = HashSet::new();
    for (idx, other) in headings().filter(|(idx, _)| *idx > first_idx) {
        let Some(block) = blocks.get(idx) else { continue };
        // `Re: …` answers the same.
        let is_reply = letters(&block.text).contains(&own_text);
        if other.node_name().as_deref() != Some(&*level) || is_reply || says_title(&block.text) {
            continue;
        }
        // A day of a diary says so in its heading.
        if dates::date_in(&block.text).is_some() {
            continue;
        }
        // Where the two part, they stand in elements of one kind.
        let elements = std::iter::successors(Some(other), NodeRef::parent);
        let mut below = None;
        for element in elements {
            let Some(&at) = places.get(&element.id) else {
                below = Some(element);
                continue;
            };
            if let (Some(own), Some(below)) = (chain.get(at.wrapping_sub(1)), below)
                && is_alike(own, &below)
                && is_story(own)
                && is_story(&below)
                && (block.link_share() >= 0.9
                    || is_dated(document, blocks, &below, idx)
                        && (is_article(own) || is_dated(document, blocks, own, first_idx)))
            {
                found.insert(below.id);
            }
            break;
        }
    }
    if found.is_empty() {
        return;
    }
    for (block, is_other) in blocks.iter().zip(is_other) {
        *is_other |= around(document, block).any(|element| found.contains(&element));
    }
}

/// Blocks before and behind the headline of a story among which its day stands.
const MAX_HEAD: usize = 8;

/// Tells whether a day stands in a line near the headline `idx` of an element, as one does in a story and
/// none in a chapter.
fn is_dated(document: &Document, blocks: &[Block], element: &NodeRef<'_>, idx: usize) -> bool {
    let near = blocks.iter().skip(idx.saturating_sub(MAX_HEAD)).take(2 * MAX_HEAD);
    let mut lines = near.filter(|block| block.n_words <= 15);
    lines.any(|block| {
        dates::date_in(&block.text).is_some()
            && around(document, block).any(|node| node == element.id)
    })
}

/// Returns the `h1` to `h6` that holds a block.
fn heading<'a>(document: &'a Document, block: &Block) -> Option<NodeRef<'a>> {
    let innermost = document.tree.get(&block.element);
    std::iter::successors(innermost, NodeRef::parent).take(3).find(|node| {
        node.node_name()
            .is_some_and(|name| matches!(&*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    })
}

/// Returns an element's name and first class without its number: `article`, `list__item`.
pub(super) fn kind(element: &NodeRef<'_>) -> (String, String) {
    let name = element.node_name().map(|name| name.to_string()).unwrap_or_default();
    let class = element.attr("class").unwrap_or_default();
    let class = class.split_whitespace().next().unwrap_or_default();
    (name, class.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned())
}

/// Tells whether two elements are of one make: their name and classes, but for their numbers and places.
fn is_alike(one: &NodeRef<'_>, other: &NodeRef<'_>) -> bool {
    let classes = |element: &NodeRef<'_>| -> Vec<String> {
        let class = element.attr("class").unwrap_or_default();
        let all = class.split_whitespace().filter(|class| {
            !class.bytes().any(|byte| byte.is_ascii_digit())
                && !["first", "last", "odd", "even", "active"].iter().any(|at| class.contains(at))
        });
        let mut all: Vec<String> = all.map(str::to_owned).collect();
        all.sort_unstable();
        all
    };
    one.node_name() == other.node_name() && classes(one) == classes(other)
}

/// Returns the letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use crate::extract::Job;
    use crate::extract::Limits;
    use crate::extract::html::read;
    use crate::model::Role;

    /// Returns the texts of the main part.
    #[track_caller]
    fn main_part(page: &str) -> Vec<String> {
        let limits = Limits::default();
        let job =
            Job { name: "x.html", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        let read = read(page.as_bytes(), &job).unwrap();
        let page = &read.pages[0];
        let main = page.paragraphs.iter().filter(|p| p.role != Role::Navigation);
        main.map(|p| page.paragraph_text(p).to_owned()).collect()
    }

    /// Returns paragraphs that no one would take for a menu.
    fn told(who: &str, n: usize) -> String {
        let one = |n| {
            format!(
                "<p>The {who} {n} heard both sides for the whole of the day, and it reserved the order until the \
                 first week of the month that follows.</p>"
            )
        };
        (0..n).map(one).collect()
    }

    #[test]
    fn comments_under_their_own_heading_are_not_the_article() {
        let page = |heading: &str, stamp: &str| {
            let said: String = (0..20)
                .map(|n| format!("<li><i>Reader {n}</i><br><br>{stamp}{}</li>", told("reader", 2)))
                .collect();
            format!(
                "<title>Order reserved</title><body><div class=k1><h1>Order reserved</h1>{}</div>\
                 <div class=k2><h2>{heading}</h2><div><ul>{said}</ul></div></div></body>",
                told("bench", 5)
            )
        };
        let main = main_part(&page("27 commentaires", "<b>27 juin 2018 @19h45</b><br><br>"));
        assert_eq!(main.len(), 6, "{main:#?}");
        // A chapter of that name says no hours.
        assert!(main_part(&page("Comments", "")).iter().any(|text| text.contains("The reader")));
    }

    #[test]
    fn chapters_annexes_and_days_of_a_report_are_its_text() {
        // A chapter `Comments` with one day in it ends at the next heading.
        let page = format!(
            "<title>The camps</title><body><main><h1>The camps</h1>{}<h2>Comments</h2><h3>5 March 2019</h3>{}\
             <h2>Recommendations</h2>{}</main></body>",
            told("bench", 5),
            told("clerk", 3),
            told("jury", 3)
        );
        let main = main_part(&page);
        assert!(main.iter().any(|text| text.contains("clerk")), "{main:#?}");
        assert!(main.iter().any(|text| text.contains("jury")), "{main:#?}");
        // An annex has no day of its own.
        let page = format!(
            "<title>The camps</title><body><article><h1>The camps</h1>{}</article>\
             <article><h1>Annex: what was told</h1>{}</article></body>",
            told("bench", 5),
            told("clerk", 5)
        );
        assert!(main_part(&page).iter().any(|text| text.contains("clerk")));
        // A day of a diary is named by its day.
        let day =
            |day: &str, who: &str| format!("<div class=day><h2>{day}</h2>{}</div>", told(who, 4));
        let page = format!(
            "<title>5 March 2019</title><body><main>{}{}</main></body>",
            day("5 March 2019", "bench"),
            day("6 March 2019", "clerk")
        );
        assert!(main_part(&page).iter().any(|text| text.contains("clerk")));
    }

    #[test]
    fn a_count_of_comments_over_an_article_hides_nothing() {
        let page = format!(
            "<title>Order reserved</title><body><main><p>{}</p><h1>Order reserved</h1>\
             <p><a href='#c'>2 comments</a></p><p>5 November 2021</p>{}</main></body>",
            "A note that the paper sets over each of its stories, at length. ".repeat(8),
            told("bench", 6)
        );
        assert_eq!(main_part(&page).iter().filter(|text| text.contains("The bench")).count(), 6);
    }

    #[test]
    fn further_stories_of_a_page_without_end_are_others() {
        let story = |title: &str, who: &str, day: &str| {
            format!(
                "<article class='list__item is-{who}1' id={who}><header><h2>{title}</h2></header>\
                 <div class=detail><time>{day}</time>{}<h3>What the {who} said</h3>{}</div></article>",
                told(who, 4),
                told(&format!("second {who}"), 2)
            )
        };
        let page = |days: [&str; 3]| {
            format!(
                "<title>Order reserved | Watch</title><body><main>{}{}{}</main></body>",
                story("Order reserved", "bench", days[0]),
                story("Another matter", "jury", days[1]),
                story("A third thing", "clerk", days[2])
            )
        };
        let main = main_part(&page(["5 November 2021", "4 November 2021", "3 November 2021"]));
        assert!(!main.iter().any(|text| text.contains("jury") || text.contains("clerk")));
        assert_eq!(main.iter().filter(|text| text.contains("bench")).count(), 7, "{main:#?}");
        // Chapters have no days of their own.
        let main = main_part(&page(["", "", ""]));
        assert_eq!(main.iter().filter(|text| text.contains("clerk")).count(), 7, "{main:#?}");
    }

    #[test]
    fn answers_of_a_thread_stay_with_their_question() {
        let post = |title: &str, who: &str| {
            format!(
                "<div class=post><h2>{title}</h2><p>5 November 2021, 10:59</p>{}</div>",
                told(who, 4)
            )
        };
        let page = format!(
            "<title>Order reserved</title><body><div>{}{}</div></body>",
            post("Order reserved", "bench"),
            post("Re: Order reserved", "jury")
        );
        assert!(main_part(&page).iter().any(|text| text.contains("jury")));
    }

    #[test]
    fn names_of_comments_are_believed_beside_an_article() {
        let said = told("reader", 30);
        let page = |name: &str| {
            format!(
                "<title>Order reserved</title><body><article class=k><h1>Order reserved</h1>{}</article>\
                 <div class={name}><ul class=thread>{said}</ul></div></body>",
                told("bench", 6)
            )
        };
        assert_eq!(main_part(&page("sect_commentlinks")).len(), 7);
        // What the paper itself writes is a commentary.
        assert!(main_part(&page("commentary")).len() > 7);
    }

    #[test]
    fn teasers_below_an_article_are_not_its_text_however_many() {
        let teaser = |n: usize| {
            format!(
                "<div class='item item-{n}'><p>The ministry of the province {n} told the press on Monday that the \
                 roads, the schools and the wells of the {n} villages would be seen to, and that nobody who had \
                 lost a house in the flood need wait for another year, as had been feared in the towns.</p>\
                 <a href=s{n}>Read more</a></div>"
            )
        };
        let page = |below: &str| {
            let cards: String = (0..9).map(teaser).collect();
            format!(
                "<title>Order reserved</title><body><div class=k1><h1>Order reserved</h1>{}</div>\
                 <div class=k2>{cards}</div>{below}</body>",
                told("bench", 6)
            )
        };
        let main = main_part(&page(""));
        assert_eq!(main.len(), 7, "{main:#?}");
        // What stands amid a text belongs to it.
        let main = main_part(&page(&format!("<div class=k1>{}</div>", told("jury", 6))));
        assert!(main.iter().any(|text| text.contains("the wells of the 8")), "{main:#?}");
    }

    #[test]
    fn a_text_for_narrow_screens_and_for_wide_ones_is_said_once() {
        let lines = "<h3>The fees</h3><ul><li>Rs 500 for a copy</li><li>Rs 900 for two</li></ul>";
        let text = format!("<div>{}{lines}{}</div>", told("bench", 3), told("other bench", 3));
        let page = format!(
            "<title>Order reserved</title><body><div><h1>Order reserved</h1><div>{text}</div><div>{text}</div>\
             </div></body>"
        );
        let main = main_part(&page);
        assert_eq!(main.len(), 10, "{main:#?}");
    }
}
