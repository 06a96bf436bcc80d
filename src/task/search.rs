//! Finding passages: a query in, documents with their passages, counts and what was not readable out.

mod parts;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::Serialize;

use crate::engine::{Answer, DocumentHit, Engine, Facet, FacetField, Order, PassageHit, Want};
use crate::model::chars::CharCursor;
use crate::model::{Kind, PageNo, Paragraph, SourceId, Span, Status};
use crate::query::tree::{Filter, Like, Tag, Tree};
use crate::query::{self, FlagFilter, Parsed, Sort};
use crate::refs;
use crate::store::{PagePart, PartOf, SourceRow};

use self::parts::{FoundPassage, Pages, nths};
use super::nearest::Nearest;
use super::place::place_of;
use super::status::Unread;
use super::vocabulary::DeskVocabulary;
use super::{Desk, TaskError};

/// What a search is to do.
pub struct SearchOptions<'a> {
    /// The query as typed.
    pub query: &'a str,
    /// Filters given beside it.
    pub flags: &'a [FlagFilter],
    /// How many documents to skip.
    pub offset: usize,
    /// How many documents to return; `usize::MAX` for every one.
    pub limit: usize,
    /// How many passages of each document to return.
    pub passages: usize,
    /// Which facets to count.
    pub facets: &'a [FacetField],
    /// How many values of each facet; `usize::MAX` for every one.
    pub facet_limit: usize,
    /// The order, where the query names none.
    pub sort: Option<Sort>,
    /// Whether near copies stand under the earliest of them; otherwise every document by itself.
    pub fold: bool,
    /// Asked now and then; `true` ends the search with what was gathered.
    pub stop: &'a dyn Fn() -> bool,
}

/// What a search found: schema `misl.search/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct SearchAnswer {
    pub schema: &'static str,
    pub query: QueryEcho,
    pub total_documents: u64,
    pub total_passages: u64,
    /// In how many of the documents one passage holds everything.
    pub in_one_passage: u64,
    /// How many of the documents have no date.
    pub undated: u64,
    /// How many of the documents stand under another one, as its near copies.
    pub folded: u64,
    /// Whether every count is exact.
    pub complete: bool,
    pub unread: Unread,
    pub documents: Vec<DocumentAnswer>,
    pub facets: BTreeMap<&'static str, Vec<FacetCount>>,
    /// The tags among the facets by the kind of their entity, each kind with its own first values.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags_by_kind: BTreeMap<&'static str, Vec<FacetCount>>,
    /// What else may have been meant, for a search that finds nothing; else what finds more: all
    /// names of an entity, `OR` for `or`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// Documents that hold most of what was asked, where nothing or little holds all of it; they
    /// are counted nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Nearest>,
}

/// How a query was read.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct QueryEcho {
    pub text: String,
    pub read_as: String,
    pub notes: Vec<String>,
}

/// A value of a facet and its exact number of documents.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FacetCount {
    pub value: String,
    pub documents: u64,
    /// For tags: what the entity is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For tags: the kind of the entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
}

/// Another query, and how many documents it finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Why it is offered, in words.
    pub why: String,
    /// The query to type.
    pub query: String,
    /// How many documents it finds.
    pub documents: u64,
}

/// A document that was found.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct DocumentAnswer {
    pub id: SourceId,
    pub path: String,
    pub paths: Vec<String>,
    pub key: Option<String>,
    pub kind: Option<Kind>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub court: Option<String>,
    pub numbers: Vec<String>,
    pub publisher: Option<String>,
    pub pages: usize,
    /// Whether the source has pages of its own, by which it is cited.
    pub paged: bool,
    pub status: Vec<Status>,
    /// `passage` where one passage holds everything, else `document`.
    pub scope: &'static str,
    pub passages_matched: u64,
    pub passages: Vec<PassageAnswer>,
    /// Where no passage was found: by what of the document it was (`title`, `own number` …).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matched_by: Vec<&'static str>,
    /// Documents with nearly the same text that were found, too; not listed by themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near_copies: Vec<SourceId>,
    /// Pages of this document without trustworthy text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread_pages: Vec<u32>,
}

