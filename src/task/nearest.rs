//! The documents that come nearest, where nothing or little holds all that was asked: each says
//! which parts it lacks and which it holds in another spelling.
//!
//! They stand beside the answer, never in it: its documents and counts are those of the query.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::engine::{DocumentHit, Engine, EngineError, Want};
use crate::model::{Lang, RefKind, SourceId, Span};
use crate::query::tree::{
    Cited, Filter, Node, NodeKind, Phrase, PhraseWord, Reference, Text, Tree, Word,
};
use crate::query::{self, Parsed};
use crate::refs;
use crate::text::analyse;

use super::search::{DocumentAnswer, SearchOptions, document_answer};
use super::{Desk, TaskError};

/// Fewer documents than this are little: more that hold most of the words are offered.
pub(super) const LITTLE: u64 = 3;
/// What fewer words find is left alone.
const LEAST_WORDS: usize = 3;
/// A query of more parts is a text, not a question.
const MOST_PARTS: usize = 32;
/// So many of the best documents are looked at closely.
const POOL: usize = 50;
/// So many passages of each are looked at.
const PASSAGES: usize = 100;
/// How many are shown.
const SHOWN: usize = 10;
/// How many, where the query itself found something.
const SHOWN_BESIDE: usize = 5;
/// A document holds at least this share of what the query's parts tell.
const LEAST_SHARE: f64 = 0.4;
/// Words shorter than this have neighbours of every meaning.
const SHORTEST: usize = 4;
/// How many other spellings of a word are looked for.
const SPELLINGS: usize = 6;
/// A word in more than one passage of so many is no misspelt name.
const RARE: u64 = 500;

/// The documents that come nearest to what was asked.
#[derive(Clone, Debug, Serialize)]
pub struct Nearest {
    /// What they are, in words.
    pub why: String,
    /// The best first.
    pub documents: Vec<NearDocument>,
}

/// A document that holds most of what was asked.
#[derive(Clone, Debug, Serialize)]
pub struct NearDocument {
    /// The document, with passages that hold some of it.
    #[serde(flatten)]
    pub document: DocumentAnswer,
    /// Parts of the query that it does not hold, as typed.
    pub without: Vec<String>,
    /// Parts that it holds in another spelling.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spelled: Vec<Spelled>,
}

/// A word and the spelling that stands for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spelled {
    /// The word as typed.
    pub typed: String,
    /// A word of the document.
    pub found: String,
}

/// A part of the query that a document may hold or not.
struct Part {
    /// As typed.
    typed: String,
    node: Node,
    /// Other spellings, the nearest first.
    spellings: Vec<String>,
    /// In how many documents it stands, other spellings aside.
    n_documents: u64,
}

