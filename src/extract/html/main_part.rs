//! Which blocks of a page are its main part.
//!
//! Readability's choice (by `dom_smoothie`) is carried over to our blocks by the numbers of their
//! elements. Then what names itself comments or related stories is taken out, and prose that stands
//! between chosen blocks is put back: a paragraph lost cannot be quoted.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::blocks::{self, Block};
use super::meta;
use crate::extract::clean::ends_sentence;
use crate::model::Role;

/// The attribute that carries an element's number through Readability.
const MARK: &str = "data-misl-node";

/// Elements of a page past which Readability is not asked; it walks a page many times over.
const MAX_ELEMENTS: usize = 200_000;

/// Returns for each block whether it belongs to the main part; `title` is what the page says it is called.
pub(super) fn choose(document: &Document, blocks: &[Block], title: Option<&str>) -> Vec<bool> {
    let Some(chosen) = readability(document).filter(|_| blocks.iter().any(is_prose)) else {
        return without_prose(document, blocks, title);
    };
    let mut is_main: Vec<bool> =
        blocks.iter().map(|block| !block.is_other && chosen.holds(block)).collect();
    drop_furniture(blocks, &mut is_main);
    if let Some(wider) = wider(document, blocks, &is_main, title) {
        return wider;
    }
    take_body(blocks, &mut is_main);
    let start = is_main.iter().position(|&is_main| is_main).unwrap_or(0);
    fill_gaps(blocks, &mut is_main, start);
    is_main
}

/// Returns what is taken in place of a choice that left most of the page out: of a report, a statute, a page
/// of several stories Readability takes one part of many.
///
/// Most of a page may also be menus, tables and forms around a short story. So what was left out must be
/// running text as well.
fn wider(
    document: &Document,
    blocks: &[Block],
    is_main: &[bool],
    title: Option<&str>,
) -> Option<Vec<bool>> {
    let prose = by_prose(blocks);
    if words(blocks, is_main) * 4 >= words(blocks, &prose) {
        return None;
    }
    let is_told: Vec<bool> =
        blocks.iter().zip(is_main).map(|(block, is_main)| *is_main && is_prose(block)).collect();
    let n_chosen = words(blocks, &is_told);
    let n_prose: usize = blocks.iter().filter(|block| is_prose(block)).map(|b| b.n_words).sum();
    if n_chosen == 0 || n_chosen * 2 < n_prose {
        return Some(prose);
    }
    if n_chosen >= MIN_STORY_WORDS {
        return None;
    }
    // Of a recipe, a price list, a caption with its story, little is running text.
    let headline = meta::headline(blocks, is_main, title);
    Some(within(document, blocks, &prose, |idx| {
        headline == Some(idx) || is_told.get(idx) == Some(&true)
    }))
}

/// Words of running text from which it is a story by itself.
const MIN_STORY_WORDS: usize = 100;

/// Chooses on a page without running text: what says that it holds the article, with its headline.
fn without_prose(document: &Document, blocks: &[Block], title: Option<&str>) -> Vec<bool> {
    let all = by_prose(blocks);
    let mut sizes: HashMap<NodeId, usize> = HashMap::new();
    for (block, _) in blocks.iter().zip(&all).filter(|(_, is_main)| **is_main) {
        if let Some(body) = block.body.filter(|_| block.link_share() < 0.5) {
            *sizes.entry(body).or_default() += block.n_words;
        }
    }
    let most = sizes.into_iter().max_by_key(|(id, size)| (*size, std::cmp::Reverse(*id)));
    let Some((body, _)) = most.filter(|(_, size)| *size >= MIN_NOTE_WORDS) else { return all };
    let headline = meta::headline(blocks, &all, title);
    within(document, blocks, &all, |idx| {
        headline == Some(idx) || blocks.get(idx).is_some_and(|block| block.body == Some(body))
    })
}

/// Words of the shortest article.
const MIN_NOTE_WORDS: usize = 15;

