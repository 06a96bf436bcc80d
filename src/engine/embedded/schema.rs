//! The fields of an index entry, and the number that says which fields and which analysis it has.
//!
//! All entries of a document (its card, its passages in reading order, each bridge after the
//! passage before its seam) are written as one batch, so they lie side by side in one segment, and
//! merging keeps that order. Grouping, filters of documents and facets rest on this: what is true
//! of the document stands on its card alone and is not repeated on every passage.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use super::tokenize::{MENTIONS, TOKENS};

/// Stands in every commit; an index with another number is built anew, never changed in place.
pub(super) const FORMAT: &str = "schema=4 analysis=1";

/// What an entry is; the column `entry`.
pub(super) mod entry {
    pub(crate) const PASSAGE: u64 = 0;
    pub(crate) const BRIDGE: u64 = 1;
    pub(crate) const CARD: u64 = 2;
    pub(crate) const BOILERPLATE: u64 = 3;
}

/// The fields by their handles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) entry: Field,
    /// On every entry: the document's SHA-256, by which it is replaced and removed.
    pub(super) doc: Field,
    pub(super) docn: Field,
    pub(super) ord: Field,
    /// On bridges: `ord` and `page` after the seam, and the passage's number on that page.
    pub(super) ord_to: Field,
    pub(super) page: Field,
    pub(super) page_to: Field,
    pub(super) nth: Field,
    pub(super) nth_to: Field,
    pub(super) para: Field,
    pub(super) para_no: Field,
    pub(super) quality: Field,
    pub(super) lang: Field,
    /// On cards: what the record says in words, so that it fulfils parts of a query.
    pub(super) body: Field,
    pub(super) body_stem: Field,
    /// Entities at the positions of `body`: term `<id>/<number of tokens>`.
    pub(super) mention: Field,
    /// On cards: what the record's tags stand for.
    pub(super) reference: Field,
    /// On cards: the document's own numbers, which a reference may be to.
    pub(super) bears: Field,
    pub(super) tag: Field,
    /// On cards: entities that the title names.
    pub(super) title_tag: Field,
    pub(super) title: Field,
    pub(super) title_stem: Field,
    /// On cards: other names of what the record is about, for bare words alone.
    pub(super) names: Field,
    pub(super) names_stem: Field,
    pub(super) kind: Field,
    pub(super) court: Field,
    pub(super) source: Field,
    pub(super) judge: Field,
    pub(super) party: Field,
    pub(super) number: Field,
    pub(super) missing: Field,
    /// Dates by role: term `<role> <first day> <last day>`.
    pub(super) dates: Field,
    pub(super) date_lo: Field,
    pub(super) date_hi: Field,
}

impl Fields {
    /// Returns the field that knows how many words an entry has in `field`; `None`: nobody does.
    pub(super) fn lengths_of(&self, field: Field) -> Option<Field> {
        let groups: [&[Field]; 3] = [
            // On cards `body` is what the record says, of which the parties are a part.
            &[self.body, self.body_stem, self.party],
            &[self.title, self.title_stem],
            &[self.names, self.names_stem],
        ];
        groups.into_iter().find(|group| group.contains(&field))?.first().copied()
    }
}

/// Returns the schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let raw = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let term = TextOptions::default().set_indexing_options(raw);
    let id = term.clone().set_fast("raw");
    let positions = |tokenizer, norms| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                .set_fieldnorms(norms),
        )
    };
    // A field's lengths cost a byte for every entry: `body_stem` has those of `body`, and so on.
    let words = positions(TOKENS, true);
    let no_lengths = positions(TOKENS, false);
    let number = NumericOptions::default().set_indexed().set_fast();
    let fields = Fields {
        entry: schema.add_u64_field("entry", number.clone()),
        doc: schema.add_text_field("doc", id.clone()),
        docn: schema.add_u64_field("docn", number.clone()),
        ord: schema.add_u64_field("ord", FAST),
        ord_to: schema.add_u64_field("ord_to", FAST),
        page: schema.add_u64_field("page", FAST),
        page_to: schema.add_u64_field("page_to", FAST),
        nth: schema.add_u64_field("nth", FAST),
        nth_to: schema.add_u64_field("nth_to", FAST),
        para: schema.add_u64_field("para", FAST),
        para_no: schema.add_u64_field("para_no", FAST),
        quality: schema.add_u64_field("quality", FAST),
        lang: schema.add_text_field("lang", id.clone()),
        body: schema.add_text_field("body", words.clone()),
        body_stem: schema.add_text_field("body_stem", no_lengths.clone()),
        mention: schema.add_text_field("mention", positions(MENTIONS, false)),
        reference: schema.add_text_field("ref", term.clone()),
        bears: schema.add_text_field("bears", term.clone()),
        tag: schema.add_text_field("tag", id.clone()),
        title_tag: schema.add_text_field("title_tag", term.clone()),
        title: schema.add_text_field("title", words.clone()),
        title_stem: schema.add_text_field("title_stem", no_lengths.clone()),
        names: schema.add_text_field("names", words),
        names_stem: schema.add_text_field("names_stem", no_lengths.clone()),
        kind: schema.add_text_field("kind", id.clone()),
        court: schema.add_text_field("court", id.clone()),
        source: schema.add_text_field("source", id.clone()),
        judge: schema.add_text_field("judge", id),
        party: schema.add_text_field("party", no_lengths),
        number: schema.add_text_field("number", term.clone()),
        missing: schema.add_text_field("missing", term.clone()),
        dates: schema.add_text_field("dates", term),
        date_lo: schema.add_i64_field("date_lo", number.clone()),
        date_hi: schema.add_i64_field("date_hi", number),
    };
    (schema.build(), fields)
}
