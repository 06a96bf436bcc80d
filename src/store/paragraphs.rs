//! Paragraphs as they are kept: a JSON list, one short list a paragraph.
//!
//! A tiny page has more bytes of paragraphs than of text if each names its fields, and every answer
//! reads them. So a paragraph is `[start, length, number, role, lang, label, flags, under, drawn]`, and
//! what is usual at the end is left out. A store of format 1 names the fields; both are read.

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq as _, Serializer};

use crate::model::{Lang, Paragraph, Role};

/// The bit of [`Paragraph::continues`] in the flags.
const CONTINUES: u8 = 1;
/// The bit of [`Paragraph::counted`].
const COUNTED: u8 = 2;
/// The bit of [`Paragraph::inferred`].
const INFERRED: u8 = 4;

/// Returns paragraphs as they are kept, which is also what is hashed.
pub(super) fn to_bytes(paragraphs: &[Paragraph]) -> Result<Vec<u8>, serde_json::Error> {
    let rows: Vec<Row<'_>> = paragraphs.iter().map(Row).collect();
    serde_json::to_vec(&rows)
}

/// Reads paragraphs.
pub(super) fn from_bytes(bytes: &[u8]) -> Result<Vec<Paragraph>, serde_json::Error> {
    if let Some(paragraphs) = usual_rows(bytes) {
        return Ok(paragraphs);
    }
    let rows: Vec<Kept> = serde_json::from_slice(bytes)?;
    Ok(rows.into_iter().map(|Kept(paragraph)| paragraph).collect())
}

/// Reads rows as they are written: every search reads some hundred of them. `None`: there is something
/// else (names of fields, a stroke within a label), or something wrong.
fn usual_rows(bytes: &[u8]) -> Option<Vec<Paragraph>> {
    let mut input = Input(bytes);
    let mut paragraphs = Vec::with_capacity(bytes.len() / 10);
    input.take(b"[")?;
    let mut goes_on = !input.0.starts_with(b"]");
    while goes_on {
        input.take(b"[")?;
        let start = input.number()?;
        input.take(b",")?;
        let end = start + input.number()?;
        let mut paragraph = Paragraph { span: start..end, ..Paragraph::default() };
        usual_fields(&mut input, &mut paragraph)?;
        input.take(b"]")?;
        paragraphs.push(paragraph);
        goes_on = input.goes_on();
    }
    (input.take(b"]").is_some() && input.0.is_empty()).then_some(paragraphs)
}

/// Reads what a row has behind start and length, as far as it goes.
fn usual_fields(input: &mut Input<'_>, paragraph: &mut Paragraph) -> Option<()> {
    if !input.goes_on() {
        return Some(());
    }
    if input.take(b"null").is_none() {
        paragraph.number = Some(u32::try_from(input.number()?).ok()?);
        paragraph.counted = true;
    }
    if !input.goes_on() {
        return Some(());
    }
    paragraph.role = Role::deserialize(Name::new(input.text()?)).ok()?;
    if !input.goes_on() {
        return Some(());
    }
    paragraph.lang = Lang::deserialize(Name::new(input.text()?)).ok()?;
    if !input.goes_on() {
        return Some(());
    }
    input.text_or_null(&mut paragraph.label)?;
    if !input.goes_on() {
        return Some(());
    }
    let flags = u8::try_from(input.number()?).ok()?;
    paragraph.continues = flags & CONTINUES != 0;
    paragraph.counted = flags & COUNTED != 0;
    paragraph.inferred = flags & INFERRED != 0;
    if !input.goes_on() {
        return Some(());
    }
    input.text_or_null(&mut paragraph.under)?;
    if input.goes_on() {
        input.text_or_null(&mut paragraph.drawn)?;
    }
    Some(())
}

/// The name of a value.
type Name<'a> = StrDeserializer<'a, serde::de::value::Error>;