/// Returns the documents that come nearest to a query which finds `n_found`; `None` where there is
/// nothing to leave out or to spell otherwise.
pub(super) fn nearest(
    desk: &Desk,
    engine: &dyn Engine,
    parsed: &Parsed,
    options: &SearchOptions<'_>,
    found: &[DocumentHit],
    n_found: u64,
) -> Result<Option<Nearest>, TaskError> {
    let Some((required, nodes)) = parts_of(&parsed.tree.root) else { return Ok(None) };
    if n_found > 0 && !is_bare_question(&nodes) {
        return Ok(None);
    }
    let asker = Asker { desk, engine, options, required };
    if let Some(references) = nodes.iter().map(reference).collect::<Option<Vec<_>>>() {
        return asker.same_act(&references);
    }
    let mut parts = Vec::new();
    for node in nodes {
        asker.add_part(node, options.query, &mut parts)?;
    }
    let has_spellings = parts.iter().any(|part| !part.spellings.is_empty());
    if parts.len() > MOST_PARTS || (parts.len() < 2 && !has_spellings) {
        return Ok(None);
    }
    let any: Vec<Node> = parts.iter().map(Part::any_spelling).collect();
    let any = joined(any, NodeKind::Or);
    let tree = asker.with_filters(any);
    let known: BTreeSet<u64> =
        found.iter().flat_map(|hit| hit.copies.iter().chain([&hit.docn])).copied().collect();
    let mut pool = asker.search(&tree, POOL, options.passages)?;
    pool.retain(|hit| !known.contains(&hit.docn));
    let ids: Vec<SourceId> = pool.iter().map(|hit| hit.doc).collect();
    let held: Vec<Held> =
        parts.iter().map(|part| asker.held(part, &ids)).collect::<Result<_, TaskError>>()?;
    let n_documents = engine.stats()?.documents;
    let weights: Vec<f64> = parts.iter().map(|part| part.weight(n_documents)).collect();
    let best_score = pool.first().map_or(1.0, |hit| f64::from(hit.score)).max(f64::MIN_POSITIVE);
    let mut rated: Vec<(f64, DocumentHit)> = Vec::new();
    for hit in pool {
        let share = share(&held, &weights, hit.docn);
        if share >= LEAST_SHARE {
            let together = share_of_passage(&held, &weights, hit.docn);
            // What stands in one passage is no accident of a long book.
            rated.push((share + together + f64::from(hit.score) / best_score, hit));
        }
    }
    // Stable: equals stay in the engine's order.
    rated.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    rated.truncate(options.limit.min(if n_found == 0 { SHOWN } else { SHOWN_BESIDE }));
    let mut documents = Vec::with_capacity(rated.len());
    for (_, hit) in rated {
        let mut without = Vec::new();
        let mut spelled = Vec::new();
        for (part, held) in parts.iter().zip(&held) {
            match held.how(hit.docn) {
                How::Typed => {}
                How::Spelled(found) => {
                    spelled.push(Spelled { typed: part.typed.clone(), found: found.to_owned() });
                }
                How::Not => without.push(part.typed.clone()),
            }
        }
        documents.push(NearDocument {
            document: document_answer(desk, &tree, &hit)?,
            without,
            spelled,
        });
    }
    let why = match n_found {
        _ if documents.is_empty() => return Ok(None),
        0 if parts.len() == 1 => "nothing holds it as typed; these hold it in another spelling",
        0 => "no document holds all of it; these hold most, and each says what it lacks",
        _ => "other documents hold most of it, and each says what it lacks",
    };
    Ok(Some(Nearest { why: why.to_owned(), documents }))
}

/// What is asked of the engine, again and again.
struct Asker<'a> {
    desk: &'a Desk,
    engine: &'a dyn Engine,
    options: &'a SearchOptions<'a>,
    /// Filters and exclusions, which hold as they were typed.
    required: Vec<Node>,
}

