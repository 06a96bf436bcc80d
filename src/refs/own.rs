//! The enactment whose text a document is: by its record's title, or by what it says of itself.

use super::acts::Acts;
use super::anchors::Anchor;
use super::flow::Flow;
use super::report::Reading;
use super::scan;

/// Returns the normal form of the enactment with this title; of an amending one none, for the
/// sections that it speaks of are those of the act that it amends.
pub(super) fn own_act(r: Reading<'_>, title: &str, country: &str) -> Option<String> {
    if amends(title) {
        return None;
    }
    let flow = Flow::of_text(title);
    let r = Reading { text: &flow.text, b: flow.text.as_bytes(), tables: r.tables, lenient: true };
    let anchors: Vec<(usize, usize, Anchor)> = r.tables.anchors(r.text);
    let acts = Acts::gather(r, &anchors, country);
    acts.mentions.first().map(|mention| mention.id.clone())
}

/// Takes the name that an enactment gives itself, `This Act may be called the Kite Commission Act, 2012`,
/// where nobody said whose text it is.
pub(super) fn called_itself(r: Reading<'_>, acts: &mut Acts) {
    /// The short title stands in the first section.
    const EARLY: usize = 12_000;
    let head = r.b.get(..r.b.len().min(EARLY)).unwrap_or_default();
    let called = b"may be called the ";
    let Some(at) = memchr::memmem::find(head, called) else { return };
    let this = ["this act", "this ordinance", "these rules", "these regulations", "this order"];
    let Some(from) = scan::any_word_back(r.b, scan::ws_back(r.b, at), &this) else { return };
    let Some(mention) = acts.at(at + called.len()).and_then(|idx| acts.mentions.get(idx)) else {
        return;
    };
    if from > mention.start {
        return;
    }
    // The sections that an amending one speaks of are those of others.
    acts.calls_itself_amending = amends(r.get(mention.start, mention.end));
    if !acts.calls_itself_amending {
        acts.own = Some(mention.id.clone());
    }
}

/// Returns the enactment whose text this is, where it says so and its head bears the title: `This Act may
/// be cited as the Kite Act 1997`.
pub(super) fn cited_as<'r>(r: Reading<'r>, acts: &Acts) -> Option<(String, &'r str)> {
    /// How far the head of a text reaches, in bytes.
    const HEAD: usize = 1200;
    let first = memchr::memmem::find(r.b, b" may be cited as ")?;
    let before = r.b.get(first.saturating_sub(24)..first)?.to_ascii_lowercase();
    let own: [&[u8]; 5] =
        [b"this act", b"this order", b"these regulations", b"these rules", b"this ordinance"];
    own.iter().any(|words| before.ends_with(words)).then_some(())?;
    let at = first + " may be cited as ".len();
    let idx = acts.mentions.partition_point(|mention| mention.start < at);
    let named = acts.mentions.get(idx).filter(|mention| mention.start - at < 12)?;
    let heads = acts.mentions.iter().take_while(|mention| mention.start < HEAD);
    let told = named.start < HEAD || heads.into_iter().any(|mention| mention.id == named.id);
    told.then(|| (named.id.clone(), r.get(named.start, named.end)))
}

/// Tells whether an enactment of this title amends others.
pub(super) fn amends(title: &str) -> bool {
    title.to_lowercase().contains("amendment")
}
