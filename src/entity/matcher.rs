//! Finds every form of every entity, and every context word, in one pass.
//!
//! A trie over folded letters is walked from each place where a name can begin. Walking from word
//! starts alone, with a table for the first two letters, turns most words of a text away after
//! two bytes; searching from every byte costs several times as much and finds no more.

use std::collections::BTreeMap;

use super::forms::{Border, Class, Form, is_non_joining};
use super::table::{Entity, squeeze};
use super::urdu;
use crate::model::Span;
use crate::text::ascii::{n_alphanumerics, place_of_four};
use crate::text::fold::{Letters, fold_cluster, is_mark};
use crate::text::script::{is_arabic_script, is_letter_or_mark};

/// A word that is evidence, and for whom.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// Entities whose weak forms it supports.
    pub needed_by: Vec<usize>,
    /// Entities whose weak forms it speaks against.
    pub against: Vec<usize>,
    /// The entity that the word names: its mentions in other words and scripts count too.
    pub names: Option<usize>,
}

/// All forms, compiled.
#[derive(Clone, Debug, Default)]
pub(super) struct Matcher {
    pub forms: Vec<Form>,
    pub contexts: Vec<Context>,
    /// For each entity those that its context words name.
    named_for: Vec<Vec<usize>>,
    names: Trie,
    /// Words that are evidence; they are looked for where a name was found.
    evidence: Trie,
    /// Runs of letter names in Latin letters, and their forms.
    runs: BTreeMap<String, Vec<u32>>,
}

/// Forms letter by letter.
#[derive(Clone, Debug, Default)]
struct Trie {
    nodes: Vec<Node>,
    /// For each first byte the node that it leads to; 0 where no form begins so.
    roots: Vec<u32>,
    edges: Vec<(u8, u32)>,
    accepts: Vec<u32>,
    /// How forms begin that a text may print with a capital, and those that it may begin small.
    beginnings: [Beginnings; 2],
}

/// Beginnings of forms, to turn words away before the trie is walked.
#[derive(Clone, Debug)]
struct Beginnings {
    /// For the first three letters in ASCII: whether any form begins so, a bit each.
    three: Vec<u32>,
    /// For two letters: whether they are a form.
    two: Vec<u32>,
    /// For the first four letters, by [`four`]: whether a form may begin so.
    four: Vec<u64>,
}

impl Default for Beginnings {
    fn default() -> Self {
        Self { three: vec![0; 1024], two: vec![0; 32], four: vec![0; 1024] }
    }
}

impl Beginnings {
    fn note(&mut self, letters: &[u8]) {
        let &[first, second, ref rest @ ..] = letters else { return };
        let Some(pair) = pair(first, second) else { return };
        self.three[pair] |= match rest.first() {
            Some(third) if third.is_ascii_alphabetic() => 1 << (third & 31),
            // A digit may follow, so whatever follows may be the form.
            Some(_) => u32::MAX,
            None => {
                self.two[pair / 32] |= 1 << (pair % 32);
                1 << 31
            }
        };
        let letter = |at: usize| match rest.get(at) {
            Some(letter) if letter.is_ascii_alphabetic() => letter & 31..(letter & 31) + 1,
            // The form ends (`s` may follow it), or anything may stand for a digit.
            _ => 1..27,
        };
        for third in letter(0) {
            for fourth in letter(1) {
                let at = place_of_four([first, second, third, fourth]);
                self.four[at / 64] |= 1 << (at % 64);
            }
        }
    }