/// A passage that was found; highlights are characters of `text`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of DESIGN section 6")]
pub struct PassageAnswer {
    /// `<16 hex of the source>:<page>:<n-th passage of the page>`.
    pub pid: String,
    pub page: u32,
    /// The page where a passage over a page break ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_to: Option<u32>,
    pub page_label: Option<String>,
    /// The court's own number, else counted.
    pub paragraph: Option<u32>,
    /// The court's own number as printed.
    pub paragraph_label: Option<String>,
    /// The number by which it is cited; `None`: its page alone.
    #[serde(skip)]
    pub cited_number: Option<String>,
    /// What to type after `misl cite`: `key@p12,para18`.
    pub cite_as: String,
    pub text: String,
    pub highlights: Vec<[usize; 2]>,
    pub origin: &'static str,
    pub quality: f32,
}

/// Answers a query.
pub fn search(desk: &Desk, options: &SearchOptions<'_>) -> Result<SearchAnswer, TaskError> {
    let engine = desk.engine()?;
    search_with(desk, &engine, options)
}

/// Answers a query with an engine that is open already.
pub fn search_with(
    desk: &Desk,
    engine: &dyn Engine,
    options: &SearchOptions<'_>,
) -> Result<SearchAnswer, TaskError> {
    let _held = desk.store.hold()?;
    let (parsed, answer) = ask(desk, engine, options)?;
    let vocabulary = DeskVocabulary { desk, engine };
    let mut notes: Vec<String> = parsed.notes.iter().map(|note| note.text.clone()).collect();
    notes.extend(answer.notes.iter().map(ToString::to_string));
    let documents = parts::read(desk, &answer.documents)?
        .into_iter()
        .zip(&answer.documents)
        .map(|(pages, hit)| document_of(desk, &parsed.tree, hit, pages))
        .collect::<Result<Vec<_>, _>>()?;
    let total = answer.total_documents;
    notes.extend(super::spacing::notes(engine, &vocabulary, &parsed, options, total)?);
    let suggestions = if answer.total_documents == 0 {
        super::suggest::suggest(engine, &vocabulary, &parsed, options)?
    } else {
        super::suggest::more(engine, &vocabulary, &parsed, options, total)?
    };
    let nearest = if wants_nearest(&parsed, &answer, options) {
        super::nearest::nearest(desk, engine, &parsed, options, &answer.documents, total)?
    } else {
        None
    };
    let (facets, tags_by_kind) = facet_counts(desk, answer.facets, options.facet_limit);
    notes.extend(nearest.iter().map(|nearest| nearest.why.clone()));
    let (files, pages) = desk.store.unread()?;
    Ok(SearchAnswer {
        schema: "misl.search/1",
        query: QueryEcho { text: options.query.to_owned(), read_as: parsed.read_as, notes },
        total_documents: answer.total_documents,
        total_passages: answer.total_passages,
        in_one_passage: answer.in_one_passage,
        undated: answer.undated,
        folded: answer.folded,
        complete: answer.complete,
        unread: Unread { files, pages },
        documents,
        facets,
        tags_by_kind,
        suggestions,
        nearest,
    })
}

/// Tells whether a person looks at the first page of an answer that holds nothing or little.
/// Tables and enumerations, which list every document by itself, are of the query alone.
fn wants_nearest(parsed: &Parsed, answer: &Answer, options: &SearchOptions<'_>) -> bool {
    let sort = parsed.sort.or(options.sort).unwrap_or(Sort::Relevance);
    let is_first_page = options.offset == 0 && options.limit > 0 && options.fold;
    is_first_page
        && sort == Sort::Relevance
        && answer.complete
        && answer.total_documents < super::nearest::LITTLE
}

/// Reads a query and asks the engine, without looking at a text.
pub(super) fn ask(
    desk: &Desk,
    engine: &dyn Engine,
    options: &SearchOptions<'_>,
) -> Result<(Parsed, Answer), TaskError> {
    let vocabulary = DeskVocabulary { desk, engine };
    let parsed = query::parse_with(options.query, options.flags, &vocabulary)?;
    let sort = parsed.sort.or(options.sort).unwrap_or(Sort::Relevance);
    let ranks = ranks(desk, sort)?;
    let rank_of = |docn: u64| ranks.get(&docn).copied();
    let groups = if options.fold { desk.store.near_copies()? } else { Rc::default() };
    let group = |docn: u64| groups.group(docn);
    let like = |like: &Like| like_words(desk, engine, like).unwrap_or_default();
    let want = Want {
        offset: options.offset,
        limit: options.limit,
        passages: options.passages,
        order: match sort {
            Sort::Relevance => Order::Relevance,
            Sort::Date => Order::Oldest,
            Sort::Newest => Order::Newest,
            _ => Order::Rank(&rank_of),
        },
        facets: options.facets,
        // Of every kind of tag the first are wanted, so all of them are counted.
        facet_limit: usize::MAX,
        stop: options.stop,
        group: &group,
        like: &like,
    };
    let answer = engine.search(&parsed.tree, &want)?;
    Ok((parsed, answer))
}

