//! What an answer says: order, places, bridges, facets, sorting, words.

use super::corpus::{Doc, Passage, ask, build, doc, docns, id, node, phrase, phrase_of, word};
use crate::engine::{Answer, Engine as _, FacetField, Note, Order, Scope, Want};
use crate::model::record::DateRole;
use crate::model::{Date, Kind, Lang, PageNo};
use crate::query::tree::{
    DateRange, Filter, Like, ListDocs, Missing, Node, NodeKind, Number, NumberRange, PathPart,
    Pattern, Reference, Tag, Text, Tree,
};

fn and(children: Vec<Node>) -> Node {
    node(NodeKind::And(children))
}

fn filter(filter: Filter) -> Node {
    node(NodeKind::Filter(filter))
}

fn tag(id: &str) -> Filter {
    Filter::Tag(vec![Tag { id: id.to_owned(), children: Vec::new(), with_children: false }])
}

#[test]
fn one_passage_with_everything_comes_first() {
    let apart = doc(1, &["the lims again lims and lims", "a firewall firewall firewall"]);
    let together = doc(2, &["nothing of note", "a lims behind the national web firewall"]);
    let built = build(&[apart, together, doc(3, &["only lims"])], 1);
    let answer = ask(&built.engine, and(vec![word("lims"), word("firewall")]));
    assert_eq!(docns(&answer), [2, 1]);
    assert_eq!(answer.in_one_passage, 1);
    assert_eq!(answer.documents[0].scope, Scope::Passage);
    assert_eq!(answer.documents[1].scope, Scope::Document);
    assert_eq!(answer.total_passages, 3);
    assert!(answer.complete);
}

#[test]
fn a_phrase_crosses_a_page_by_a_bridge() {
    let mut one = doc(7, &[]);
    one.passages = vec![
        Passage::new(1, "the order speaks of lawful"),
        Passage { boilerplate: true, ..Passage::new(1, "Page 1 of 2") },
        Passage { boilerplate: true, ..Passage::new(2, "W.P. No. 1805 of 2023") },
        Passage::new(2, "intercept management and lawful ends"),
    ];
    let built = build(&[one], 1);
    let answer = ask(&built.engine, phrase(&["lawful", "intercept"]));
    assert_eq!(answer.total_passages, 1);
    let passage = &answer.documents[0].passages[0];
    assert_eq!((passage.page.get(), passage.page_to.map(PageNo::get)), (1, Some(2)));
    assert_eq!((passage.ord, passage.ord_to), (0, Some(3)));
    assert_eq!(passage.pid, format!("{}:1:1+2:4", id(7).short(16)));
    // A sentence goes on over the notes of its page, and a note over the text of the next.
    let note = |page, text| Passage { note: true, ..Passage::new(page, text) };
    let mut two = doc(8, &[]);
    two.passages = vec![
        Passage::new(1, "the order speaks of a lawful"),
        note(1, "see the case of the kite and"),
        Passage::new(2, "intercept of kites"),
        note(2, "its string"),
    ];
    let noted = build(&[two], 1);
    for words in [["lawful", "intercept"], ["and", "its"]] {
        assert_eq!(ask(&noted.engine, phrase(&words)).total_documents, 1, "{words:?}");
    }
    assert_eq!(ask(&noted.engine, phrase(&["lawful", "see"])).total_documents, 0);
    // What stands on one side is found there alone.
    let answer = ask(&built.engine, word("lawful"));
    let ords: Vec<u32> = answer.documents[0].passages.iter().map(|passage| passage.ord).collect();
    assert_eq!(ords, [0, 3]);
    assert_eq!(answer.documents[0].passages[0].ord_to, None);
}

#[test]
fn paragraphs_of_a_page_are_not_joined_unless_cut() {
    let mut one = doc(1, &["ends with lawful", "intercept begins"]);
    assert_eq!(
        ask(&build(&[one.clone()], 1).engine, phrase(&["lawful", "intercept"])).total_documents,
        0
    );
    one.passages[0].continues = true;
    let answer = ask(&build(&[one], 1).engine, phrase(&["lawful", "intercept"]));
    assert_eq!(answer.documents[0].passages[0].page_to.map(PageNo::get), Some(1));
}