    /// Tells whether a form may begin with the two letters of `pair` and what follows at `at`.
    fn may_begin(&self, bytes: &[u8], at: usize, pair: usize) -> bool {
        // A word of two letters goes on with the next one, as names do: `X Corp`, `DG FIA`.
        let blank = usize::from(bytes.get(at + 2) == Some(&b' '));
        match bytes.get(at + 2 + blank) {
            Some(third) if third.is_ascii_alphabetic() => {
                let three = self.three[pair] & (1 << (third & 31)) != 0;
                if blank > 0 {
                    return three || self.two[pair / 32] & (1 << (pair % 32)) != 0;
                }
                three
                    && bytes.get(at + 3).filter(|byte| byte.is_ascii_alphabetic()).is_none_or(
                        |&fourth| {
                            let at = place_of_four([bytes[at], bytes[at + 1], *third, fourth]);
                            self.four[at / 64] & (1 << (at % 64)) != 0
                        },
                    )
            }
            _ => self.three[pair] != 0,
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    edges: (u32, u32),
    accepts: (u32, u32),
}

/// A form at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Find {
    /// Index into [`Matcher::forms`].
    pub form: u32,
    /// Bytes of the text.
    pub span: Span,
    /// Read as a run of Urdu letter names.
    pub run: bool,
}

/// Longest gap between two letters of a name, in bytes.
const MAX_GAP: usize = 6;

impl Matcher {
    pub(super) fn new(entities: &[Entity], names: &BTreeMap<String, Vec<usize>>) -> Self {
        let mut forms: Vec<Form> = Vec::new();
        for (owner, entity) in entities.iter().enumerate() {
            entity_forms(owner, entity, &mut forms);
        }
        let contexts = context_forms(entities, names, &mut forms);
        let mut named_for: Vec<Vec<usize>> = vec![Vec::new(); entities.len()];
        for context in &contexts {
            for &owner in &context.needed_by {
                if let Some(named) = named_for.get_mut(owner) {
                    named.extend(context.names);
                }
            }
        }
        let mut matcher = Self { contexts, named_for, ..Self::default() };
        let (mut names, mut evidence) = (Building::new(), Building::new());
        for (idx, form) in forms.iter().enumerate() {
            let idx = u32::try_from(idx).unwrap_or(u32::MAX);
            if form.class == Class::Context {
                evidence.add(idx, form);
                continue;
            }
            if let Some(run) = urdu::run_of_form(&form.text) {
                matcher.runs.entry(run).or_default().push(idx);
                continue;
            }
            if form.is_acronym() && form.letters() >= 3 {
                matcher.runs.entry(form.text.clone()).or_default().push(idx);
            }
            names.add(idx, form);
        }
        matcher.names = names.flatten();
        matcher.evidence = evidence.flatten();
        matcher.forms = forms;
        matcher
    }

    /// Returns the entities that context words of `owner` name.
    pub(super) fn named_for(&self, owner: usize) -> &[usize] {
        self.named_for.get(owner).map_or(&[], Vec::as_slice)
    }

    /// Appends what stands in `text[range]` to `finds`: names in the order of their starts, then,
    /// where there are any, the words that are evidence.
    pub(super) fn scan(&self, text: &str, range: Span, finds: &mut Vec<Find>) {
        let before = finds.len();
        self.scan_for(&self.names, text, range.clone(), finds);
        if finds.len() > before {
            self.scan_for(&self.evidence, text, range, finds);
        }
    }

    fn scan_for(&self, trie: &Trie, text: &str, range: Span, finds: &mut Vec<Find>) {
        let has_runs = std::ptr::eq(trie, &raw const self.names);
        let bytes = text.as_bytes();
        let mut at = range.start;
        let mut run_end = range.start;
        while at < range.end {
            let byte = bytes[at];
            if byte.is_ascii() {
                if !byte.is_ascii_alphanumeric() {
                    at += 1;
                    continue;
                }
                let start = at;
                let inside = start > range.start
                    && !bytes[start - 1].is_ascii()
                    && char_before(text, start)
                        .is_some_and(|c| is_letter_or_mark(c) && !is_arabic_script(c));
                if !inside && trie.may_begin(bytes, start) {
                    self.walk(trie, text, start..range.end, Border::Hard, finds);
                }
                at += 1;
                at = (at + n_alphanumerics(bytes, at)).min(range.end);
                continue;
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if is_letter_or_mark(c)
                && !is_mark(c)
                && let Some(border) = start_border(text, range.start, at, c)
            {
                if has_runs
                    && at >= run_end
                    && is_arabic_script(c)
                    && let Some(run) = urdu::run_at(text, at, range.end, border == Border::Soft)
                {
                    // کاپی ends like a glued پی: a glued run counts only where it spells a name.
                    let known = self.find_run(&run, finds);
                    if known || border == Border::Hard {
                        run_end = run.end;
                    }
                }
                self.walk(trie, text, at..range.end, border, finds);
            }
            at += c.len_utf8();
        }
    }

    /// Follows the letters from `start` and adds every form that ends on a border.
    fn walk(&self, trie: &Trie, text: &str, range: Span, border: Border, finds: &mut Vec<Find>) {
        let (start, end) = (range.start, range.end);
        let bytes = text.as_bytes();
        let (mut at, mut node, mut gap) = (start, 0, 0);
        let mut folded = String::new();
        while at < end {
            let byte = bytes[at];
            let mut next = at + 1;
            if byte.is_ascii_alphanumeric() || byte == b'@' {
                let after_digit = at > start && bytes[at - 1].is_ascii_digit();
                let taken = trie.step(node, byte.to_ascii_lowercase()).or_else(|| {
                    let digit = misread_digit(byte).filter(|_| after_digit)?;
                    trie.step(node, digit)
                });
                let Some(taken) = taken else { return };
                node = taken;
            } else if byte.is_ascii() {
                gap += 1;
                if gap > MAX_GAP {
                    return;
                }
                at = next;
                continue;
            } else {
                folded.clear();
                next = fold_cluster(text, at, Letters::Usual, &mut folded);
                let is_letters = folded.chars().all(char::is_alphanumeric);
                if !is_letters {
                    gap += next - at;
                    if gap > MAX_GAP {
                        return;
                    }
                    at = next;
                    continue;
                }
                for &byte in folded.as_bytes() {
                    let Some(taken) = trie.step(node, byte) else { return };
                    node = taken;
                }
            }
            gap = 0;
            at = next;
            let (from, to) = trie.nodes[node].accepts;
            if from < to
                && let Some(end_border) = end_border(text, at)
            {
                for &form in trie.accepts.get(from as usize..to as usize).unwrap_or_default() {
                    let span = start..at;
                    let listed = &self.forms[form as usize];
                    if listed.fits(text, &span, border, end_border) {
                        finds.push(Find { form, span: listed.with_signs(span), run: false });
                    }
                }
            }
        }
    }

    /// Adds the forms that a run of letter names spells, the whole run first; tells whether there
    /// are any.
    fn find_run(&self, run: &urdu::Run, finds: &mut Vec<Find>) -> bool {
        let before = finds.len();
        for (letters, span) in run.readings() {
            if let Some(forms) = self.runs.get(&letters) {
                finds.extend(forms.iter().map(|&form| Find {
                    form,
                    span: span.clone(),
                    run: true,
                }));
                return true;
            }
        }
        // کے is a letter name and a common particle: names on both sides of it.
        for (letters, span) in run.parts() {
            if let Some(forms) = self.runs.get(&letters) {
                finds.extend(forms.iter().map(|&form| Find {
                    form,
                    span: span.clone(),
                    run: true,
                }));
            }
        }
        finds.len() > before
    }
}

impl Trie {
    /// Tells whether any form begins with the letters at `at`.
    fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        let first = bytes[at];
        let second = bytes.get(at + 1).copied().unwrap_or_default();
        match pair(first, second) {
            Some(pair) => {
                let table = &self.beginnings[usize::from(first.is_ascii_lowercase())];
                table.may_begin(bytes, at, pair)
            }
            None => self.step(0, first.to_ascii_lowercase()).is_some(),
        }
    }