/// Keeps of `is_main` what stands in the innermost element around all blocks that `is_inside` names.
fn within(
    document: &Document,
    blocks: &[Block],
    is_main: &[bool],
    is_inside: impl Fn(usize) -> bool,
) -> Vec<bool> {
    let elements = |block: &Block| {
        let innermost = document.tree.get(&block.element);
        std::iter::successors(innermost, NodeRef::parent).map(|node| node.id)
    };
    // From the innermost out; what does not hold the next block is dropped.
    let mut common: Option<Vec<NodeId>> = None;
    for (idx, block) in blocks.iter().enumerate() {
        if is_inside(idx) {
            let around: HashSet<NodeId> = elements(block).collect();
            match &mut common {
                None => common = Some(elements(block).collect()),
                Some(common) => common.retain(|element| around.contains(element)),
            }
        }
    }
    let Some(element) = common.and_then(|common| common.first().copied()) else {
        return is_main.to_vec();
    };
    let is_in = |block: &Block| elements(block).any(|around| around == element);
    blocks.iter().zip(is_main).map(|(block, is_main)| *is_main && is_in(block)).collect()
}

/// Adds what belongs to the article once its headline is known: its own prose between the headline and
/// the first chosen text, and what introduces it there; `description` is what the page says it is about.
pub(super) fn complete(
    blocks: &[Block],
    is_main: &mut [bool],
    headline: Option<usize>,
    description: Option<&str>,
) {
    // A picture and its caption may stand between lines that were chosen already.
    let first = |is_text: fn(&Block) -> bool| {
        is_main.iter().zip(blocks).position(|(&is_main, block)| is_main && is_text(block))
    };
    let text = first(is_prose).or_else(|| first(|block| block.role != Role::Heading));
    let (Some(headline), Some(text)) = (headline, text) else {
        drop_menus(blocks, is_main, usize::MAX);
        return;
    };
    let description = description.map(letters).unwrap_or_default();
    let introduces = |block: &Block| {
        if block.is_nav || block.furniture.is_some() || block.link_share() >= 0.3 {
            return false;
        }
        let of_page = || {
            let text = letters(&block.text);
            text.len() >= 40
                && (description.starts_with(&text)
                    || text.starts_with(&description) && description.len() >= 40)
        };
        match block.role {
            Role::Caption => block.n_words >= 4,
            Role::List | Role::Table => false,
            _ => {
                block.is_lead && block.n_words >= 5
                    || block.n_words >= 10 && ends_sentence(&block.text)
                    || of_page()
            }
        }
    };
    // Far below its headline stands no introduction, but another story.
    if text > headline && text - headline <= MAX_INTRODUCTION {
        for (block, is_main) in blocks.iter().zip(is_main.iter_mut()).take(text).skip(headline + 1)
        {
            *is_main |= introduces(block);
        }
    }
    add_lead_caption(blocks, is_main, headline, text);
    fill_gaps(blocks, is_main, headline);
    add_own_prose(blocks, is_main);
    add_neighbours(blocks, is_main, headline);
    add_headings(blocks, is_main);
    for (block, is_main) in blocks.iter().zip(is_main.iter_mut()) {
        *is_main &= !block.is_alt;
    }
    for (block, is_main) in blocks.iter().zip(is_main.iter_mut()) {
        *is_main &= !is_appeal(block);
    }
    drop_repeated(blocks, is_main);
    drop_menus(blocks, is_main, headline);
    drop_invitations(blocks, is_main);
    drop_rest(blocks, is_main, headline);
}

/// Takes out what a page says a second time, for narrow and for wide screens: its paragraphs, and between
/// them its headings, items and rows, which by themselves may well be said twice.
fn drop_repeated(blocks: &[Block], is_main: &mut [bool]) {
    let refrains = refrains(blocks, is_main);
    let mut seen: HashMap<&str, NodeId> = HashMap::new();
    let mut said: HashSet<&str> = HashSet::new();
    // Since the last paragraph: whether that was said before, and the short lines that were.
    let mut in_repeat = false;
    let mut short: Vec<usize> = Vec::new();
    for (idx, block) in blocks.iter().enumerate() {
        if is_main.get(idx) != Some(&true) {
            continue;
        }
        let text = block.text.as_str();
        if !is_told(block) {
            if !said.insert(text) && in_repeat {
                short.push(idx);
            }
            continue;
        }
        in_repeat =
            *seen.entry(text).or_insert(block.around) != block.around && !refrains.contains(&idx);
        if in_repeat {
            short.push(idx);
            drop_all(&mut short, is_main);
        }
        short.clear();
    }
    if in_repeat {
        drop_all(&mut short, is_main);
    }
}

