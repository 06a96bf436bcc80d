//! The canonical form of a tree: what the program says it has read. Parsing it gives the tree again.

use std::fmt;

use crate::model::record::DateRole;
use crate::model::{Date, Lang, SourceId};
use crate::text::analyse;

use super::tree::{
    DateRange, Filter, Link, Node, NodeKind, NumberRange, Operand, OperandKind, Phrase, PhraseWord,
    Tag, Text, Tree, Word,
};

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&node(&self.root, Around::Nothing))
    }
}

/// What a node is printed in, which decides about brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    And,
    Or,
    Not,
}

fn node(node: &Node, around: Around) -> String {
    let (letters, binds) = match &node.kind {
        NodeKind::All => ("*".to_owned(), true),
        NodeKind::And(children) => (joined(children, " AND ", Around::And), false),
        NodeKind::Or(children) => (joined(children, " OR ", Around::Or), false),
        NodeKind::Not(child) => (format!("NOT {}", self::node(child, Around::Not)), true),
        NodeKind::Expanded { typed, .. } => return expanded(typed, around),
        NodeKind::Text(Text::Near(_) | Text::Apart(_)) => (text(node), false),
        NodeKind::Text(_) => (text(node), true),
        NodeKind::Filter(filter) => (self::filter(filter), true),
    };
    if binds || around == Around::Nothing { letters } else { format!("({letters})") }
}

/// Prints the typed form alone; inside an And its words join those around.
fn expanded(typed: &Node, around: Around) -> String {
    match &typed.kind {
        NodeKind::And(children) if around == Around::And => joined(children, " AND ", Around::And),
        // A name of letters: outside quotes it is found in its other forms, too.
        NodeKind::Text(Text::Phrase(phrase)) => {
            let letters = phrase_letters(phrase).replace('"', "");
            match around {
                Around::Nothing | Around::And => letters,
                Around::Or | Around::Not => format!("({letters})"),
            }
        }
        _ => node(typed, around),
    }
}

fn joined(children: &[Node], sign: &str, around: Around) -> String {
    let children: Vec<String> = children.iter().map(|child| node(child, around)).collect();
    children.join(sign)
}

fn text(node: &Node) -> String {
    let NodeKind::Text(text) = &node.kind else { return String::new() };
    text_letters(text)
}

fn text_letters(text: &Text) -> String {
    match text {
        Text::Word(word) => word_letters(word),
        Text::Phrase(phrase) => phrase_letters(phrase),
        Text::Pattern(pattern) => pattern.text.clone(),
        Text::Fuzzy(fuzzy) => format!("{}~{}", fuzzy.word, fuzzy.edits),
        Text::Reference(reference) => reference.typed.clone(),
        Text::Near(near) => {
            let mut letters = String::new();
            for (idx, operand) in near.operands.iter().enumerate() {
                if let Some(link) = idx.checked_sub(1).and_then(|idx| near.links.get(idx)) {
                    letters.push_str(&link_letters(*link));
                }
                letters.push_str(&operand_letters(operand));
            }
            letters
        }
        Text::Apart(apart) => format!(
            "{}{}NOT {}",
            operand_letters(&apart.keep),
            link_letters(apart.link),
            operand_letters(&apart.other)
        ),
    }
}

/// Returns the word in capitals where lower case would be stemmed and the tree's word is not.
fn word_letters(word: &Word) -> String {
    let reads_the_same = |letters: &str| {
        let analysed = analyse(letters, Lang::En);
        analysed.len() == 1
            && analysed
                .get(0)
                .is_some_and(|token| token.exact == word.exact && token.stem == word.stem)
    };
    let capitals = word.exact.to_uppercase();
    let is_operator = ["AND", "OR", "NOT", "NEAR"].contains(&capitals.as_str());
    if !reads_the_same(&word.exact) && !is_operator && reads_the_same(&capitals) {
        return capitals;
    }
    word.exact.clone()
}

fn phrase_letters(phrase: &Phrase) -> String {
    let mut letters = String::from("\"");
    for (idx, word) in phrase.words.iter().enumerate() {
        let word = match word {
            PhraseWord::Token(token) => token,
            PhraseWord::Pattern(pattern) => &pattern.text,
        };
        // A per cent sign is a token only right behind its number.
        if idx > 0 && word != "%" {
            letters.push(' ');
        }
        letters.push_str(word);
    }
    letters.push('"');
    if phrase.slop > 0 {
        letters.push_str(&format!("~{}", phrase.slop));
    }
    letters
}