impl Asker<'_> {
    fn with_filters(&self, node: Node) -> Tree {
        let mut children = self.required.clone();
        children.push(node);
        Tree { root: joined(children, NodeKind::And) }
    }

    fn search(
        &self,
        tree: &Tree,
        limit: usize,
        passages: usize,
    ) -> Result<Vec<DocumentHit>, TaskError> {
        let groups = self.desk.store.near_copies()?;
        let group = |docn: u64| groups.group(docn);
        let stop = self.options.stop;
        let want = Want { limit, passages, stop, group: &group, ..Want::default() };
        Ok(self.engine.search(tree, &want)?.documents)
    }

    /// Returns the documents that cite the acts of sections which nobody cites. The words of a reference
    /// are no question: what holds `2023` and `SCMR` somewhere is near to no law report.
    fn same_act(&self, references: &[&Reference]) -> Result<Option<Nearest>, TaskError> {
        let acts = references.iter().flat_map(|reference| &reference.ids).filter_map(|id| {
            let act = refs::work_of(id);
            (act != id && refs::family(id) == RefKind::Statute).then(|| act.to_owned())
        });
        let acts: BTreeSet<String> = acts.collect();
        let cited: Vec<Cited> = acts
            .iter()
            .map(|act| Cited {
                ids: refs::lookups(act),
                typed: refs::display(act, &self.desk.knowledge.tables),
            })
            .collect();
        if cited.is_empty() {
            return Ok(None);
        }
        let names: Vec<&str> = cited.iter().map(|cited| cited.typed.as_str()).collect();
        let why = format!("nothing cites it; these cite the {}", names.join(" or the "));
        let tree = self.with_filters(Node::new(0..0, NodeKind::Filter(Filter::Cites(cited))));
        let hits = self.search(&tree, self.options.limit.min(SHOWN), self.options.passages)?;
        let without: Vec<String> =
            references.iter().map(|reference| reference.typed.clone()).collect();
        let documents: Vec<NearDocument> = hits
            .iter()
            .map(|hit| {
                let document = document_answer(self.desk, &tree, hit)?;
                Ok(NearDocument { document, without: without.clone(), spelled: Vec::new() })
            })
            .collect::<Result<_, TaskError>>()?;
        Ok((!documents.is_empty()).then_some(Nearest { why, documents }))
    }

    /// Returns in how many documents a node is found, the filters of the query counted in.
    fn count(&self, node: &Node) -> Result<u64, EngineError> {
        let want = Want { limit: 0, passages: 0, stop: self.options.stop, ..Want::default() };
        let answer = self.engine.search(&self.with_filters(node.clone()), &want)?;
        Ok(answer.total_documents)
    }

    /// Returns which of some documents hold a node, and in which passages.
    fn holders(&self, node: Node, ids: &[SourceId]) -> Result<Holders, EngineError> {
        if ids.is_empty() {
            return Ok(Holders::new());
        }
        let these = Node::new(0..0, NodeKind::Filter(Filter::Doc(ids.to_vec())));
        let tree = self.with_filters(joined(vec![node, these], NodeKind::And));
        let want = Want { limit: ids.len(), passages: PASSAGES, ..Want::default() };
        let hits = self.engine.search(&tree, &want)?.documents.into_iter();
        let pids = |hit: &DocumentHit| hit.passages.iter().map(|one| one.pid.clone()).collect();
        Ok(hits.map(|hit| (hit.docn, pids(&hit))).collect())
    }

    fn held(&self, part: &Part, ids: &[SourceId]) -> Result<Held, TaskError> {
        let typed = self.holders(part.node.clone(), ids)?;
        let spelled = part
            .spellings
            .iter()
            .map(|spelling| Ok((spelling.clone(), self.holders(word(spelling, 0..0), ids)?)))
            .collect::<Result<_, EngineError>>()?;
        Ok(Held { typed, spelled })
    }

    /// Adds a node as a part; of a phrase or reference that stands hardly anywhere the words, too.
    fn add_part(&self, node: Node, query: &str, parts: &mut Vec<Part>) -> Result<(), TaskError> {
        let n_documents = self.count(&node)?;
        let words = match &bare(&node).kind {
            NodeKind::Text(Text::Phrase(phrase)) => words_of(phrase),
            NodeKind::Text(Text::Reference(reference)) => words_of(&reference.phrase),
            _ => Vec::new(),
        };
        if n_documents < LITTLE && words.len() > 1 {
            for letters in words {
                if !parts.iter().any(|part: &Part| part.typed == letters) {
                    self.add_part(word(&letters, node.span.clone()), &letters, parts)?;
                }
            }
            if n_documents == 0 {
                return Ok(());
            }
        }
        let spellings = match &bare(&node).kind {
            NodeKind::Text(Text::Word(word)) => self.spellings(&word.exact, n_documents)?,
            _ => Vec::new(),
        };
        // A word of a phrase has the phrase's place, and stands for itself.
        let typed = query.get(node.span.clone()).unwrap_or(query).to_owned();
        parts.push(Part { typed, node, spellings, n_documents });
        Ok(())
    }

    /// Returns words of the corpus that may be meant by one that it does not hold, or that sound
    /// like a rare one.
    fn spellings(&self, word: &str, n_documents: u64) -> Result<Vec<String>, TaskError> {
        let n_letters = word.chars().count();
        if n_letters < SHORTEST || !word.chars().all(char::is_alphabetic) {
            return Ok(Vec::new());
        }
        let entries = self.engine.stats()?.entries;
        let n_passages = self.engine.word_passages(word)?;
        if n_passages.saturating_mul(RARE) > entries.max(RARE) {
            return Ok(Vec::new());
        }
        let mut near: Vec<(usize, u64, String)> = Vec::new();
        for first in query::first_letters(word) {
            for known in
                self.engine.words_starting(&first.to_string(), usize::MAX, self.options.stop)?
            {
                if query::sounds_alike(word, &known.word) {
                    near.push((0, known.passages, known.word));
                }
            }
        }
        if n_documents == 0 {
            let edits = if n_letters >= 8 { 2 } else { 1 };
            for known in self.engine.words_near(word, edits, SPELLINGS, self.options.stop)? {
                let same_start = known.word.chars().next() == word.chars().next();
                near.push((if same_start { 1 } else { 2 }, known.passages, known.word));
            }
        }
        near.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then_with(|| a.2.cmp(&b.2)));
        let mut spellings: Vec<String> = Vec::new();
        for (_, _, spelling) in near {
            if spellings.len() < SPELLINGS && !spellings.contains(&spelling) {
                spellings.push(spelling);
            }
        }
        Ok(spellings)
    }
}