/// Facets by the names of their fields.
type Facets = BTreeMap<&'static str, Vec<FacetCount>>;

/// Names the entities of tag counts, sorts these by kind also, and cuts every list to `limit`.
fn facet_counts(desk: &Desk, facets: Vec<Facet>, limit: usize) -> (Facets, Facets) {
    let mut by_field = Facets::new();
    let mut by_kind = Facets::new();
    for facet in facets {
        let mut counts: Vec<FacetCount> = Vec::with_capacity(facet.values.len());
        for value in facet.values {
            let is_tag = facet.field == FacetField::Tag;
            let entity = is_tag.then(|| desk.knowledge.gazetteer.get(&value.value)).flatten();
            let count = FacetCount {
                value: value.value,
                documents: value.documents,
                name: entity.map(|entity| entity.name.clone()),
                kind: entity.map(|entity| entity.kind.name()),
            };
            if let Some(kind) = count.kind {
                by_kind.entry(kind).or_default().push(count.clone());
            }
            counts.push(count);
        }
        counts.truncate(limit);
        by_field.insert(facet.field.name(), counts);
    }
    by_kind.values_mut().for_each(|counts| counts.truncate(limit));
    (by_field, by_kind)
}

/// Returns the ranks of documents for an order that the index does not hold.
fn ranks(desk: &Desk, sort: Sort) -> Result<BTreeMap<u64, u64>, TaskError> {
    let name_of = |source: &SourceRow| -> Result<String, TaskError> {
        let record = source.merged();
        Ok(match sort {
            Sort::Court => {
                let court = record.court.map(|court| desk.knowledge.court_id(&court.value));
                let court = court.unwrap_or_default();
                let known = crate::model::court::by_id(&court);
                // Higher courts first, then by name; what is no court's comes last.
                let rank = known.map_or(99, |court| court.rank);
                format!("{rank:02} {}", known.map_or(court.as_str(), |court| court.name))
            }
            Sort::Title => {
                record.title.map(|title| crate::text::fold(&title.value)).unwrap_or_default()
            }
            Sort::Path => desk
                .store
                .paths_of(source.docn)?
                .into_iter()
                .next()
                .map(|row| row.path)
                .unwrap_or_default(),
            _ => String::new(),
        })
    };
    if matches!(sort, Sort::Relevance | Sort::Date | Sort::Newest) {
        return Ok(BTreeMap::new());
    }
    if sort == Sort::Cited {
        return super::citator::cited_ranks(desk);
    }
    let mut names = Vec::new();
    for source in desk.store.sources()? {
        names.push((name_of(&source)?, source.docn));
    }
    names.sort();
    let mut ranks = BTreeMap::new();
    let mut last: Option<(String, u64)> = None;
    for (at, (name, docn)) in names.into_iter().enumerate() {
        if name.is_empty() {
            continue;
        }
        // Equal names share a rank, so that ties are broken as everywhere.
        let rank = match &last {
            Some((before, rank)) if *before == name => *rank,
            _ => at as u64,
        };
        ranks.insert(docn, rank);
        last = Some((name, rank));
    }
    Ok(ranks)
}

/// Returns the words that tell a place apart, for `like:`.
pub(super) fn like_words(
    desk: &Desk,
    engine: &dyn Engine,
    like: &Like,
) -> Result<Vec<String>, TaskError> {
    let Some(source) = desk.store.source_by_id(like.doc)? else { return Ok(Vec::new()) };
    let paragraphs = super::place::paragraphs(desk, &source, Some(&like.at))?;
    let texts: Vec<String> = paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(engine.telling_words(&texts, 25)?)
}

pub(super) fn document_answer(
    desk: &Desk,
    tree: &Tree,
    hit: &DocumentHit,
) -> Result<DocumentAnswer, TaskError> {
    document_of(desk, tree, hit, Pages::new(desk, hit.docn))
}