/// Tells whether a block is a paragraph that is hardly said twice by chance.
const fn is_told(block: &Block) -> bool {
    block.n_words >= 15 && !matches!(block.role, Role::Table | Role::List)
}

/// Returns the paragraphs that are said again as part of another section, as a report says under each case
/// what was done about it: those before and behind it are new, and its section has a heading and another one.
fn refrains(blocks: &[Block], is_main: &[bool]) -> HashSet<usize> {
    let told: Vec<(usize, &Block)> = blocks
        .iter()
        .enumerate()
        .filter(|(idx, block)| is_main.get(*idx) == Some(&true) && is_told(block))
        .collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (_, block)) in told.iter().enumerate() {
        places.entry(block.text.as_str()).or_default().push(at);
    }
    let is_new = |at: usize| {
        told.get(at).is_none_or(|(_, block)| {
            places.get(block.text.as_str()).is_none_or(|places| places.len() == 1)
        })
    };
    let headed: HashSet<NodeId> = blocks
        .iter()
        .filter(|block| block.role == Role::Heading)
        .map(|block| block.around)
        .collect();
    let sections: HashSet<NodeId> = told
        .iter()
        .enumerate()
        .filter(|(at, (_, block))| is_new(*at) && headed.contains(&block.around))
        .map(|(_, (_, block))| block.around)
        .collect();
    let is_part = |at: usize| {
        let block = told.get(at).map(|(_, block)| block);
        block.is_some_and(|block| sections.contains(&block.around))
            && at.checked_sub(1).is_none_or(is_new)
            && is_new(at + 1)
    };
    let again = places.values().filter(|places| places.len() > 1);
    let refrains = again.filter(|places| places.iter().all(|at| is_part(*at)));
    refrains.flatten().filter_map(|at| told.get(*at).map(|(idx, _)| *idx)).collect()
}

fn drop_all(idxs: &mut Vec<usize>, is_main: &mut [bool]) {
    for idx in idxs.drain(..) {
        if let Some(is_main) = is_main.get_mut(idx) {
            *is_main = false;
        }
    }
}

/// Adds what is said under a picture that stands above the headline, inside the article.
fn add_lead_caption(blocks: &[Block], is_main: &mut [bool], headline: usize, text: usize) {
    let Some(article) = blocks.get(text).and_then(|block| block.article) else { return };
    let first = headline.saturating_sub(MAX_LEAD);
    for (block, is_main) in blocks.iter().zip(is_main).take(headline).skip(first) {
        *is_main |= block.role == Role::Caption
            && block.article == Some(article)
            && block.n_words >= 8
            && block.link_share() < 0.3
            && !block.is_nav
            && block.furniture.is_none();
    }
}

/// Blocks above a headline among which its picture stands.
const MAX_LEAD: usize = 10;

/// Takes out lines that are links to other stories: `Read more: …`, set between paragraphs of this one.
fn drop_invitations(blocks: &[Block], is_main: &mut [bool]) {
    // A page that is a list of links keeps them.
    let n_links = |is_main: &[bool]| {
        let chosen = blocks.iter().zip(is_main).filter(|(_, is_main)| **is_main);
        chosen.filter(|(block, _)| is_invitation(block)).count()
    };
    let n_prose =
        blocks.iter().zip(&*is_main).filter(|(b, is_main)| **is_main && is_prose(b)).count();
    if n_links(is_main) * 2 > n_prose {
        return;
    }
    // What stands before the text introduces it, link or not.
    let first = blocks.iter().zip(&*is_main).position(|(b, is_main)| *is_main && is_prose(b));
    for (block, is_main) in blocks.iter().zip(is_main).skip(first.unwrap_or(0)) {
        *is_main &= !is_invitation(block);
    }
}