#[test]
fn a_phrase_of_one_word_many_times_needs_it_so_often_in_a_row() {
    let apart = doc(1, &["no no no", "no", "no no and no no no"]);
    let built = build(&[apart, doc(2, &["yes", "no no no no"]), doc(3, &["no no no no no"])], 2);
    let answer = ask(&built.engine, phrase(&["no"; 4]));
    let sorted = |answer: &Answer| {
        let mut docns = docns(answer);
        docns.sort_unstable();
        docns
    };
    assert_eq!((sorted(&answer), answer.total_passages), (vec![2, 3], 2));
    let moved = node(NodeKind::Text(Text::Phrase(phrase_of(&["no"; 5], 1))));
    assert_eq!(sorted(&ask(&built.engine, moved)), [1, 3]);
}

#[test]
fn words_are_found_by_a_stem_that_is_a_word_and_by_one_that_is_none() {
    let built =
        build(&[doc(1, &["the court"]), doc(2, &["two courts"]), doc(3, &["he courted"])], 2);
    for typed in ["court", "courts", "courted"] {
        assert_eq!(ask(&built.engine, word(typed)).total_documents, 3, "{typed}");
    }
    assert_eq!(ask(&built.engine, phrase(&["courts"])).total_documents, 1);
    let built = build(&[doc(1, &["to manage"]), doc(2, &["manag"]), doc(3, &["managing"])], 2);
    assert_eq!(ask(&built.engine, word("managed")).total_documents, 3);
    assert_eq!(docns(&ask(&built.engine, phrase(&["manag"]))), [2]);
}

#[test]
fn running_heads_are_the_last_resort() {
    let mut one = doc(1, &["the judgment itself"]);
    one.passages
        .push(Passage { boilerplate: true, ..Passage::new(1, "Judgment Sheet Constitution") });
    let built = build(&[one], 1);
    let answer = ask(&built.engine, word("sheet"));
    assert_eq!(docns(&answer), [1]);
    assert_eq!(answer.notes, [Note::BoilerplateAlone]);
    let answer = ask(&built.engine, word("judgment"));
    assert_eq!((answer.total_passages, answer.notes.len()), (1, 0));
}

#[test]
fn an_own_filter_of_passages_binds_its_neighbours() {
    let mut one = doc(1, &["lims in english", "لمز اردو میں"]);
    one.passages[1].lang = Lang::Ur;
    let two = Doc { docn: 2, ..one.clone() };
    let mut two = two;
    two.passages[1].text = "lims اردو میں".to_owned();
    let built = build(&[one, two], 9);
    let urdu = filter(Filter::Lang(vec![Lang::Ur]));
    assert_eq!(docns(&ask(&built.engine, and(vec![word("lims"), urdu.clone()]))), [2]);
    let english = filter(Filter::Lang(vec![Lang::En]));
    assert_eq!(ask(&built.engine, and(vec![word("lims"), english])).total_documents, 2);
    let not = node(NodeKind::Not(Box::new(word("lims"))));
    assert_eq!(ask(&built.engine, and(vec![not, urdu])).total_documents, 0);
}

#[test]
fn shown_passages_hold_most_and_cover_every_part() {
    let one = doc(1, &["alpha", "beta", "alpha alpha alpha", "alpha gamma", "beta beta"]);
    let built = build(&[one], 1);
    let root = and(vec![word("alpha"), word("beta"), word("gamma")]);
    let want = Want { passages: 2, ..Want::default() };
    let answer = built.engine.search(&Tree { root }, &want).unwrap();
    let ords: Vec<u32> = answer.documents[0].passages.iter().map(|passage| passage.ord).collect();
    assert_eq!(ords, [3, 4], "in reading order; alpha and gamma, then the best beta");
    assert_eq!(answer.documents[0].passages_matched, 5);
}