/// Returns the answer for a document, of which some pages may be read already.
fn document_of(
    desk: &Desk,
    tree: &Tree,
    hit: &DocumentHit,
    mut read: Pages<'_>,
) -> Result<DocumentAnswer, TaskError> {
    let source = desk.store.source(hit.docn)?.ok_or_else(|| {
        let what = format!("the index knows {} and the store does not", hit.doc);
        TaskError::Store(crate::store::StoreError::Damaged { what })
    })?;
    let record = source.merged();
    let paths: Vec<String> =
        desk.store.paths_of(hit.docn)?.into_iter().map(|row| row.path).collect();
    let pages = desk.store.n_pages(hit.docn)?;
    let mut passages = Vec::with_capacity(hit.passages.len());
    for passage in &hit.passages {
        passages.extend(passage_answer(&mut read, &source, tree, passage, pages)?);
    }
    if passages.is_empty() {
        for passage in mention_passages(&mut read, hit, tree)? {
            passages.extend(passage_answer(&mut read, &source, tree, &passage, pages)?);
        }
    }
    let matched_by = if hit.passages_matched == 0 {
        super::matched::matched_by(desk, tree, &source, &paths)?
    } else {
        Vec::new()
    };
    Ok(DocumentAnswer {
        id: source.id,
        path: paths.first().cloned().unwrap_or_default(),
        paths,
        key: source.key.clone(),
        kind: record.kind.as_ref().map(|kind| kind.value),
        date: record.main_date().map(|date| date.value.value.to_string()),
        title: record.title.map(|title| title.value),
        court: record.court.map(|court| court.value),
        numbers: record.numbers.into_iter().map(|number| number.value).collect(),
        publisher: record.publisher.map(|publisher| publisher.value),
        pages,
        paged: is_paged(&source, pages),
        status: record.status.into_iter().map(|status| status.value).collect(),
        scope: hit.scope.name(),
        passages_matched: hit.passages_matched,
        passages,
        matched_by,
        near_copies: ids_of(desk, &hit.copies)?,
        unread_pages: super::status::unread_pages(desk, hit.docn)?,
    })
}

/// Returns the ids of documents by their numbers.
fn ids_of(desk: &Desk, numbers: &[u64]) -> Result<Vec<SourceId>, TaskError> {
    let mut ids = Vec::with_capacity(numbers.len());
    for docn in numbers {
        ids.extend(desk.store.source(*docn)?.map(|source| source.id));
    }
    Ok(ids)
}

/// Tells whether a source has pages of its own: a saved web page or a note is one page by custom.
pub(super) fn is_paged(source: &SourceRow, n_pages: usize) -> bool {
    n_pages > 1 || source.media_type == "application/pdf" || source.media_type.starts_with("image/")
}

/// How many passages stand for a document that was found by its tags alone.
const TAG_PASSAGES: usize = 2;

/// Returns the first passages that mention an entity which the query filters by: a document found
/// by `tag:lims` alone shows where it speaks of it.
fn mention_passages(
    pages: &mut Pages<'_>,
    hit: &DocumentHit,
    tree: &Tree,
) -> Result<Vec<PassageHit>, TaskError> {
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    for filter in tree.filters() {
        if let Filter::Tag(tags) | Filter::Mention(tags) = filter {
            wanted.extend(tags.iter().flat_map(Tag::ids));
        }
    }
    let mut passages: Vec<PassageHit> = Vec::new();
    if wanted.is_empty() {
        return Ok(passages);
    }
    for mention in pages.desk.store.mentions(hit.docn)? {
        if passages.len() == TAG_PASSAGES {
            break;
        }
        if !wanted.contains(mention.entity.as_str()) {
            continue;
        }
        let Some(on) = pages.part(mention.page, PartOf::Byte(mention.span.start))? else {
            continue;
        };
        let PagePart { start, passages_before, paragraphs_before, .. } = on.part;
        let found = on
            .passages
            .iter()
            .enumerate()
            .find(|(_, passage)| passage.span.contains(&(mention.span.start - start)));
        let Some((at, passage)) = found else { continue };
        let pid = format!("{}:{}:{}", hit.doc.short(16), mention.page, passages_before + at + 1);
        if passages.iter().any(|known| known.pid == pid) {
            continue;
        }
        passages.push(PassageHit {
            pid,
            page: mention.page,
            page_to: None,
            ord: 0,
            ord_to: None,
            para: u32::try_from(paragraphs_before + passage.paragraph_idx).unwrap_or(u32::MAX),
            score: 0.0,
        });
    }
    Ok(passages)
}