fn is_invitation(block: &Block) -> bool {
    block.role == Role::Body
        && block.n_words >= 4
        && block.link_share() >= 0.7
        && (block.link_share() >= 0.95 && !ends_sentence(&block.text)
            || INVITATIONS.iter().any(|start| {
                let text = block.text.trim_start_matches(['[', '(', '»', '>', '•', ' ']);
                text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
            }))
}

/// Tells whether a short text is the paper speaking of itself to its readers: `Sign up to our newsletter`.
fn is_appeal(block: &Block) -> bool {
    let text = block.text.trim_start_matches(['[', '(', '*', '-', '—', ' ']);
    let owns =
        |start: &str| text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start));
    // `Copyright 2020 The Paper`, not `Copyright is a right`.
    if block.n_words <= 30
        && (owns("copyright") || owns("©"))
        && (text.contains("19") || text.contains("20"))
        && text.to_lowercase().contains("rights reserved")
    {
        return true;
    }
    block.n_words <= 30
        && block.role != Role::Table
        && APPEALS.iter().any(|start| {
            text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
                && !text.get(start.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        })
        // What people report begins alike: `Advertisement was banned by the court.`
        && (!text.get(..13).is_some_and(|text| text.eq_ignore_ascii_case("advertisement"))
            || block.n_words <= 2)
}

/// How papers speak of themselves.
const APPEALS: [&str; 27] = [
    "advertisement",
    "article continues",
    "bookmark the permalink",
    "click here to",
    "continue reading",
    "download the app",
    "filed under",
    "follow us",
    "get the latest",
    "like us on",
    "listen to this article",
    "loading",
    "more on this story",
    "never miss",
    "posted in",
    "recommended for you",
    "related articles",
    "related stories",
    "scroll to continue",
    "share on",
    "share this",
    "sign up",
    "story continues",
    "subscribe",
    "this entry was posted",
    "yes! sign me up",
    "you may also like",
];

/// How links to other stories begin.
const INVITATIONS: [&str; 8] =
    ["read more", "read also", "read:", "also read", "see also", "more:", "related", "watch:"];

/// Takes out what is left over at the end: headings of lists that were not chosen, and short lines of
/// other elements (`Comments`, the names of categories) behind the last sentence.
fn drop_rest(blocks: &[Block], is_main: &mut [bool], headline: usize) {
    let is_sentence = |block: &Block| {
        block.role != Role::Heading
            && block.author.is_none()
            && (block.n_words >= 3 && ends_sentence(&block.text) || block.n_words >= 15)
    };
    let chosen = |is_main: &[bool]| {
        let numbers = is_main.iter().enumerate().filter(|(_, is_main)| **is_main);
        numbers.map(|(idx, _)| idx).collect::<Vec<_>>()
    };
    let all = chosen(is_main);
    let Some(end) = all.iter().rposition(|&idx| blocks.get(idx).is_some_and(is_sentence)) else {
        return;
    };
    let (text, rest) = all.split_at(end + 1);
    let homes: HashSet<NodeId> = text
        .iter()
        .filter_map(|&idx| blocks.get(idx))
        .filter(|b| is_sentence(b))
        .map(|block| block.around)
        .collect();
    for &idx in rest {
        let (Some(block), Some(is_main)) = (blocks.get(idx), is_main.get_mut(idx)) else {
            continue;
        };
        let is_kept =
            matches!(block.role, Role::Table | Role::Footnote | Role::Quote | Role::Caption)
                || block.role != Role::Heading && homes.contains(&block.around);
        *is_main = is_kept || idx == headline;
    }
}

/// Blocks between a headline and its text past which nothing is its introduction.
const MAX_INTRODUCTION: usize = 40;