/// Every kind of filter on a document finds the one that has it.
#[test]
fn filters_of_documents() {
    let rich = Doc {
        docn: 1,
        title: "Order on the Lawful Intercept Management System".to_owned(),
        kind: Some(Kind::Order),
        court: Some("ihc"),
        tags: vec!["lims".to_owned()],
        paths: vec!["ihc/2024/Order of June.pdf".to_owned(), "copies/x.pdf".to_owned()],
        numbers: vec!["pk/ihc/wp/2023/1805".to_owned()],
        printed_numbers: vec!["W.P. No. 1805/2023".to_owned()],
        date: Date::of_day(2024, 6, 25),
        dates: vec![(DateRole::Hearing, Date::of_day(2024, 5, 29).unwrap())],
        ..doc(1, &["one text"])
    };
    let poor =
        Doc { docn: 2, missing: vec![Missing::Date, Missing::Court], ..doc(2, &["one text"]) };
    let built = build(&[rich, poor], 1);
    let range = |from: &str, to: &str| DateRange { from: from.parse().ok(), to: to.parse().ok() };
    let path =
        |text: &str, anchored| Filter::Source(vec![PathPart { text: text.to_owned(), anchored }]);
    let cases = [
        (tag("lims"), 1),
        (Filter::Kind(vec![Kind::Order, Kind::News]), 1),
        (Filter::Court(vec!["ihc".to_owned()]), 1),
        (path("order of june", false), 1),
        (path("copies/", true), 1),
        (Filter::Title(Text::Word(super::corpus::word_of("intercepts"))), 1),
        (Filter::Title(Text::Phrase(super::corpus::phrase_of(&["lawful", "intercept"], 0))), 1),
        (Filter::Date { role: None, ranges: vec![range("2024-06", "2024-06")] }, 1),
        (Filter::Date { role: Some(DateRole::Hearing), ranges: vec![range("", "2024-05-29")] }, 1),
        (Filter::Missing(vec![Missing::Date]), 2),
        (Filter::Doc(vec![id(2)]), 2),
        (Filter::List(vec![ListDocs { name: "l".to_owned(), docs: vec![id(1)] }]), 1),
    ];
    for (wanted, docn) in cases {
        let answer = ask(&built.engine, filter(wanted.clone()));
        assert_eq!(docns(&answer), [docn], "{wanted:?}");
        assert_eq!((answer.total_passages, answer.documents[0].passages.len()), (0, 0));
        let not = node(NodeKind::Not(Box::new(filter(wanted.clone()))));
        assert_eq!(docns(&ask(&built.engine, not)), [3 - docn], "not {wanted:?}");
        let both = and(vec![filter(wanted.clone()), word("text")]);
        assert_eq!(docns(&ask(&built.engine, both)), [docn], "with a word: {wanted:?}");
    }
    for none in [
        path("opies/", true),
        Filter::Date { role: None, ranges: vec![range("2024-06-26", "")] },
        Filter::Date { role: Some(DateRole::Hearing), ranges: vec![range("2024-06", "")] },
    ] {
        assert_eq!(ask(&built.engine, filter(none.clone())).total_documents, 0, "{none:?}");
    }
}

#[test]
fn a_tag_that_a_person_took_away_is_gone() {
    let mut kept = doc(1, &["lims here"]);
    kept.passages[0].mentions = vec![("lims".to_owned(), 0..4)];
    let mut taken = Doc { docn: 2, ..kept.clone() };
    kept.tags = vec!["lims".to_owned()];
    taken.tags = Vec::new();
    let built = build(&[kept, taken], 9);
    assert_eq!(docns(&ask(&built.engine, filter(tag("lims")))), [1]);
    assert_eq!(docns(&ask(&built.engine, and(vec![filter(tag("lims")), word("here")]))), [1]);
}

