//! Chains of `w/n` and `pre/n`: what stands beside them is brought into a form that one passage
//! can be asked for.

use crate::model::Span;

use super::build::{and, not, operand, or};
use super::error::QueryError;
use super::limits;
use super::tree::{Apart, Filter, Link, Near, Node, NodeKind, OperandKind, Text};

/// A member of a chain as typed.
pub(super) struct Member {
    /// How it is joined to the member before; of no meaning for the first.
    pub(super) link: Link,
    /// Whether NOT stands before it.
    pub(super) negated: bool,
    /// What it is.
    pub(super) node: Node,
}

/// Builds the node of a chain; collects what the user should know.
#[derive(Default)]
pub(super) struct Chains {
    /// Notes for the user, with the span they speak of.
    pub(super) notes: Vec<(Span, String)>,
    n_leaves: usize,
}

/// Which of the two leaves is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaf {
    Near,
    Apart,
}

impl Chains {
    /// Returns the node of `members`, one at least.
    ///
    /// A NOT before the first member speaks of the whole chain. A NOT before another one asks for
    /// its left neighbour without it nearby; the chain goes on with that neighbour.
    pub(super) fn build(&mut self, mut members: Vec<Member>) -> Result<Node, QueryError> {
        let span = hull(members.iter().map(|member| &member.node));
        let whole_negated = members.first().is_some_and(|member| member.negated);
        if members.len() == 1 {
            let node = members.remove(0).node;
            return Ok(if whole_negated { not(span, node) } else { node });
        }
        if whole_negated {
            self.note(&span, "NOT before `w/n` speaks of the whole: NOT (… w/n …)");
        }
        let mut parts = Vec::new();
        let mut nodes: Vec<Node> = Vec::new();
        let mut links = Vec::new();
        for (idx, member) in members.into_iter().enumerate() {
            match nodes.last() {
                Some(keep) if member.negated => {
                    let pair = vec![keep.clone(), member.node];
                    parts.push(self.spread(Leaf::Apart, &pair, &[member.link], &span)?);
                }
                _ => {
                    nodes.push(member.node);
                    if idx > 0 {
                        links.push(member.link);
                    }
                }
            }
        }
        if nodes.len() > 1 {
            parts.insert(0, self.spread(Leaf::Near, &nodes, &links, &span)?);
        }
        let node = and(span.clone(), parts);
        Ok(if whole_negated { not(span, node) } else { node })
    }

    fn note(&mut self, span: &Span, text: &str) {
        self.notes.push((span.clone(), text.to_owned()));
    }

    /// Returns a leaf of `nodes`, or several of them where a node is no operand.
    fn spread(
        &mut self,
        leaf: Leaf,
        nodes: &[Node],
        links: &[Link],
        span: &Span,
    ) -> Result<Node, QueryError> {
        let odd = nodes.iter().position(|node| operand(node).is_none());
        let Some(idx) = odd else { return self.leaf(leaf, nodes, links, span) };
        let mut each = |children: &[Node]| -> Result<Vec<Node>, QueryError> {
            let one = |child: &Node| self.spread(leaf, &replaced(nodes, idx, child), links, span);
            children.iter().map(one).collect()
        };
        match &nodes[idx].kind {
            NodeKind::And(children) => {
                let parts = each(children)?;
                self.note(&nodes[idx].span, "AND inside an operand of `w/n` is spread out");
                Ok(and(span.clone(), parts))
            }
            NodeKind::Or(children) => Ok(or(span.clone(), each(children)?)),
            NodeKind::Not(child) => {
                let node = self.spread(leaf, &replaced(nodes, idx, child), links, span)?;
                Ok(not(span.clone(), node))
            }
            NodeKind::Text(Text::Near(near)) => self.splice(leaf, (nodes, links), idx, near, span),
            NodeKind::Text(Text::Apart(apart)) => {
                let keep = operand_node(&apart.keep.kind, &apart.keep.span);
                let rest = self.spread(leaf, &replaced(nodes, idx, &keep), links, span)?;
                Ok(and(span.clone(), vec![nodes[idx].clone(), rest]))
            }
            NodeKind::Filter(_) => {
                self.note(
                    &nodes[idx].span,
                    "a filter has no place in the text: `w/n` is read as AND",
                );
                self.without(leaf, nodes, links, idx, span)
            }
            NodeKind::All => self.without(leaf, nodes, links, idx, span),
            // Other spellings are added after chains are built; texts left over are operands.
            NodeKind::Expanded { .. } | NodeKind::Text(_) => Ok(and(span.clone(), nodes.to_vec())),
        }
    }