    fn step(&self, node: usize, byte: u8) -> Option<usize> {
        if node == 0 {
            let next = *self.roots.get(usize::from(byte))?;
            return (next > 0).then_some(next as usize);
        }
        let (from, to) = self.nodes.get(node)?.edges;
        let edges = self.edges.get(from as usize..to as usize)?;
        if edges.len() <= 8 {
            edges.iter().find(|edge| edge.0 == byte).map(|edge| edge.1 as usize)
        } else {
            edges.binary_search_by_key(&byte, |edge| edge.0).ok().map(|at| edges[at].1 as usize)
        }
    }
}

/// A trie while forms are added.
#[derive(Default)]
struct Branch {
    edges: BTreeMap<u8, usize>,
    accepts: Vec<u32>,
}

struct Building {
    branches: Vec<Branch>,
    beginnings: [Beginnings; 2],
}

impl Building {
    fn new() -> Self {
        Self { branches: vec![Branch::default()], beginnings: Default::default() }
    }

    fn add(&mut self, idx: u32, form: &Form) {
        let letters = form.squeezed.as_bytes();
        let mut node = 0;
        for &byte in letters {
            let next = self.branches.len();
            node = *self.branches[node].edges.entry(byte).or_insert(next);
            if node == next {
                self.branches.push(Branch::default());
            }
        }
        self.branches[node].accepts.push(idx);
        let [any, small] = &mut self.beginnings;
        any.note(letters);
        if form.may_begin_small() {
            small.note(letters);
        }
    }