#[test]
fn numbers_by_normal_form_and_by_words() {
    let one = Doc {
        numbers: vec!["pk/ihc/wp/2023/1805".to_owned()],
        printed_numbers: vec!["W.P. No. 1805/2023".to_owned()],
        ..doc(1, &["text"])
    };
    let built = build(&[one], 1);
    let number = |ids: &[&str], words: &str| {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        filter(Filter::Number(vec![Number {
            ids,
            words: words.to_owned(),
            typed: words.to_owned(),
        }]))
    };
    assert_eq!(ask(&built.engine, number(&["pk/ihc/wp/2023/1805"], "")).total_documents, 1);
    assert_eq!(ask(&built.engine, number(&[], "wp no 1805 2023")).total_documents, 1);
    assert_eq!(ask(&built.engine, number(&[], "1805 2023")).total_documents, 0);
}

#[test]
fn places_by_page_and_paragraph() {
    let mut one = doc(1, &[]);
    one.passages = vec![
        Passage { para_no: Some(17), ..Passage::new(3, "lims first") },
        Passage { para_no: Some(18), ..Passage::new(4, "lims second") },
    ];
    let built = build(&[one], 1);
    let at = |first, last| vec![NumberRange { first, last }];
    for place in [Filter::Page(at(4, u32::MAX)), Filter::Para(at(18, 18))] {
        let answer = ask(&built.engine, and(vec![word("second"), filter(place.clone())]));
        assert_eq!(answer.documents[0].passages[0].ord, 1, "{place:?}");
        assert_eq!(ask(&built.engine, and(vec![word("first"), filter(place)])).total_documents, 0);
    }
}

/// Choosing a value of a facet finds as many documents as it said.
#[test]
fn facets_keep_their_word() {
    let mut docs: Vec<Doc> = (1..=9)
        .map(|docn| Doc {
            kind: Some(if docn % 2 == 0 { Kind::Order } else { Kind::News }),
            tags: (0..docn % 4).map(|tag| format!("tag{tag}")).collect(),
            date: Date::of_year(2020 + u16::try_from(docn % 3).unwrap()),
            ..doc(docn, &["lims and data", "ہائی کورٹ lims", "only data"])
        })
        .collect();
    for doc in &mut docs {
        doc.passages[1].lang = Lang::Ur;
    }
    docs[8].passages.remove(0);
    let built = build(&docs, 4);
    let root = and(vec![word("lims"), word("data")]);
    let facets = [FacetField::Tag, FacetField::Kind, FacetField::Year, FacetField::Lang];
    let want = Want { facets: &facets, ..Want::default() };
    let answer = built.engine.search(&Tree { root: root.clone() }, &want).unwrap();
    assert_eq!(answer.total_documents, 9);
    let mut n_values = 0;
    for facet in &answer.facets {
        for value in &facet.values {
            let choice = match facet.field {
                FacetField::Tag => tag(&value.value),
                FacetField::Kind => {
                    Filter::Kind(Kind::from_name(&value.value).into_iter().collect())
                }
                FacetField::Lang => {
                    Filter::Lang(Lang::from_tag(&value.value).into_iter().collect())
                }
                _ => {
                    let date = value.value.parse().ok();
                    Filter::Date { role: None, ranges: vec![DateRange { from: date, to: date }] }
                }
            };
            let chosen = ask(&built.engine, and(vec![root.clone(), filter(choice)]));
            assert_eq!(chosen.total_documents, value.documents, "{:?} {value:?}", facet.field);
            n_values += 1;
        }
    }
    assert_eq!(n_values, 3 + 2 + 3 + 1, "no Urdu passage holds data");
}