impl Part {
    /// Returns the part or any other spelling of it.
    fn any_spelling(&self) -> Node {
        let mut others: Vec<Text> = match &self.node.kind {
            NodeKind::Expanded { others, .. } => others.clone(),
            _ => Vec::new(),
        };
        others.extend(self.spellings.iter().map(|letters| text(letters)));
        let mut typed = bare(&self.node).clone();
        // What stands nowhere would keep the other spellings below all that stands somewhere.
        if self.n_documents == 0 && !others.is_empty() {
            typed.kind = NodeKind::Text(others.remove(0));
        }
        if others.is_empty() { typed } else { expanded(typed, others) }
    }

    /// Returns how much the part tells: rare ones more.
    #[expect(clippy::cast_precision_loss, reason = "a logarithm of a count needs few digits")]
    fn weight(&self, n_documents: u64) -> f64 {
        (n_documents as f64 / (1.0 + self.n_documents as f64)).ln_1p()
    }
}

/// Documents by their numbers, each with ids of passages.
type Holders = BTreeMap<u64, Vec<String>>;

/// Which documents hold a part, and how.
struct Held {
    typed: Holders,
    spelled: Vec<(String, Holders)>,
}

enum How<'a> {
    Typed,
    Spelled(&'a str),
    Not,
}

impl Held {
    /// Returns the passages of a document that hold the part, in any spelling; some more than once.
    fn passages(&self, docn: u64) -> impl Iterator<Item = &str> {
        let spelled = self.spelled.iter().map(|(_, holders)| holders);
        let holders = std::iter::once(&self.typed).chain(spelled);
        holders.filter_map(move |holders| holders.get(&docn)).flatten().map(String::as_str)
    }

    fn how(&self, docn: u64) -> How<'_> {
        if self.typed.contains_key(&docn) {
            return How::Typed;
        }
        let spelled = self.spelled.iter().find(|(_, holders)| holders.contains_key(&docn));
        spelled.map_or(How::Not, |(spelling, _)| How::Spelled(spelling))
    }
}

/// Returns how much of what the parts tell a document holds, from 0 to 1.
fn share(held: &[Held], weights: &[f64], docn: u64) -> f64 {
    let all: f64 = weights.iter().sum();
    let own: f64 = held
        .iter()
        .zip(weights)
        .filter(|(held, _)| !matches!(held.how(docn), How::Not))
        .map(|(_, weight)| weight)
        .sum();
    if all > 0.0 { own / all } else { 0.0 }
}