/// What is left to be read.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    /// Passes over `wanted`, if it comes next.
    fn take(&mut self, wanted: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(wanted)?;
        Some(())
    }

    fn goes_on(&mut self) -> bool {
        self.take(b",").is_some()
    }

    /// Reads a number of at most nine digits, as JSON writes it.
    fn number(&mut self) -> Option<usize> {
        let n_digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at_checked(n_digits)?;
        let is_one =
            (1..=9).contains(&n_digits) && (n_digits == 1 || digits.first() != Some(&b'0'));
        self.0 = rest;
        let value = |sum: usize, digit: &u8| sum * 10 + usize::from(digit - b'0');
        is_one.then(|| digits.iter().fold(0, value))
    }

    /// Reads a text in quotation marks; one with a stroke or a control character is not read.
    fn text(&mut self) -> Option<&'a str> {
        self.take(b"\"")?;
        let is_end = |&byte: &u8| matches!(byte, b'"' | b'\\' | ..=0x1f);
        let (text, rest) = self.0.split_at_checked(self.0.iter().position(is_end)?)?;
        self.0 = rest.strip_prefix(b"\"")?;
        std::str::from_utf8(text).ok()
    }

    /// Reads a text, if there is one, into `text`.
    fn text_or_null(&mut self, text: &mut Option<String>) -> Option<()> {
        *text = match self.take(b"null") {
            Some(()) => None,
            None => Some(self.text()?.to_owned()),
        };
        Some(())
    }
}

struct Row<'a>(&'a Paragraph);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // In full, so that a new field cannot be forgotten here.
        let Paragraph {
            label,
            span,
            role,
            continues,
            number,
            under,
            drawn,
            counted,
            inferred,
            lang,
        } = self.0;
        let flags = u8::from(*continues) * CONTINUES
            + u8::from(*counted) * COUNTED
            + u8::from(*inferred) * INFERRED;
        let is_usual = [
            drawn.is_none(),
            under.is_none(),
            // Our own numbers go with a number.
            flags == if number.is_some() { COUNTED } else { 0 },
            label.is_none(),
            *lang == Lang::default(),
            *role == Role::default(),
            number.is_none(),
        ];
        let n_left_out = is_usual.into_iter().take_while(|is_usual| *is_usual).count();
        let n_fields = 2 + is_usual.len() - n_left_out;
        let mut row = serializer.serialize_seq(Some(n_fields))?;
        row.serialize_element(&span.start)?;
        row.serialize_element(&span.end.saturating_sub(span.start))?;
        for field in 2..n_fields {
            match field {
                2 => row.serialize_element(number)?,
                3 => row.serialize_element(role)?,
                4 => row.serialize_element(lang)?,
                5 => row.serialize_element(label)?,
                6 => row.serialize_element(&flags)?,
                7 => row.serialize_element(under)?,
                _ => row.serialize_element(drawn)?,
            }
        }
        row.end()
    }
}

struct Kept(Paragraph);

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Rows).map(Self)
    }
}

struct Rows;