#[test]
fn orders_and_windows() {
    let dated = |docn, year| Doc { date: Date::of_year(year), ..doc(docn, &["lims"]) };
    let docs = [dated(1, 2022), dated(2, 2020), doc(3, &["lims"]), dated(4, 2021)];
    let built = build(&docs, 2);
    let tree = Tree { root: word("lims") };
    let ranks = |docn| Some(10 - docn);
    let cases: [(Order<'_>, [u64; 4]); 3] = [
        (Order::Oldest, [2, 4, 1, 3]),
        (Order::Newest, [1, 4, 2, 3]),
        (Order::Rank(&ranks), [4, 3, 2, 1]),
    ];
    for (order, expect) in cases {
        let want = Want { order, ..Want::default() };
        let answer = built.engine.search(&tree, &want).unwrap();
        assert_eq!(docns(&answer), expect);
        assert_eq!(answer.undated, 1);
        for (offset, docn) in expect.into_iter().enumerate() {
            let want = Want { order, offset, limit: 1, ..Want::default() };
            assert_eq!(docns(&built.engine.search(&tree, &want).unwrap()), [docn]);
        }
    }
    // All score alike: the order is that of their ids.
    let answer = ask(&built.engine, word("lims"));
    let ids: Vec<_> = answer.documents.iter().map(|hit| hit.doc).collect();
    assert!(ids.is_sorted(), "{ids:?}");
    assert_eq!(ids.len(), 4);
    for (offset, id) in ids.into_iter().enumerate() {
        let want = Want { offset, limit: 1, ..Want::default() };
        assert_eq!(built.engine.search(&tree, &want).unwrap().documents[0].doc, id);
    }
}

#[test]
fn titles_count_and_written_words_beat_patterns() {
    let titled = Doc { title: "The Firewall".to_owned(), ..doc(1, &["a national firewall here"]) };
    let built = build(&[doc(2, &["a national firewall here"]), titled], 9);
    assert_eq!(docns(&ask(&built.engine, word("firewall"))), [1, 2]);
    let built = build(&[doc(1, &["firewalled"]), doc(2, &["firewall"])], 9);
    let pattern = Text::Pattern(Pattern { text: "fire*".to_owned() });
    let either = NodeKind::Or(vec![word("firewall"), node(NodeKind::Text(pattern))]);
    assert_eq!(docns(&ask(&built.engine, node(either))), [2, 1]);
}

#[test]
fn stopping_says_so() {
    let docs: Vec<Doc> = (1..=600).map(|docn| doc(docn, &["lims"])).collect();
    let built = build(&docs, 600);
    let want = Want { stop: &|| true, ..Want::default() };
    let answer = built.engine.search(&Tree { root: word("lims") }, &want).unwrap();
    assert!(!answer.complete);
    assert_eq!(answer.notes, [Note::Stopped]);
    assert!(answer.total_documents > 0 && answer.total_documents < 600);
}

#[test]
fn the_dictionary() {
    let built = build(&[doc(1, &["surveillance order", "orders ordered"]), doc(2, &["order"])], 1);
    let words = built.engine.words_starting("ord", 2, &|| false).unwrap();
    assert_eq!((words[0].word.as_str(), words[0].passages), ("order", 2));
    assert_eq!(words.len(), 2);
    let near = built.engine.words_near("surveilance", 1, 9, &|| false).unwrap();
    assert_eq!(near[0].word, "surveillance");
    assert_eq!(built.engine.word_passages("order").unwrap(), 2);
    assert_eq!(built.engine.word_passages("nothing").unwrap(), 0);
}

#[test]
fn like_leaves_its_own_document_out() {
    let texts = ["surveillance of phones", "phones under surveillance", "the weather"];
    let docs: Vec<Doc> = (1..).zip(texts).map(|(docn, text)| doc(docn, &[text])).collect();
    let built = build(&docs, 1);
    let telling = built.engine.telling_words(&[texts[0]], 25).unwrap();
    assert_eq!(telling, ["phones", "surveillance"]);
    let like = Like { doc: id(1), at: crate::model::Locator::default() };
    let want = Want { like: &|_| telling.clone(), ..Want::default() };
    let tree = Tree { root: filter(Filter::Like(like)) };
    assert_eq!(docns(&built.engine.search(&tree, &want).unwrap()), [2]);
}

#[test]
fn what_the_record_says_fulfils_a_part_but_is_no_passage() {
    let mut titled = doc(1, &["The firewall slows the network down."]);
    titled.words = vec!["Mir v. Federation".to_owned(), "Justice Farooq".to_owned()];
    let built = build(&[titled, doc(2, &["Mir wrote.", "A firewall."]), doc(3, &["x"])], 2);
    let answer = ask(&built.engine, node(NodeKind::And(vec![word("mir"), word("firewall")])));
    assert_eq!(docns(&answer), [1, 2], "one passage and the record hold all parts");
    assert_eq!(answer.total_passages, 3);
    let answer = ask(&built.engine, word("farooq"));
    assert_eq!(docns(&answer), [1]);
    assert_eq!((answer.total_passages, answer.in_one_passage), (0, 0));
    // A phrase does not run from one saying into the next; NOT speaks of the record, too.
    assert!(ask(&built.engine, phrase(&["federation", "justice"])).documents.is_empty());
    let not = node(NodeKind::Not(Box::new(word("mir"))));
    assert_eq!(docns(&ask(&built.engine, not)), [3]);
    // Names that need not be printed serve bare words alone.
    let mut named = doc(1, &["It is built."]);
    named.names = vec!["web monitoring system".to_owned()];
    let third = super::corpus::build(&[named, doc(2, &["x"])], 2);
    let words = node(NodeKind::And(vec![word("monitor"), word("built")]));
    assert_eq!(docns(&ask(&third.engine, words)), [1]);
    assert!(ask(&third.engine, phrase(&["monitoring", "system"])).documents.is_empty());
    // A filter of passages turns the record down.
    let english = node(NodeKind::Filter(Filter::Lang(vec![Lang::En])));
    let both = node(NodeKind::And(vec![word("farooq"), english]));
    assert!(ask(&built.engine, both).documents.is_empty());
}

#[test]
fn who_bears_a_number_comes_before_who_cites_it() {
    let id = "pk/ihc/wp/2023/1805".to_owned();
    let cites = |docn| {
        let mut citing = doc(docn, &["as held in WP 1805 of 2023", "and again WP 1805 of 2023"]);
        citing.passages.iter_mut().for_each(|passage| passage.refs = vec![id.clone()]);
        citing
    };
    let mut once = cites(2);
    once.passages.truncate(1);
    let mut own = doc(5, &["the order itself"]);
    own.numbers = vec![id.clone()];
    let built = build(&[cites(1), once, cites(3), doc(4, &["another"]), own], 10);
    let reference = Reference {
        ids: vec![id],
        phrase: phrase_of(&["wp", "1805", "of", "2023"], 0),
        typed: "WP 1805 of 2023".to_owned(),
    };
    let found = docns(&ask(&built.engine, node(NodeKind::Text(Text::Reference(reference)))));
    assert_eq!(found.first(), Some(&5));
    assert_eq!(found.last(), Some(&2), "one citing passage is less than two");
    assert_eq!(found.len(), 4);
}

#[test]
fn filters_alone_rank_by_how_much_a_document_speaks_of_it() {
    let speaks = |docn, n: usize| {
        let mut own = doc(docn, &["one", "two", "three", "four"]);
        own.tags = vec!["lims".to_owned()];
        for passage in own.passages.iter_mut().take(n) {
            passage.mentions = vec![("lims".to_owned(), 0..3)];
        }
        own
    };
    let mut titled = speaks(4, 1);
    titled.title_tags = vec!["lims".to_owned()];
    let built = build(&[speaks(1, 1), speaks(2, 4), speaks(3, 2), titled, doc(5, &["x"])], 2);
    let tag = Tag { id: "lims".to_owned(), children: Vec::new(), with_children: false };
    let answer = ask(&built.engine, node(NodeKind::Filter(Filter::Tag(vec![tag]))));
    assert_eq!(docns(&answer), [4, 2, 3, 1]);
}