    fn flatten(self) -> Trie {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut trie = Trie { roots: vec![0; 256], beginnings: self.beginnings, ..Trie::default() };
        for (&byte, &next) in self.branches.first().map(|root| &root.edges).into_iter().flatten() {
            trie.roots[usize::from(byte)] = small(next);
        }
        for branch in self.branches {
            let edges = small(trie.edges.len());
            trie.edges.extend(branch.edges.into_iter().map(|(byte, next)| (byte, small(next))));
            let accepts = small(trie.accepts.len());
            trie.accepts.extend(branch.accepts);
            trie.nodes.push(Node {
                edges: (edges, small(trie.edges.len())),
                accepts: (accepts, small(trie.accepts.len())),
            });
        }
        trie
    }
}

fn entity_forms(owner: usize, entity: &Entity, forms: &mut Vec<Form>) {
    let mut add = |class: Class, list: &[String]| {
        for text in list {
            let form = Form::new(owner, class, text);
            let twice = |old: &Form| {
                old.owner == owner
                    && old.squeezed == form.squeezed
                    && old.class == class
                    && old.text == form.text
            };
            let is_twice = form.squeezed.is_empty() || forms.iter().rev().take(64).any(twice);
            if !is_twice {
                // `Ministry of Law & Justice` is printed for `and`, and the sign has no letters.
                if text.contains(" and ") {
                    forms.push(Form::new(owner, class, &text.replace(" and ", " & ")));
                }
                forms.push(form);
            }
        }
    };
    let squeezed = squeeze(&entity.name);
    let is_plain = !entity.name.contains(['(', '/', ','])
        && !entity.weak.iter().chain(&entity.defined).any(|form| squeeze(form) == squeezed);
    if is_plain {
        add(Class::Alias, std::slice::from_ref(&entity.name));
    }
    add(Class::Alias, &entity.aliases);
    add(Class::Acronym, &entity.acronyms);
    add(Class::Urdu, &entity.urdu_seen);
    add(Class::Urdu, &entity.urdu_memory);
    add(Class::Weak, &entity.weak);
    add(Class::Defined, &entity.defined);
    add(Class::UrduWeak, &entity.urdu_weak);
}

/// Collects the context words of all entities, each word once.
fn context_forms(
    entities: &[Entity],
    names: &BTreeMap<String, Vec<usize>>,
    forms: &mut Vec<Form>,
) -> Vec<Context> {
    let mut words: BTreeMap<&str, Context> = BTreeMap::new();
    for (owner, entity) in entities.iter().enumerate() {
        for word in &entity.needs_context {
            words.entry(word).or_default().needed_by.push(owner);
        }
        for word in &entity.not_context {
            words.entry(word).or_default().against.push(owner);
        }
    }
    let mut contexts = Vec::with_capacity(words.len());
    for (word, mut context) in words {
        context.names = match names.get(&squeeze(word)).map(Vec::as_slice) {
            Some(&[one]) if !word.starts_with('(') => Some(one),
            _ => None,
        };
        let form = Form::new(contexts.len(), Class::Context, word);
        if !form.squeezed.is_empty() {
            forms.push(form);
        }
        contexts.push(context);
    }
    contexts
}

/// Returns the place of two ASCII letters in the table of beginnings.
const fn pair(first: u8, second: u8) -> Option<usize> {
    if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() {
        Some((first as usize & 31) * 32 + (second as usize & 31))
    } else {
        None
    }
}

/// Returns the digit that reading by machine turns into this letter.
const fn misread_digit(byte: u8) -> Option<u8> {
    match byte {
        b'I' | b'l' => Some(b'1'),
        b'O' | b'o' => Some(b'0'),
        _ => None,
    }
}

fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|text| text.chars().next_back())
}

/// Returns how a name can begin at `at`, where `c` stands; `None`: in the middle of a word.
fn start_border(text: &str, first: usize, at: usize, c: char) -> Option<Border> {
    let Some(before) = char_before(text, at).filter(|_| at > first) else {
        return Some(Border::Hard);
    };
    if !is_letter_or_mark(before) {
        let digit_before = before.is_numeric() && !is_arabic_script(c);
        return (!digit_before).then_some(Border::Hard);
    }
    if is_arabic_script(before) != is_arabic_script(c) {
        return Some(Border::Hard);
    }
    is_non_joining(before).then_some(Border::Soft)
}

/// Returns how a name can end before `at`; `None`: in the middle of a word or number.
fn end_border(text: &str, at: usize) -> Option<Border> {
    let Some(after) = text.get(at..).and_then(|rest| rest.chars().next()) else {
        return Some(Border::Hard);
    };
    let last = char_before(text, at)?;
    if !after.is_alphanumeric() && !is_mark(after) {
        let number_goes_on = last.is_numeric() && number_goes_on(text, at);
        return (!number_goes_on).then_some(Border::Hard);
    }
    if last.is_numeric() || after.is_numeric() {
        let apart = is_arabic_script(last) != is_arabic_script(after)
            && !(last.is_numeric() && after.is_numeric())
            && (is_arabic_script(last) || is_arabic_script(after));
        return apart.then_some(Border::Hard);
    }
    if is_arabic_script(last) != is_arabic_script(after) {
        return Some(Border::Hard);
    }
    if is_non_joining(last) {
        return Some(Border::Soft);
    }
    let rest = text.get(at..)?;
    let word =
        rest.find(|c: char| !c.is_alphanumeric()).map_or(rest, |to| rest.get(..to).unwrap_or(rest));
    matches!(word, "s" | "es" | "ed" | "ing").then_some(Border::Inflected)
}

/// Tells whether what follows a digit belongs to the number: `14-A`, `1805/2023`, `5,000`, `2.5`.
fn number_goes_on(text: &str, at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().chars();
    match (rest.next(), rest.next(), rest.next()) {
        (Some('/' | ',' | '.'), Some(digit), _) => digit.is_numeric(),
        (Some('-'), Some(letter), after) => {
            letter.is_ascii_uppercase() && after.is_none_or(|c| !c.is_alphanumeric())
        }
        _ => false,
    }
}
