//! Filters as matchers: what documents and passages are, beside the words they hold.

use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader};

use super::{Logic, Matcher, Place, Planner, Speaks, Subject, Where};
use crate::engine::embedded::entries::days_of_term;
use crate::engine::embedded::forms::Forms;
use crate::engine::embedded::segment::{Record, Segment};
use crate::query::tree::{Filter, Like, NumberRange, Tag, Tree, Word};

impl Planner<'_> {
    /// Returns what the filters of a tree name that documents can speak of.
    pub(super) fn subjects(&self, tree: &Tree) -> tantivy::Result<Vec<Subject>> {
        let mut subjects = Vec::new();
        for filter in tree.filters() {
            let (field, card_field, ids): (_, _, Vec<String>) = match filter {
                Filter::Tag(tags) | Filter::Mention(tags) => {
                    let ids = tags.iter().flat_map(Tag::ids).map(str::to_owned).collect();
                    (self.fields.tag, self.fields.title_tag, ids)
                }
                Filter::Court(ids) | Filter::Judge(ids) => {
                    (self.fields.tag, self.fields.title_tag, ids.clone())
                }
                Filter::Cites(cited) => {
                    let ids = cited.iter().flat_map(|cited| cited.ids.clone()).collect();
                    (self.fields.reference, self.fields.bears, ids)
                }
                _ => continue,
            };
            let passages = self.ids(field, &ids)?;
            subjects.push(Subject { passages, cards: self.ids(card_field, &ids)? });
        }
        Ok(subjects)
    }

    pub(super) fn filter(&mut self, filter: &Filter, place: Place) -> tantivy::Result<Logic> {
        let fields = *self.fields;
        let tags = |tags: &[Tag]| -> Vec<String> {
            tags.iter().flat_map(Tag::ids).map(str::to_owned).collect()
        };
        let matcher = match filter {
            Filter::Tag(wanted) | Filter::Mention(wanted) => self.ids(fields.tag, &tags(wanted))?,
            Filter::Court(ids) => self.ids(fields.court, ids)?,
            Filter::Judge(ids) => self.ids(fields.judge, ids)?,
            Filter::Kind(kinds) => {
                let names: Vec<String> = kinds.iter().map(|kind| kind.name().to_owned()).collect();
                self.ids(fields.kind, &names)?
            }
            Filter::Source(parts) => {
                let is_wanted = |path: &str| {
                    let path = path.to_lowercase();
                    parts.iter().any(|part| {
                        if part.anchored {
                            path.strip_prefix('/').unwrap_or(&path).starts_with(&part.text)
                        } else {
                            path.contains(&part.text)
                        }
                    })
                };
                let width = |path: &str| is_wanted(path).then_some(1);
                Matcher::Terms(
                    Forms::accepted(self.searcher, fields.source, "", width, self.watch)?,
                    0.0,
                )
            }
            Filter::List(lists) => {
                let docs: Vec<String> =
                    lists.iter().flat_map(|list| &list.docs).map(ToString::to_string).collect();
                self.ids(fields.doc, &docs)?
            }
            Filter::Title(text) => {
                let title = Where { exact: fields.title, stem: fields.title_stem };
                self.text(text, title)?
            }
            Filter::Number(numbers) => {
                let wanted: Vec<String> = numbers
                    .iter()
                    .flat_map(|number| number.ids.iter().chain(std::iter::once(&number.words)))
                    .filter(|number| !number.is_empty())
                    .cloned()
                    .collect();
                self.ids(fields.number, &wanted)?
            }
            Filter::Cites(cited) => {
                let ids: Vec<String> = cited.iter().flat_map(|cited| cited.ids.clone()).collect();
                self.ids(fields.reference, &ids)?
            }
            Filter::Lang(langs) => {
                let tags: Vec<String> = langs.iter().map(|lang| lang.tag().to_owned()).collect();
                self.ids(fields.lang, &tags)?
            }
            Filter::Page(ranges) => self.listed(|segment, doc| {
                let ends = [segment.page.first(doc), segment.page_to.first(doc)];
                ends.into_iter().flatten().any(|page| holds(ranges, page))
            }),
            Filter::Para(ranges) => self.listed(|segment, doc| {
                segment.para_no.first(doc).is_some_and(|para_no| holds(ranges, para_no))
            }),
            Filter::Date { role: None, ranges } => {
                let days: Vec<(i64, i64)> = ranges.iter().map(|range| range.days()).collect();
                self.listed_records(|record| {
                    let own = record.date_lo.zip(record.date_hi);
                    own.is_some_and(|own| overlap(&days, own))
                })
            }
            Filter::Date { role: Some(role), ranges } => {
                let days: Vec<(i64, i64)> = ranges.iter().map(|range| range.days()).collect();
                let prefix = format!("{} ", role.name());
                let width = |term: &str| {
                    let (_, lo, hi) = days_of_term(term)?;
                    overlap(&days, (lo, hi)).then_some(1)
                };
                Matcher::Terms(
                    Forms::accepted(self.searcher, fields.dates, &prefix, width, self.watch)?,
                    0.0,
                )
            }
            Filter::Missing(missing) => {
                let names: Vec<String> =
                    missing.iter().map(|missing| missing.name().to_owned()).collect();
                self.ids(fields.missing, &names)?
            }
            Filter::Doc(docs) => {
                let docs: Vec<String> = docs.iter().map(ToString::to_string).collect();
                self.ids(fields.doc, &docs)?
            }
            Filter::Like(like) => return self.like(like, place),
        };
        let speaks = if filter.is_of_passages() { Speaks::Place } else { Speaks::Document };
        Ok(self.leaf(matcher, speaks, place, true))
    }

    /// Passages with any of the telling words of a place, its own document left out.
    fn like(&mut self, like: &Like, place: Place) -> tantivy::Result<Logic> {
        let words = (self.like)(like);
        let words = words
            .into_iter()
            .map(|exact| Ok((self.word(&Word { stem: exact.clone(), exact }, self.body())?, 1.0)))
            .collect::<tantivy::Result<_>>()?;
        let alike = self.leaf(Matcher::Any(words), Speaks::Place, place, true);
        let itself = self.ids(self.fields.doc, &[like.doc.to_string()])?;
        let hidden = Place { needs: 0, finds: false };
        let itself = self.leaf(itself, Speaks::Document, hidden, true);
        Ok(Logic::And(vec![alike, Logic::Not(Box::new(itself))]))
    }

    /// Returns what matches any of some ids; it scores nothing.
    fn ids(&self, field: Field, ids: &[String]) -> tantivy::Result<Matcher> {
        let terms = self.terms(field, ids.iter().map(String::as_str));
        Ok(Matcher::Terms(Forms::of_terms(self.searcher, &terms)?, 0.0))
    }

    /// Returns the entries that a test takes.
    fn listed(&self, takes: impl Fn(&Segment, DocId) -> bool) -> Matcher {
        let list = |(segment, reader): (&Segment, &SegmentReader)| {
            let docs = (0..reader.max_doc()).take_while(|_| self.watch.spend(1));
            docs.filter(|&doc| takes(segment, doc)).collect()
        };
        Matcher::Listed(
            self.segments.iter().zip(self.searcher.segment_readers()).map(list).collect(),
        )
    }

    /// Returns the cards of documents that a test takes.
    fn listed_records(&self, takes: impl Fn(&Record) -> bool) -> Matcher {
        let list = |segment: &Segment| {
            let documents = segment.cards.iter().zip(segment.records());
            let documents = documents.take_while(|_| self.watch.spend(1));
            documents.filter(|(_, record)| takes(record)).map(|(&card, _)| card).collect()
        };
        Matcher::Listed(self.segments.iter().map(list).collect())
    }
}

/// Tells whether any of the ranges holds `number`.
fn holds(ranges: &[NumberRange], number: u64) -> bool {
    u32::try_from(number).is_ok_and(|number| ranges.iter().any(|range| range.holds(number)))
}

/// Tells whether days `own` overlap any of `ranges`.
fn overlap(ranges: &[(i64, i64)], own: (i64, i64)) -> bool {
    ranges.iter().any(|&(lo, hi)| own.0 <= hi && lo <= own.1)
}
