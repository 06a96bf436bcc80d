//! Lists of other stories: cards beside each other, each a linked heading over a few words.
//!
//! What a card says reads like prose, and no class names it alike on two sites. What shows it is that it
//! stands in a row of its like, and that its heading is a link.

use std::collections::{BTreeMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::blocks::Block;

/// Words past which an element is no card.
const MAX_WORDS: usize = 80;

/// Words that a card says beside its link; with fewer it is an item of a list.
const MIN_OTHER_WORDS: usize = 8;

/// Cards of a row.
const MIN_CARDS: usize = 3;

/// Elements around a text among which its card is looked for.
const MAX_DEPTH: usize = 12;

/// What the blocks of an element say together.
#[derive(Default)]
struct Size {
    n_words: usize,
    n_blocks: usize,
    n_other_words: usize,
    has_link: bool,
}

/// Elements that stand beside each other and look alike: around them, their name, their first class.
type Row = (NodeId, String, String);

/// Marks the blocks of cards as surroundings, unless cards are what the page is about.
pub(super) fn mark(document: &Document, blocks: &mut [Block]) {
    let mut sizes: BTreeMap<NodeId, Size> = BTreeMap::new();
    for block in &*blocks {
        for element in around(document, block) {
            let size = sizes.entry(element).or_default();
            size.n_words += block.n_words;
            size.n_blocks += 1;
            size.has_link |= block.link_share() >= 0.9 && block.n_words >= 3;
            if block.link_share() < 0.3 {
                size.n_other_words += block.n_words;
            }
        }
    }
    let mut rows: BTreeMap<Row, (usize, Vec<NodeId>)> = BTreeMap::new();
    for (&element, size) in &sizes {
        let Some(row) = row(document, element) else { continue };
        let (n, cards) = rows.entry(row).or_default();
        *n += 1;
        if size.has_link
            && size.n_blocks >= 2
            && size.n_words <= MAX_WORDS
            && size.n_other_words >= MIN_OTHER_WORDS
        {
            cards.push(element);
        }
    }
    let cards: HashSet<NodeId> = rows
        .into_values()
        .filter(|(n, cards)| cards.len() >= MIN_CARDS && cards.len() * 2 > *n)
        .flat_map(|(_, cards)| cards)
        .collect();
    let card_of = |block: &Block| around(document, block).find(|element| cards.contains(element));
    let is_long = |block: &&Block| block.n_words >= 15 && block.link_share() < 0.3;
    let total: usize = blocks.iter().filter(is_long).map(|block| block.n_words).sum();
    let told: usize =
        blocks.iter().filter(is_long).filter(|b| card_of(b).is_some()).map(|b| b.n_words).sum();
    if cards.is_empty() || told * 3 > total {
        return;
    }
    for block in blocks.iter_mut().filter(|block| block.furniture.is_none()) {
        // The whole row is one thing, as a box of related stories is.
        block.furniture = card_of(block)
            .and_then(|card| document.tree.get(&card)?.parent())
            .map(|parent| parent.id);
    }
}

/// Returns the elements around a block, from the innermost.
fn around<'a>(document: &'a Document, block: &Block) -> impl Iterator<Item = NodeId> + 'a {
    let innermost = document.tree.get(&block.element);
    let elements = std::iter::successors(innermost, NodeRef::parent);
    elements.take(MAX_DEPTH).map(|node| node.id)
}

fn row(document: &Document, element: NodeId) -> Option<Row> {
    let node = document.tree.get(&element)?;
    let class = node.attr("class").unwrap_or_default();
    let class = class.split_whitespace().next().unwrap_or_default().to_owned();
    Some((node.parent()?.id, node.node_name()?.to_string(), class))
}
