//! Lists of other stories: cards beside each other, each a linked heading over a few words.
//!
//! What a card says reads like prose, and no class names it alike on two sites. What shows it is that it
//! stands in a row of its like, and that its heading is a link.

use std::collections::{BTreeMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::blocks::Block;
use super::others::kind;
use crate::model::Role;

/// Words past which an element is no card.
const MAX_WORDS: usize = 80;

/// The same where the article is known to stand elsewhere.
const MAX_WORDS_BESIDE: usize = 140;

/// Words that a card says beside its link; with fewer it is an item of a list.
const MIN_OTHER_WORDS: usize = 8;

/// Characters of a link that names a source; `Read more` has fewer.
const MIN_SOURCE_CHARS: usize = 20;

/// Cards of a row.
const MIN_CARDS: usize = 3;

/// Elements around a text among which its card is looked for.
const MAX_DEPTH: usize = 12;

/// Words of an article from which it stands by itself.
const MIN_ARTICLE_WORDS: usize = 100;

/// What the blocks of an element say together.
#[derive(Default)]
struct Size {
    n_words: usize,
    n_blocks: usize,
    n_other_words: usize,
    has_link: bool,
    /// Has a link `Read more`.
    has_more: bool,
    /// Begins with a heading that is no link.
    has_own_heading: bool,
    /// Has a link of several words in its running text.
    has_source: bool,
}

impl Size {
    /// Tells whether it is a card among whatever stands on a page.
    fn is_card(&self) -> bool {
        self.has_link && !self.is_case() && self.n_words <= MAX_WORDS && self.is_told()
    }

    /// Tells whether it is a card outside an article.
    fn is_card_beside(&self) -> bool {
        (self.has_link && !self.is_case() || self.has_more)
            && self.n_words <= MAX_WORDS_BESIDE
            && self.is_told()
    }

    /// Tells whether what it says is told here, under a heading of its own, and its links are sources.
    const fn is_case(&self) -> bool {
        self.has_own_heading && self.has_source
    }

    fn is_told(&self) -> bool {
        self.n_blocks >= 2 && self.n_other_words >= MIN_OTHER_WORDS
    }
}

/// Elements that stand beside each other and look alike: around them, their name, their first class.
type Row = (NodeId, String, String);

/// Marks the blocks of cards as surroundings, unless cards are what the page is about.
pub(super) fn mark(document: &Document, blocks: &mut [Block]) {
    let mut sizes: BTreeMap<NodeId, Size> = BTreeMap::new();
    for block in &*blocks {
        for element in around(document, block) {
            let size = sizes.entry(element).or_default();
            if size.n_blocks == 0 {
                size.has_own_heading = block.role == Role::Heading && block.link_share() < 0.5;
            }
            size.has_source |= block.n_words >= 15
                && block.link_chars >= MIN_SOURCE_CHARS
                && block.link_share() < 0.5;
            size.n_words += block.n_words;
            size.n_blocks += 1;
            if block.link_share() >= 0.9 {
                size.has_link |= block.n_words >= 3;
                size.has_more |= is_more(&block.text);
            }
            if block.link_share() < 0.3 {
                size.n_other_words += block.n_words;
            }
        }
    }
    let cards = rows_of(document, &sizes, Size::is_card);
    let is_long = |block: &&Block| block.n_words >= 15 && block.link_share() < 0.3;
    let total: usize = blocks.iter().filter(is_long).map(|block| block.n_words).sum();
    let told: usize = blocks
        .iter()
        .filter(is_long)
        .filter(|block| card_of(document, block, &cards).is_some())
        .map(|block| block.n_words)
        .sum();
    if !cards.is_empty() && told * 3 <= total {
        mark_rows(document, blocks, &cards);
    }
    let mut cards = rows_of(document, &sizes, Size::is_card_beside);
    if cards.is_empty() {
        return;
    }
    // However much they say, they are not the article that stands above them in an element of its own.
    let mut n_before = 0;
    let mut text: Vec<&Block> = Vec::new();
    let mut places: Vec<(NodeId, usize)> = Vec::new();
    for block in blocks.iter().filter(|block| !block.is_nav && block.furniture.is_none()) {
        if let Some(card) = card_of(document, block, &cards) {
            places.push((card, n_before));
        } else if is_long(&block) {
            n_before += block.n_words;
            text.push(block);
        }
    }
    let n_words = n_before;
    if n_words < MIN_ARTICLE_WORDS {
        return;
    }
    let mut homes: BTreeMap<NodeId, usize> = BTreeMap::new();
    for block in &text {
        for element in ancestors(document, &block.element) {
            *homes.entry(element).or_default() += block.n_words;
        }
    }
    let is_home = |element: &NodeId| homes.get(element).is_some_and(|size| size * 5 > n_words * 3);
    let home = text
        .iter()
        .filter_map(|block| ancestors(document, &block.element).find(is_home))
        .max_by_key(|element| ancestors(document, element).count());
    let parent = |card: &NodeId| ancestors(document, card).nth(1);
    let amid: HashSet<NodeId> = places
        .into_iter()
        .filter(|(_, n_before)| n_before * 5 < n_words * 4)
        .filter_map(|(card, _)| parent(&card))
        .collect();
    cards.retain(|card| {
        parent(card).is_some_and(|row| !amid.contains(&row))
            && ancestors(document, card).all(|element| Some(element) != home)
    });
    for block in blocks.iter_mut().filter(|block| block.furniture.is_none()) {
        if card_of(document, block, &cards).is_some() {
            block.is_other = true;
            block.is_nav = true;
        }
    }
}

/// Tells whether a link says no more than that there is more.
fn is_more(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.len() <= 40
        && ["more", "mehr", "más", "mais", "weiterlesen", "suite", "continue reading"]
            .iter()
            .any(|word| lower.contains(word))
}

/// Returns the cards that stand in a row of their like.
fn rows_of(
    document: &Document,
    sizes: &BTreeMap<NodeId, Size>,
    is_card: fn(&Size) -> bool,
) -> HashSet<NodeId> {
    let mut rows: BTreeMap<Row, (usize, Vec<NodeId>)> = BTreeMap::new();
    for (&element, size) in sizes {
        let Some(row) = row(document, element) else { continue };
        let (n, cards) = rows.entry(row).or_default();
        *n += 1;
        if is_card(size) {
            cards.push(element);
        }
    }
    rows.into_values()
        .filter(|(n, cards)| cards.len() >= MIN_CARDS && cards.len() * 2 > *n)
        .flat_map(|(_, cards)| cards)
        .collect()
}

fn card_of(document: &Document, block: &Block, cards: &HashSet<NodeId>) -> Option<NodeId> {
    around(document, block).find(|element| cards.contains(element))
}

fn mark_rows(document: &Document, blocks: &mut [Block], cards: &HashSet<NodeId>) {
    for block in blocks.iter_mut().filter(|block| block.furniture.is_none()) {
        // The whole row is one thing, as a box of related stories is.
        block.furniture = card_of(document, block, cards)
            .and_then(|card| document.tree.get(&card)?.parent())
            .map(|parent| parent.id);
    }
}

/// Returns the elements around a block, from the innermost.
fn around<'a>(document: &'a Document, block: &Block) -> impl Iterator<Item = NodeId> + 'a {
    ancestors(document, &block.element).take(MAX_DEPTH)
}

/// Returns an element and those around it.
fn ancestors<'a>(document: &'a Document, element: &NodeId) -> impl Iterator<Item = NodeId> + 'a {
    std::iter::successors(document.tree.get(element), NodeRef::parent).map(|node| node.id)
}

fn row(document: &Document, element: NodeId) -> Option<Row> {
    let node = document.tree.get(&element)?;
    let (name, class) = kind(&node);
    Some((node.parent()?.id, name, class))
}
