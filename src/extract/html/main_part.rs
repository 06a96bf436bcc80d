//! Which blocks of a page are its main part.
//!
//! Readability's choice (by `dom_smoothie`) is carried over to our blocks by the numbers of their
//! elements. Then what names itself comments or related stories is taken out, and prose that stands
//! between chosen blocks is put back: a paragraph lost cannot be quoted.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use super::blocks::{self, Block};
use crate::extract::clean::ends_sentence;

/// The attribute that carries an element's number through Readability.
const MARK: &str = "data-misl-node";

/// Elements of a page past which Readability is not asked; it walks a page many times over.
const MAX_ELEMENTS: usize = 200_000;

/// Returns for each block whether it belongs to the main part.
pub(super) fn choose(document: &Document, blocks: &[Block]) -> Vec<bool> {
    let Some(chosen) = readability(document).filter(|_| blocks.iter().any(is_prose)) else {
        return by_prose(blocks);
    };
    let mut is_main: Vec<bool> = blocks.iter().map(|block| chosen.holds(block)).collect();
    drop_furniture(blocks, &mut is_main);
    let prose = by_prose(blocks);
    if words(blocks, &is_main) * 4 < words(blocks, &prose) {
        // Readability took one part of many: a report, a statute, a page of several stories.
        return prose;
    }
    fill_gaps(blocks, &mut is_main);
    is_main
}

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

/// Puts back prose between the first and the last chosen block.
fn fill_gaps(blocks: &[Block], is_main: &mut [bool]) {
    let Some(first) = is_main.iter().position(|&is_main| is_main) else { return };
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