impl<'de> Visitor<'de> for Rows {
    type Value = Paragraph;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a paragraph")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Paragraph, A::Error> {
        Paragraph::deserialize(MapAccessDeserializer::new(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut row: A) -> Result<Paragraph, A::Error> {
        let missing = |field: &str| A::Error::custom(format!("a paragraph has no {field}"));
        let start: usize = row.next_element()?.ok_or_else(|| missing("start"))?;
        let length: usize = row.next_element()?.ok_or_else(|| missing("length"))?;
        let end = start.checked_add(length).ok_or_else(|| missing("end"))?;
        let number: Option<u32> = row.next_element()?.flatten();
        let role = named(row.next_element()?)?;
        let lang = named(row.next_element()?)?;
        let label = row.next_element()?.flatten();
        let flags = row.next_element()?.unwrap_or(if number.is_some() { COUNTED } else { 0 });
        let under = row.next_element()?.flatten();
        let drawn = row.next_element()?.flatten();
        if row.next_element::<IgnoredAny>()?.is_some() {
            return Err(A::Error::custom("a paragraph has too many fields"));
        }
        Ok(Paragraph {
            label,
            span: start..end,
            role,
            continues: flags & CONTINUES != 0,
            number,
            under,
            drawn,
            counted: flags & COUNTED != 0,
            inferred: flags & INFERRED != 0,
            lang,
        })
    }
}

/// Returns the value of a name; the usual one where there is none.
fn named<'de, T: Deserialize<'de> + Default, E: Error>(name: Option<&'de str>) -> Result<T, E> {
    name.map_or_else(|| Ok(T::default()), |name| T::deserialize(StrDeserializer::new(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraph: Paragraph, expect: &str) {
        let kept = to_bytes(std::slice::from_ref(&paragraph)).unwrap();
        assert_eq!(String::from_utf8(kept.clone()).unwrap(), expect);
        assert_eq!(from_bytes(&kept).unwrap(), std::slice::from_ref(&paragraph));
        let is_usual = !expect.contains('\\');
        let usual = usual_rows(&kept);
        assert_eq!(usual, is_usual.then(|| vec![paragraph.clone()]), "{expect}");
        // As a store of format 1 has it.
        let named = serde_json::to_vec(&[&paragraph]).unwrap();
        assert_eq!(from_bytes(&named).unwrap(), [paragraph]);
    }

    #[test]
    fn what_is_usual_is_left_out() {
        let plain = Paragraph { span: 7..29, ..Paragraph::default() };
        check(plain.clone(), "[[7,22]]");
        check(Paragraph { number: Some(2), counted: true, ..plain.clone() }, "[[7,22,2]]");
        check(Paragraph { role: Role::Heading, ..plain.clone() }, "[[7,22,null,\"heading\"]]");
        check(Paragraph { lang: Lang::Ur, ..plain.clone() }, "[[7,22,null,\"body\",\"ur\"]]");
        check(Paragraph { counted: true, ..plain.clone() }, "[[7,22,null,\"body\",\"en\",null,2]]");
        let labelled = Paragraph { label: Some("12(a)".to_owned()), number: Some(12), ..plain };
        check(labelled.clone(), "[[7,22,12,\"body\",\"en\",\"12(a)\",0]]");
        let under = Some("19.20".to_owned());
        check(
            Paragraph { inferred: true, ..labelled.clone() },
            "[[7,22,12,\"body\",\"en\",\"12(a)\",4]]",
        );
        check(
            Paragraph { continues: true, under, ..labelled.clone() },
            "[[7,22,12,\"body\",\"en\",\"12(a)\",1,\"19.20\"]]",
        );
        check(
            Paragraph { label: Some("12 \"a\"".to_owned()), ..labelled.clone() },
            "[[7,22,12,\"body\",\"en\",\"12 \\\"a\\\"\",0]]",
        );
        check(
            Paragraph { drawn: Some("(a)".to_owned()), ..labelled },
            "[[7,22,12,\"body\",\"en\",\"12(a)\",0,null,\"(a)\"]]",
        );
    }

    #[test]
    fn what_is_no_paragraph_is_refused() {
        let wrong = ["[[]]", "[[1]]", "[[1,2,3,\"nobody\"]]", "[[-1,2]]", "[7]", "[[0,1,2", "{}"];
        let badly_written =
            ["[[01,2]]", "[[1,2]", "[[1,2],", "[[1,2],]", "[[1,2]]]", "", "[1,2]]", "[[1,,2]]"];
        for bytes in wrong.into_iter().chain(badly_written) {
            assert!(from_bytes(bytes.as_bytes()).is_err(), "{bytes}");
        }
        assert!(from_bytes(b"[[0,1,2,\"body\",\"en\",null,0,null,null,9]]").is_err());
    }
}