/// Returns the most that one passage of a document holds of what the parts tell, from 0 to 1.
fn share_of_passage(held: &[Held], weights: &[f64], docn: u64) -> f64 {
    let mut passages: BTreeMap<&str, f64> = BTreeMap::new();
    for (held, weight) in held.iter().zip(weights) {
        for pid in held.passages(docn).collect::<BTreeSet<_>>() {
            *passages.entry(pid).or_default() += weight;
        }
    }
    let all: f64 = weights.iter().sum();
    let best = passages.into_values().fold(0.0, f64::max);
    if all > 0.0 { best / all } else { 0.0 }
}

/// Returns what a document must fulfil in any case, and what it may lack; `None` where nothing can
/// be left out.
fn parts_of(root: &Node) -> Option<(Vec<Node>, Vec<Node>)> {
    let children = match &root.kind {
        NodeKind::And(children) => children.clone(),
        _ => vec![root.clone()],
    };
    let (texts, required): (Vec<Node>, Vec<Node>) =
        children.into_iter().partition(|child| match &bare(child).kind {
            NodeKind::Text(_) | NodeKind::Or(_) | NodeKind::And(_) => child.has_text(),
            _ => false,
        });
    let is_filler = |node: &Node| match &bare(node).kind {
        NodeKind::Text(Text::Word(word)) => is_filler(&word.exact),
        _ => false,
    };
    let telling: Vec<Node> = texts.iter().filter(|node| !is_filler(node)).cloned().collect();
    let texts = if telling.is_empty() { texts } else { telling };
    (!texts.is_empty()).then_some((required, texts))
}

/// Returns the legal reference that a node is.
fn reference(node: &Node) -> Option<&Reference> {
    match &bare(node).kind {
        NodeKind::Text(Text::Reference(reference)) => Some(reference),
        _ => None,
    }
}

/// Tells whether a word tells nothing in a question.
fn is_filler(word: &str) -> bool {
    query::is_function_word(word) || matches!(word, "or" | "not")
}

/// Returns the typed form of a node that has other spellings, or the node itself.
fn bare(node: &Node) -> &Node {
    match &node.kind {
        NodeKind::Expanded { typed, .. } => typed,
        _ => node,
    }
}

/// Tells whether a query is words enough, beside references, and nothing that must stand as typed:
/// of `"call data" pta` and of a case number what was found is the answer.
fn is_bare_question(nodes: &[Node]) -> bool {
    let mut n_words = 0;
    for node in nodes {
        n_words += match &node.kind {
            NodeKind::Text(Text::Word(_)) => 1,
            NodeKind::Text(Text::Reference(_)) => 0,
            // Names are typed without quotes.
            NodeKind::Expanded { typed, .. } => match &typed.kind {
                NodeKind::And(words) => words.len(),
                NodeKind::Text(Text::Phrase(phrase)) => phrase.words.len(),
                _ => 1,
            },
            _ => return false,
        };
    }
    n_words >= LEAST_WORDS && nodes.len() > 1
}

/// Returns the telling words of a phrase.
fn words_of(phrase: &Phrase) -> Vec<String> {
    let words = phrase.words.iter().filter_map(|word| match word {
        PhraseWord::Token(token) => Some(token.clone()),
        PhraseWord::Pattern(_) => None,
    });
    words.filter(|word| !is_filler(word)).collect()
}

fn text(letters: &str) -> Text {
    let analysed = analyse(letters, Lang::En);
    let stem = analysed.get(0).map_or(letters, |token| token.stem).to_owned();
    Text::Word(Word { exact: letters.to_owned(), stem })
}

fn word(letters: &str, span: Span) -> Node {
    Node::new(span, NodeKind::Text(text(letters)))
}

fn expanded(typed: Node, others: Vec<Text>) -> Node {
    Node::new(typed.span.clone(), NodeKind::Expanded { typed: Box::new(typed), others })
}

/// Joins nodes, one at least.
fn joined(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Node {
    match (nodes.len(), nodes.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            nodes.extend(last);
            Node::new(0..0, kind(nodes))
        }
    }
}