/// Returns the letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes the text of the element that says it holds the article, where Readability chose another.
fn take_body(blocks: &[Block], is_main: &mut [bool]) {
    let is_body_prose = |block: &Block| block.body.is_some() && is_prose(block);
    let mut sizes: HashMap<NodeId, usize> = HashMap::new();
    for block in blocks.iter().filter(|block| is_body_prose(block)) {
        if let Some(body) = block.body {
            *sizes.entry(body).or_default() += block.n_words;
        }
    }
    let Some((&body, &size)) =
        sizes.iter().max_by_key(|(id, size)| (**size, std::cmp::Reverse(**id)))
    else {
        return;
    };
    let chosen =
        blocks.iter().zip(is_main.iter()).filter(|(block, is_main)| **is_main && is_prose(block));
    if chosen.map(|(block, _)| block.n_words).sum::<usize>() >= size {
        return;
    }
    for (block, is_main) in blocks.iter().zip(is_main) {
        *is_main |= block.body == Some(body)
            && !block.is_nav
            && block.furniture.is_none()
            && block.link_share() < 0.5;
    }
}

/// Puts back the prose of the elements that hold most of what was chosen: an article's first and last
/// paragraphs are its own, wherever the choice begins and ends.
fn add_own_prose(blocks: &[Block], is_main: &mut [bool]) {
    for around in [|block: &Block| block.body, |block: &Block| block.article] {
        let mut sizes: HashMap<NodeId, usize> = HashMap::new();
        let mut total = 0;
        for (block, _) in blocks.iter().zip(is_main.iter()).filter(|(_, is_main)| **is_main) {
            total += block.n_words;
            if let Some(element) = around(block) {
                *sizes.entry(element).or_default() += block.n_words;
            }
        }
        let most = sizes.into_iter().find(|(_, size)| size * 2 > total).map(|(element, _)| element);
        if let Some(element) = most {
            for (block, is_main) in blocks.iter().zip(is_main.iter_mut()) {
                *is_main |= around(block) == Some(element) && is_prose(block);
            }
        }
    }
}

/// Puts back the short sentences of the element whose prose is most of what was chosen, behind the headline:
/// where text is parted by breaks alone, or the choice fell on something else, long ones are not all of it.
fn add_neighbours(blocks: &[Block], is_main: &mut [bool], headline: usize) {
    let mut sizes: HashMap<NodeId, usize> = HashMap::new();
    let mut total = 0;
    let told = blocks.iter().zip(is_main.iter()).filter(|(b, is_main)| **is_main && is_prose(b));
    for (block, _) in told {
        total += block.n_words;
        *sizes.entry(home(block)).or_default() += block.n_words;
    }
    let most = sizes.into_iter().find(|(_, size)| size * 2 > total).map(|(element, _)| element);
    let Some(element) = most else { return };
    for (block, is_main) in blocks.iter().zip(is_main.iter_mut()).skip(headline) {
        *is_main |= home(block) == element
            && block.role == Role::Body
            && block.n_words >= 5
            && ends_sentence(&block.text)
            && block.link_share() < 0.25
            && !block.is_nav
            && !block.is_other
            && block.furniture.is_none();
    }
}

/// Puts back a heading between two lines that were chosen: it stands over the second.
fn add_headings(blocks: &[Block], is_main: &mut [bool]) {
    for (at, three) in blocks.windows(3).enumerate() {
        let [_, heading, _] = three else { continue };
        let is_between = is_main.get(at) == Some(&true) && is_main.get(at + 2) == Some(&true);
        let is_own = heading.role == Role::Heading
            && heading.link_share() < 0.5
            && !heading.is_nav
            && heading.furniture.is_none();
        if let Some(is_main) = is_main.get_mut(at + 1).filter(|_| is_between && is_own) {
            *is_main = true;
        }
    }
}

/// Returns the element that holds a paragraph beside others.
fn home(block: &Block) -> NodeId {
    if block.is_paragraph { block.around } else { block.element }
}

/// Short links in a row from which they are a menu.
const MIN_MENU: usize = 4;

