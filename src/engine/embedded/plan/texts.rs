//! Words, phrases, patterns and what stands near what, as matchers.

use tantivy::Term;
use tantivy::query::Bm25Weight;
use tantivy::schema::Field;

use super::{
    BEARER_BOOST, Bits, LOOSE_SCORE, List, Matcher, PlacesPlan, Planner, REFERENCE_BOOST, Rated,
    RatedStem, SpanPlan, Where, bit, place_among,
};
use crate::engine::embedded::forms::Forms;
use crate::query::tree::{
    Fuzzy, Node, NodeKind, Operand, OperandKind, Pattern, Phrase, PhraseWord, Tag, Text, Word,
};
use crate::text::is_own_stem;

impl Planner<'_> {
    pub(super) fn text(&mut self, text: &Text, place: Where) -> tantivy::Result<Matcher> {
        Ok(match text {
            Text::Word(word) => self.word(word, place)?,
            Text::Phrase(phrase) => self.phrase(phrase, place)?,
            Text::Pattern(Pattern { text }) => {
                Matcher::Terms(self.pattern(text, place)?, LOOSE_SCORE)
            }
            Text::Fuzzy(Fuzzy { word, edits }) => {
                Matcher::Terms(self.fuzzy(word, *edits, place)?, LOOSE_SCORE)
            }
            Text::Near(near) => {
                let (mut operands, mut order) = (Vec::new(), Vec::new());
                for operand in &near.operands {
                    order.push(place_among(&mut operands, self.operand(operand, place)?));
                }
                let words = near.operands.iter().flat_map(words_of_operand).collect();
                let rated = self.rated(words, place.exact)?;
                Matcher::Spans(SpanPlan::Chain(operands, order, near.links.clone()), rated)
            }
            Text::Apart(apart) => {
                let keep = self.operand(&apart.keep, place)?;
                let other = self.operand(&apart.other, place)?;
                let rated = self.rated(words_of_operand(&apart.keep), place.exact)?;
                Matcher::Spans(SpanPlan::Apart(keep, other, apart.link), rated)
            }
            Text::Reference(reference) => {
                let ids =
                    self.terms(self.fields.reference, reference.ids.iter().map(String::as_str));
                let forms = Forms::of_terms(self.searcher, &ids)?;
                let score = REFERENCE_BOOST * self.idf(&ids)?;
                let phrase = self.phrase(&reference.phrase, place)?;
                let own = self.terms(self.fields.bears, reference.ids.iter().map(String::as_str));
                let own = Forms::of_terms(self.searcher, &own)?;
                Matcher::Any(vec![
                    (Matcher::Terms(forms, score), 1.0),
                    (Matcher::Terms(own, REFERENCE_BOOST * self.idf(&[])?), BEARER_BOOST),
                    (phrase, 1.0),
                ])
            }
        })
    }

    /// Returns how telling the rarest of some terms is: what BM25 gives one term of a short field.
    fn idf(&self, terms: &[Term]) -> tantivy::Result<f32> {
        let mut best = 0.0_f32;
        // What nothing refers to is as rare as can be.
        let counts = terms.iter().map(|term| self.searcher.doc_freq(term));
        for passages in counts.chain(terms.is_empty().then_some(Ok(1))) {
            let passages = passages?;
            let bm25 = Bm25Weight::for_one_term_without_explain(
                passages,
                self.searcher.num_docs().max(passages),
                1.0,
            );
            best = best.max(bm25.score(1, 1));
        }
        Ok(best)
    }

    pub(super) fn word(&self, word: &Word, place: Where) -> tantivy::Result<Matcher> {
        let exact = self.rate(Term::from_field_text(place.exact, &word.exact))?;
        let stem = self.stem(word, place, exact.as_ref())?;
        Ok(Matcher::Word(exact, stem))
    }

    /// Returns the stem of a word; `None` for one that no segment holds.
    fn stem(
        &self,
        word: &Word,
        place: Where,
        exact: Option<&Rated>,
    ) -> tantivy::Result<Option<RatedStem>> {
        let inflected = self.list(Term::from_field_text(place.stem, &word.stem))?;
        let is_printed = is_own_stem(&word.stem);
        let has_exact = is_printed && word.exact == word.stem;
        let plain = if is_printed && !has_exact {
            Some(self.list(Term::from_field_text(place.exact, &word.stem))?)
        } else {
            None
        };
        let printed = match &plain {
            None if has_exact => exact.map_or(0, |exact| exact.list.freq),
            plain => plain.as_ref().map_or(0, |plain| plain.freq),
        };
        // What holds both is counted twice, which weighs little: the exact number is nowhere kept.
        let freq = inflected.freq + printed;
        let bm25 = self.bm25(freq, place.exact)?;
        Ok(bm25.map(|bm25| RatedStem { inflected, plain, has_exact, bm25 }))
    }

    /// A bare word also finds the names that stand on the card alone.
    pub(super) fn word_or_name(&self, word: &Word) -> tantivy::Result<Matcher> {
        let names = Where { exact: self.fields.names, stem: self.fields.names_stem };
        let body = self.word(word, self.body())?;
        Ok(match self.word(word, names)? {
            Matcher::Word(None, None) => body,
            name => Matcher::Best(vec![(body, 1.0), (name, 1.0)]),
        })
    }

    /// Returns `None` for a term that no segment holds.
    fn rate(&self, term: Term) -> tantivy::Result<Option<Rated>> {
        let list = self.list(term)?;
        let bm25 = self.bm25(list.freq, list.field)?;
        Ok(bm25.map(|bm25| Rated { list, bm25 }))
    }

    fn list(&self, term: Term) -> tantivy::Result<List> {
        let field = term.field();
        let mut infos = Vec::new();
        for reader in self.searcher.segment_readers() {
            infos.push(reader.inverted_index(field)?.get_term_info(&term)?);
        }
        let freq = infos.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        Ok(List { field, infos, freq })
    }

    /// Returns how much a term tells that stands in `freq` entries; `None` where it stands nowhere.
    fn bm25(&self, freq: u64, field: Field) -> tantivy::Result<Option<Bm25Weight>> {
        if freq == 0 {
            return Ok(None);
        }
        let (mut tokens, mut entries) = (0, 0);
        for reader in self.searcher.segment_readers() {
            tokens += reader.inverted_index(field)?.total_num_tokens();
            entries += u64::from(reader.max_doc());
        }
        #[expect(clippy::cast_precision_loss, reason = "a mean needs few digits")]
        let mean = tokens as f32 / entries as f32;
        Ok(Some(Bm25Weight::for_one_term(freq.min(entries), entries, mean)))
    }

    pub(super) fn phrase(&mut self, phrase: &Phrase, place: Where) -> tantivy::Result<Matcher> {
        let tokens: Option<Vec<&str>> = phrase
            .words
            .iter()
            .map(|word| match word {
                PhraseWord::Token(token) => Some(token.as_str()),
                PhraseWord::Pattern(_) => None,
            })
            .collect();
        if let Some([token]) = tokens.as_deref() {
            let term = self.rate(Term::from_field_text(place.exact, token))?;
            return Ok(Matcher::Word(term, None));
        }
        let plan = SpanPlan::One(self.phrase_places(phrase, place)?);
        let rated = self.rated(words_of_phrase(phrase), place.exact)?;
        Ok(Matcher::Spans(plan, rated))
    }

    fn phrase_places(&mut self, phrase: &Phrase, place: Where) -> tantivy::Result<PlacesPlan> {
        let (mut words, mut offsets): (Vec<PlacesPlan>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
        for (word, offset) in phrase.words.iter().zip(0..) {
            let plan = match word {
                PhraseWord::Token(token) => {
                    let term = Term::from_field_text(place.exact, token);
                    PlacesPlan::Terms(Forms::of_terms(self.searcher, &[term])?)
                }
                PhraseWord::Pattern(pattern) => self.pattern_places(pattern, place)?,
            };
            let at = place_among(&mut words, plan);
            match offsets.get_mut(at) {
                Some(known) => known.push(offset),
                None => offsets.push(vec![offset]),
            }
        }
        Ok(PlacesPlan::Phrase(words.into_iter().zip(offsets).collect(), phrase.slop.into()))
    }

    fn pattern_places(&mut self, pattern: &Pattern, place: Where) -> tantivy::Result<PlacesPlan> {
        self.pattern(&pattern.text, place).map(PlacesPlan::Terms)
    }

    fn pattern(&mut self, text: &str, place: Where) -> tantivy::Result<Forms> {
        let key = (text.to_owned(), place.exact);
        if let Some(known) = self.patterns.get(&key) {
            return Ok(known.clone());
        }
        let forms =
            Forms::of_pattern(self.searcher, place.exact, text, &mut self.notes, self.watch)?;
        self.patterns.insert(key, forms.clone());
        Ok(forms)
    }

    fn fuzzy(&mut self, word: &str, edits: u8, place: Where) -> tantivy::Result<Forms> {
        Forms::of_fuzzy(self.searcher, place.exact, word, edits, &mut self.notes, self.watch)
    }

    fn word_places(&self, word: &Word, place: Where) -> tantivy::Result<PlacesPlan> {
        let mut terms = vec![
            Term::from_field_text(place.exact, &word.exact),
            Term::from_field_text(place.stem, &word.stem),
        ];
        if word.exact != word.stem && is_own_stem(&word.stem) {
            // Where the stem is a word by itself, it is kept as printed alone.
            terms.push(Term::from_field_text(place.exact, &word.stem));
        }
        Forms::of_terms(self.searcher, &terms).map(PlacesPlan::Terms)
    }

    fn operand(&mut self, operand: &Operand, place: Where) -> tantivy::Result<PlacesPlan> {
        Ok(match &operand.kind {
            OperandKind::Word(word) => self.word_places(word, place)?,
            OperandKind::Phrase(phrase) => self.phrase_places(phrase, place)?,
            OperandKind::Pattern(pattern) => self.pattern_places(pattern, place)?,
            OperandKind::Fuzzy(Fuzzy { word, edits }) => {
                PlacesPlan::Terms(self.fuzzy(word, *edits, place)?)
            }
            OperandKind::Mention(tags) => PlacesPlan::Terms(self.mention_places(tags)?),
            OperandKind::Any(operands) => {
                let mut parts = Vec::new();
                for operand in operands {
                    let plan = self.operand(operand, place)?;
                    place_among(&mut parts, plan);
                }
                PlacesPlan::Any(parts)
            }
        })
    }

    /// Mentions are terms `<id>/<number of tokens>`.
    fn mention_places(&self, tags: &[Tag]) -> tantivy::Result<Forms> {
        let mut forms = Forms::default();
        for id in tags.iter().flat_map(Tag::ids) {
            let prefix = format!("{id}/");
            let width = |term: &str| term.strip_prefix(&prefix)?.parse().ok();
            let found =
                Forms::accepted(self.searcher, self.fields.mention, &prefix, width, self.watch)?;
            forms = forms.and(found);
        }
        Ok(forms)
    }

    /// Returns the BM25 of words together; `None` where there is no fixed word.
    fn rated(
        &self,
        words: Vec<&str>,
        field: Field,
    ) -> tantivy::Result<Option<(Field, Bm25Weight)>> {
        if words.is_empty() {
            return Ok(None);
        }
        let terms = self.terms(field, words.into_iter());
        Ok(Some((field, Bm25Weight::for_terms(self.searcher, &terms)?)))
    }

    #[expect(clippy::unused_self, reason = "reads as the other makers of terms")]
    pub(super) fn terms<'t>(
        &self,
        field: Field,
        texts: impl Iterator<Item = &'t str>,
    ) -> Vec<Term> {
        texts.map(|text| Term::from_field_text(field, text)).collect()
    }

    /// Two or more bare words that must all be there should stand close together.
    pub(super) fn close(
        &self,
        root: &Node,
        words: &[(Word, usize)],
    ) -> tantivy::Result<Option<(Vec<PlacesPlan>, Bits, Bm25Weight)>> {
        let NodeKind::And(children) = &root.kind else { return Ok(None) };
        let bare: Vec<&Word> = children
            .iter()
            .filter_map(|child| match &child.kind {
                NodeKind::Text(Text::Word(word)) => Some(word),
                _ => None,
            })
            .collect();
        if bare.len() < 2 || bare.len() != words.len() {
            return Ok(None);
        }
        let places = bare
            .iter()
            .map(|word| self.word_places(word, self.body()))
            .collect::<tantivy::Result<_>>()?;
        let terms = self.terms(self.fields.body, bare.iter().map(|word| word.exact.as_str()));
        let bits = words.iter().fold(0, |bits, (_, leaf)| bits | bit((*leaf).min(127)));
        Ok(Some((places, bits, Bm25Weight::for_terms(self.searcher, &terms)?)))
    }
}

/// Returns the fixed words of a phrase.
fn words_of_phrase(phrase: &Phrase) -> Vec<&str> {
    let words = phrase.words.iter().filter_map(|word| match word {
        PhraseWord::Token(token) => Some(token.as_str()),
        PhraseWord::Pattern(_) => None,
    });
    words.collect()
}

/// Returns the fixed words of an operand; none for alternatives, of which any may be rare.
fn words_of_operand(operand: &Operand) -> Vec<&str> {
    match &operand.kind {
        OperandKind::Word(word) => vec![word.exact.as_str()],
        OperandKind::Phrase(phrase) => words_of_phrase(phrase),
        OperandKind::Pattern(_)
        | OperandKind::Fuzzy(_)
        | OperandKind::Mention(_)
        | OperandKind::Any(_) => Vec::new(),
    }
}