fn passage_answer(
    pages: &mut Pages<'_>,
    source: &SourceRow,
    tree: &Tree,
    hit: &PassageHit,
    n_pages: usize,
) -> Result<Option<PassageAnswer>, TaskError> {
    let (nth, nth_to) = nths(&hit.pid);
    let desk = pages.desk;
    let Some(found) = pages.passage(hit.page, nth)? else { return Ok(None) };
    let page = &found.on.part.page;
    let paragraph = page.paragraphs.get(found.paragraph_idx);
    let mut text = found.text().to_owned();
    let mut spans = standing(desk, source.docn, tree, &found)?;
    if let Some(nth_to) = nth_to {
        let page_to = hit.page_to.unwrap_or(hit.page);
        if let Some(next) = pages.passage(page_to, nth_to)? {
            // The two parts of a bridge are one text with a blank where the seam was.
            text.push(' ');
            let at = text.len();
            text.push_str(next.text());
            let more = standing(desk, source.docn, tree, &next)?;
            spans.references.extend(
                more.references.into_iter().map(|(id, span)| (id, span.start + at..span.end + at)),
            );
            spans.mentions.extend(
                more.mentions.into_iter().map(|(id, span)| (id, span.start + at..span.end + at)),
            );
        }
    }
    let lang = paragraph.map(|paragraph| paragraph.lang).unwrap_or_default();
    let number = paragraph.and_then(|paragraph| paragraph.number);
    let marks = query::highlight(
        tree,
        &query::Passage {
            text: &text,
            lang,
            page: hit.page.get(),
            paragraph: number,
            mentions: &spans.mentions,
            references: &spans.references,
        },
    );
    let mut cursor = CharCursor::new(&text);
    let highlights = marks.iter().map(|mark| cursor.span(mark)).collect();
    let label = paragraph.and_then(Paragraph::cited_label);
    let key = source.key.clone().unwrap_or_else(|| source.id.short(12));
    let paged = is_paged(source, n_pages);
    let place = place_of(&key, hit.page, paragraph, paged);
    Ok(Some(PassageAnswer {
        pid: hit.pid.clone(),
        page: hit.page.get(),
        page_to: hit.page_to.map(PageNo::get),
        page_label: page.label.clone(),
        paragraph: number,
        paragraph_label: label,
        cited_number: paragraph.and_then(|paragraph| paragraph.cited_number(paged)),
        // A place of an abstract is no place of the work: the whole work is what can be cited.
        cite_as: if super::cite::is_abstract(source) { key } else { place },
        text,
        highlights,
        origin: page.origin.name(),
        quality: page.quality,
    }))
}

/// What stands in a passage beside its words: ids and bytes of the passage's text.
struct Standing {
    references: Vec<(String, Span)>,
    mentions: Vec<(String, Span)>,
}

/// Returns what stands in a passage beside its words and is asked for, with spans of its text.
fn standing(
    desk: &Desk,
    docn: u64,
    tree: &Tree,
    found: &FoundPassage,
) -> Result<Standing, TaskError> {
    let number = found.on.part.page.number;
    let start = found.on.part.start + found.span.start;
    let end = found.on.part.start + found.span.end;
    let inside =
        |at: &Span| (start <= at.start && at.end <= end).then(|| at.start - start..at.end - start);
    let references = if tree.asks_references() {
        desk.store.references_in(docn, number, start..end)?
    } else {
        Vec::new()
    };
    let mentions = desk.store.mentions_in(docn, number, start..end)?;
    Ok(Standing {
        // As the index has it: `s. 37(6)` is a place of `s. 37`, a number of one court one of any.
        references: references
            .into_iter()
            .filter_map(|reference| Some((inside(&reference.span)?, reference.id)))
            .flat_map(|(span, id)| {
                refs::ancestors(&id).into_iter().map(move |id| (id, span.clone()))
            })
            .collect(),
        mentions: mentions
            .into_iter()
            .filter_map(|mention| Some((mention.entity, inside(&mention.span)?)))
            .collect(),
    })
}