/// Takes out rows of short links above the headline or the text, unless links are what the page is about.
/// Below it they may be sources.
fn drop_menus(blocks: &[Block], is_main: &mut [bool], headline: usize) {
    let chosen: Vec<usize> =
        (0..blocks.len()).filter(|idx| is_main.get(*idx) == Some(&true)).collect();
    let is_link = |idx: &usize| {
        blocks.get(*idx).is_some_and(|block| {
            block.link_share() >= 0.9 && block.n_words <= 5 && *idx != headline
        })
    };
    let n_said: usize = chosen
        .iter()
        .filter_map(|idx| blocks.get(*idx))
        .filter(|block| block.link_share() < 0.5)
        .map(|block| block.n_words)
        .sum();
    if n_said < MIN_SAID_WORDS {
        return;
    }
    let mut menu: Vec<usize> = chosen.iter().copied().take_while(is_link).collect();
    if menu.len() >= MIN_MENU {
        drop_all(&mut menu, is_main);
    }
}

/// Words beside links from which a page is not about its links.
const MIN_SAID_WORDS: usize = 30;

/// What Readability kept of a page.
struct Chosen {
    elements: HashSet<NodeId>,
    texts: HashSet<String>,
}

impl Chosen {
    fn holds(&self, block: &Block) -> bool {
        self.elements.contains(&block.element)
            || block.n_words >= 5 && self.texts.contains(&block.text)
    }
}

/// Asks Readability; `None` if it finds nothing.
fn readability(document: &Document) -> Option<Chosen> {
    let elements: Vec<_> =
        document.root().descendants().into_iter().filter(NodeRef::is_element).collect();
    if elements.len() > MAX_ELEMENTS {
        return None;
    }
    for (idx, element) in elements.iter().enumerate() {
        element.set_attr(MARK, &idx.to_string());
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(document.clone(), None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    let kept = Document::from(article.content);
    let root = kept.root();
    let marks = root.descendants_it().filter_map(|node| node.attr(MARK));
    let elements = marks
        .filter_map(|mark| elements.get(mark.parse::<usize>().ok()?).map(|element| element.id))
        .collect();
    let texts = blocks::of(&kept, usize::MAX).blocks.into_iter().map(|block| block.text).collect();
    Some(Chosen { elements, texts })
}

/// Counts the words of chosen blocks.
fn words(blocks: &[Block], is_main: &[bool]) -> usize {
    let chosen = blocks.iter().zip(is_main).filter(|(_, is_main)| **is_main);
    chosen.map(|(block, _)| block.n_words).sum()
}

/// Takes out comments, related stories and share buttons.
///
/// What Readability holds for a third of the article is not taken out: its name misleads.
fn drop_furniture(blocks: &[Block], is_main: &mut [bool]) {
    let total = words(blocks, is_main);
    let mut sizes: HashMap<NodeId, usize> = HashMap::new();
    for (block, _) in blocks.iter().zip(is_main.iter()).filter(|(_, is_main)| **is_main) {
        if let Some(element) = block.furniture {
            *sizes.entry(element).or_default() += block.n_words;
        }
    }
    for (block, is_main) in blocks.iter().zip(is_main) {
        let size = block.furniture.and_then(|element| sizes.get(&element));
        *is_main &= size.is_none_or(|size| size * 3 > total);
    }
}

/// Tells whether a block is running text by itself.
fn is_prose(block: &Block) -> bool {
    block.n_words >= 20
        && ends_sentence(&block.text)
        && block.link_share() < 0.25
        && !block.is_nav
        && block.furniture.is_none()
}

/// Puts back prose between `first` and the last chosen block.
fn fill_gaps(blocks: &[Block], is_main: &mut [bool], first: usize) {
    let Some(last) = is_main.iter().rposition(|&is_main| is_main) else { return };
    for (block, is_main) in blocks.iter().zip(is_main.iter_mut()).take(last).skip(first) {
        *is_main |= is_prose(block);
    }
}

/// Chooses without Readability: all that is neither navigation nor mostly links.
///
/// A page without any running text (a form, a table, a note) may be of links alone.
pub(super) fn by_prose(blocks: &[Block]) -> Vec<bool> {
    let has_prose = blocks.iter().any(is_prose);
    let chosen: Vec<bool> = blocks
        .iter()
        .map(|block| {
            !block.is_nav && block.furniture.is_none() && (!has_prose || block.link_share() < 0.5)
        })
        .collect();
    if chosen.contains(&true) { chosen } else { vec![true; blocks.len()] }
}