fn link_letters(link: Link) -> String {
    let name = if link.ordered { "pre" } else { "w" };
    match link.within {
        Some(distance) => format!(" {name}/{distance} "),
        None => format!(" {name}/p "),
    }
}

fn operand_letters(operand: &Operand) -> String {
    match &operand.kind {
        OperandKind::Word(word) => word_letters(word),
        OperandKind::Phrase(phrase) => phrase_letters(phrase),
        OperandKind::Pattern(pattern) => pattern.text.clone(),
        OperandKind::Fuzzy(fuzzy) => format!("{}~{}", fuzzy.word, fuzzy.edits),
        OperandKind::Mention(tags) => values("mention", tags.iter().map(tag)),
        OperandKind::Any(operands) => {
            let any: Vec<String> = operands.iter().map(operand_letters).collect();
            format!("({})", any.join(" OR "))
        }
    }
}

fn filter(filter: &Filter) -> String {
    match filter {
        Filter::Tag(tags) => values("tag", tags.iter().map(tag)),
        Filter::Mention(tags) => values("mention", tags.iter().map(tag)),
        Filter::Court(ids) => values("court", ids.iter().cloned()),
        Filter::Judge(names) => values("judge", names.iter().cloned()),
        Filter::Kind(kinds) => values("kind", kinds.iter().map(|kind| kind.name().to_owned())),
        Filter::Source(parts) => values(
            "source",
            parts
                .iter()
                .map(|part| format!("{}{}", if part.anchored { "/" } else { "" }, part.text)),
        ),
        Filter::List(lists) => values("list", lists.iter().map(|list| list.name.clone())),
        Filter::Title(text) => format!("title:{}", text_letters(text)),
        Filter::Number(numbers) => {
            values("number", numbers.iter().map(|number| number.typed.clone()))
        }
        Filter::Cites(cited) => values("cites", cited.iter().map(|cited| cited.typed.clone())),
        Filter::Lang(langs) => values("lang", langs.iter().map(|lang| lang.tag().to_owned())),
        Filter::Page(ranges) => values("page", ranges.iter().map(|&range| numbers(range))),
        Filter::Para(ranges) => values("para", ranges.iter().map(|&range| numbers(range))),
        Filter::Date { role, ranges } => {
            let name = match role {
                None => "date",
                Some(DateRole::Published) => "published",
                Some(_) => "hearing",
            };
            values(name, ranges.iter().map(|&range| dates(range)))
        }
        Filter::Missing(missing) => {
            values("missing", missing.iter().map(|missing| missing.name().to_owned()))
        }
        Filter::Doc(docs) => values("doc", docs.iter().map(short_id)),
        Filter::Like(like) => {
            let at = like.at.to_string();
            let sign = if at.is_empty() { "" } else { "@" };
            values("like", std::iter::once(format!("{}{sign}{at}", short_id(&like.doc))))
        }
    }
}

fn tag(tag: &Tag) -> String {
    format!("{}{}", tag.id, if tag.with_children { "+" } else { "" })
}

/// Returns twelve digits: enough for one corpus, and short enough to read.
fn short_id(id: &SourceId) -> String {
    id.short(12)
}

fn numbers(range: NumberRange) -> String {
    match (range.first, range.last) {
        (first, last) if first == last => first.to_string(),
        (first, u32::MAX) => format!("{first}.."),
        (first, last) => format!("{first}..{last}"),
    }
}

fn dates(range: DateRange) -> String {
    let end = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
    if range.from.is_some() && range.from == range.to {
        return end(range.from);
    }
    format!("{}..{}", end(range.from), end(range.to))
}

/// Returns `name:a,b`, in quotes where a value needs them.
fn values(name: &str, values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.map(|value| quoted(&value)).collect();
    format!("{name}:{}", values.join(","))
}

/// Returns the value, in quotes where it would otherwise end early or be read as something else.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '@' | '+');
    if !value.is_empty() && value.chars().all(is_plain) {
        value.to_owned()
    } else {
        format!("\"{value}\"")
    }
}

/// Returns a spelling as a note lists it: without quotes.
pub(in crate::query) fn spelling(text: &Text) -> String {
    text_letters(text).trim_matches('"').to_owned()
}