    /// Takes a bracketed chain into the chain around it.
    fn splice(
        &mut self,
        leaf: Leaf,
        (nodes, links): (&[Node], &[Link]),
        idx: usize,
        near: &Near,
        span: &Span,
    ) -> Result<Node, QueryError> {
        let inner: Vec<Node> = near
            .operands
            .iter()
            .map(|operand| operand_node(&operand.kind, &operand.span))
            .collect();
        if leaf == Leaf::Near {
            self.note(&nodes[idx].span, "brackets around `w/n` beside `w/n` change nothing");
            let all = [&nodes[..idx], &inner, &nodes[idx + 1..]].concat();
            let joined = [&links[..idx], &near.links, &links[idx..]].concat();
            return self.spread(leaf, &all, &joined, span);
        }
        // `(a w/5 b) w/3 NOT c`: b without c, and the pair. `a w/5 NOT (b w/3 c)` has no reading in
        // one passage: documents with a, without the pair.
        if idx == 0 {
            let last = inner.last().cloned().into_iter();
            let pair: Vec<Node> = last.chain(nodes.get(1).cloned()).collect();
            let apart = self.spread(leaf, &pair, links, span)?;
            return Ok(and(span.clone(), vec![nodes[0].clone(), apart]));
        }
        self.note(&nodes[idx].span, "NOT before a bracketed `w/n` speaks of the whole document");
        let excluded = not(nodes[idx].span.clone(), nodes[idx].clone());
        Ok(and(span.clone(), vec![nodes[0].clone(), excluded]))
    }

    /// Takes the member `idx`, which has no place in a text, out of the chain and beside it.
    fn without(
        &mut self,
        leaf: Leaf,
        nodes: &[Node],
        links: &[Link],
        idx: usize,
        span: &Span,
    ) -> Result<Node, QueryError> {
        let beside = nodes[idx].clone();
        if leaf == Leaf::Apart {
            let other = not(nodes[1].span.clone(), nodes[1].clone());
            return Ok(and(span.clone(), vec![nodes[0].clone(), other]));
        }
        let mut rest = nodes.to_vec();
        let mut rest_links = links.to_vec();
        rest.remove(idx);
        rest_links.remove(idx.saturating_sub(1));
        let rest = match rest.len() {
            1 => rest.remove(0),
            _ => self.spread(leaf, &rest, &rest_links, span)?,
        };
        Ok(and(span.clone(), vec![rest, beside]))
    }

    fn leaf(
        &mut self,
        leaf: Leaf,
        nodes: &[Node],
        links: &[Link],
        span: &Span,
    ) -> Result<Node, QueryError> {
        self.n_leaves += 1;
        if self.n_leaves > limits::TERMS {
            return Err(QueryError::TooManyTerms { span: span.clone(), terms: self.n_leaves });
        }
        for node in nodes {
            if matches!(&node.kind, NodeKind::Filter(Filter::Tag(_))) {
                self.note(&node.span, "beside `w/n` `tag:` is read as `mention:`");
            }
            if matches!(&node.kind, NodeKind::Text(Text::Phrase(phrase)) if phrase.slop > 0) {
                self.note(&node.span, "beside `w/n` a phrase has no moves: `~` ignored");
            }
            if matches!(&node.kind, NodeKind::Text(Text::Reference(_))) {
                self.note(&node.span, "beside `w/n` a reference is read as its words");
            }
        }
        let operands: Vec<_> = nodes.iter().filter_map(operand).collect();
        let text = match (leaf, &operands[..], links) {
            (Leaf::Apart, [keep, other], [link]) => Text::Apart(Apart {
                keep: Box::new(keep.clone()),
                other: Box::new(other.clone()),
                link: *link,
            }),
            _ => Text::Near(Near { operands, links: links.to_vec() }),
        };
        Ok(Node::new(span.clone(), NodeKind::Text(text)))
    }
}

fn replaced(nodes: &[Node], idx: usize, node: &Node) -> Vec<Node> {
    let mut nodes = nodes.to_vec();
    nodes[idx] = node.clone();
    nodes
}

/// Returns the node of an operand, the other way round.
fn operand_node(kind: &OperandKind, span: &Span) -> Node {
    let kind = match kind {
        OperandKind::Word(word) => NodeKind::Text(Text::Word(word.clone())),
        OperandKind::Phrase(phrase) => NodeKind::Text(Text::Phrase(phrase.clone())),
        OperandKind::Pattern(pattern) => NodeKind::Text(Text::Pattern(pattern.clone())),
        OperandKind::Fuzzy(fuzzy) => NodeKind::Text(Text::Fuzzy(fuzzy.clone())),
        OperandKind::Mention(tags) => NodeKind::Filter(Filter::Mention(tags.clone())),
        OperandKind::Any(operands) => NodeKind::Or(
            operands.iter().map(|operand| operand_node(&operand.kind, &operand.span)).collect(),
        ),
    };
    Node::new(span.clone(), kind)
}

/// Returns the span from the first to the last node.
pub(super) fn hull<'a>(nodes: impl Iterator<Item = &'a Node>) -> Span {
    nodes
        .map(|node| node.span.clone())
        .reduce(|one, other| one.start.min(other.start)..one.end.max(other.end))
        .unwrap_or(0..0)
}
