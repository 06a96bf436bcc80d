//! The small language that the tables of styles are written in.
//!
//! ```text
//! *{parties:plain}* {number:plain}[ ({court}[, {date}])]{pin}
//! ```
//! `{name}` and `{name:form}` print a field; `[…]` is printed only if all fields that stand directly
//! in it have a value; `*` switches italics, `^` small capitals; a backslash takes the next sign as
//! it is. A template as a whole fits only if its fields outside of groups have values.

use super::run::{Face, Runs};
use crate::model::Lang;

/// A template taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field { name: String, form: String },
    Italic,
    SmallCaps,
    Group(Vec<Self>),
}

/// Why a template cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} in the template `{template}`")]
pub struct TemplateError {
    /// The template.
    pub template: String,
    /// What is wrong.
    pub what: &'static str,
}

/// What the fields of a template are taken from.
pub(super) trait Fields {
    /// Returns the value of a field; `None`: the work has none.
    fn get(&self, name: &str, form: &str) -> Option<String>;

    /// Tells whether the field is printed as words of the style, not isolated and not required
    /// outside of a group: the pinpoint, which a whole work does not have.
    fn is_pin(&self, name: &str) -> bool;

    /// Tells whether the field is an address that may be a link.
    fn is_url(&self, name: &str) -> bool;

    /// Returns the language of the surroundings.
    fn base(&self) -> Lang;
}

impl Template {
    /// Takes a template apart.
    pub(super) fn parse(template: &str) -> Result<Self, TemplateError> {
        let wrong = |what| TemplateError { template: template.to_owned(), what };
        let mut stack: Vec<Vec<Piece>> = vec![Vec::new()];
        let mut text = String::new();
        let mut chars = template.chars();
        while let Some(c) = chars.next() {
            if !matches!(c, '{' | '[' | ']' | '*' | '^') {
                let c =
                    if c == '\\' { chars.next().ok_or(wrong("a lonely backslash"))? } else { c };
                text.push(c);
                continue;
            }
            let top = stack.last_mut().ok_or(wrong("a group without a beginning"))?;
            if !text.is_empty() {
                top.push(Piece::Text(std::mem::take(&mut text)));
            }
            match c {
                '{' => {
                    let inside: String = chars.by_ref().take_while(|&c| c != '}').collect();
                    let (name, form) = inside.split_once(':').unwrap_or((&inside, ""));
                    if name.is_empty() {
                        return Err(wrong("a field without a name"));
                    }
                    top.push(Piece::Field { name: name.to_owned(), form: form.to_owned() });
                }
                '*' => top.push(Piece::Italic),
                '^' => top.push(Piece::SmallCaps),
                '[' => stack.push(Vec::new()),
                _ => {
                    let group = stack.pop().ok_or(wrong("a group without a beginning"))?;
                    let top = stack.last_mut().ok_or(wrong("a group without a beginning"))?;
                    top.push(Piece::Group(group));
                }
            }
        }
        let mut pieces = stack.pop().ok_or(wrong("nothing"))?;
        if !stack.is_empty() {
            return Err(wrong("a group without an end"));
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok(Self(pieces))
    }

    /// Returns the runs, or `None` where a field outside of all groups has no value.
    pub(super) fn render(&self, fields: &dyn Fields) -> Option<Runs> {
        let mut runs = Runs::default();
        let mut face = Face::Plain;
        render(&self.0, fields, false, &mut face, &mut runs).then(|| runs.tidied())
    }

    /// Calls `seen` with the name and form of every field.
    #[cfg(test)]
    pub(super) fn for_each_field(&self, seen: &mut dyn FnMut(&str, &str)) {
        fn walk(pieces: &[Piece], seen: &mut dyn FnMut(&str, &str)) {
            for piece in pieces {
                match piece {
                    Piece::Field { name, form } => seen(name, form),
                    Piece::Group(inner) => walk(inner, seen),
                    Piece::Text(_) | Piece::Italic | Piece::SmallCaps => {}
                }
            }
        }
        walk(&self.0, seen);
    }
}

/// Renders pieces; returns whether all fields that stand directly among them have values.
fn render(
    pieces: &[Piece],
    fields: &dyn Fields,
    in_group: bool,
    face: &mut Face,
    runs: &mut Runs,
) -> bool {
    let toggle = |face: &mut Face, to| *face = if *face == to { Face::Plain } else { to };
    for piece in pieces {
        match piece {
            // `Burack, E.` ends its sentence itself, and so does a group that ends in a stop.
            Piece::Text(text) if text.starts_with('.') && runs.ends_with('.') => {
                runs.push_text(text.get(1..).unwrap_or_default(), *face);
            }
            Piece::Text(text) => runs.push_text(text, *face),
            Piece::Italic => toggle(face, Face::Italic),
            Piece::SmallCaps => toggle(face, Face::SmallCaps),
            Piece::Field { name, form } => match fields.get(name, form) {
                Some(value) if fields.is_pin(name) => runs.push_text(&value, *face),
                Some(value) if fields.is_url(name) => runs.push_url(&value, *face, fields.base()),
                Some(value) => runs.push_field(&value, *face, fields.base()),
                None if fields.is_pin(name) && !in_group => {}
                None => return false,
            },
            Piece::Group(inner) => {
                let mut part = Runs::default();
                let mut inner_face = *face;
                if render(inner, fields, true, &mut inner_face, &mut part) {
                    runs.append(part);
                    *face = inner_face;
                }
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Given(&'static [(&'static str, &'static str)]);

    impl Fields for Given {
        fn get(&self, name: &str, _form: &str) -> Option<String> {
            self.0.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
        }
        fn is_pin(&self, name: &str) -> bool {
            name == "pin"
        }
        fn is_url(&self, name: &str) -> bool {
            name == "url"
        }
        fn base(&self) -> Lang {
            Lang::En
        }
    }

    #[track_caller]
    fn check(template: &str, given: &'static [(&'static str, &'static str)], expect: Option<&str>) {
        let runs = Template::parse(template).unwrap().render(&Given(given));
        assert_eq!(runs.map(|runs| runs.plain()).as_deref(), expect);
    }

    #[test]
    fn groups_go_with_their_fields() {
        check("{a}[ ({b}[, {c}])]", &[("a", "A"), ("b", "B")], Some("A (B)"));
        check("{a}[ ({b}[, {c}])]", &[("a", "A"), ("c", "C")], Some("A"));
        check("{a}", &[], None);
        check("x{pin}[, {pin} y]", &[], Some("x"));
        check(r"\[{a}\]", &[("a", "12")], Some("[12]"));
        check("{a}. {b}", &[("a", "Nobody, A."), ("b", "B")], Some("Nobody, A. B"));
        check("{a}.[ {b}].", &[("a", "A")], Some("A."));
    }

    #[test]
    fn italics_switch() {
        let runs = Template::parse("*{a}* b").unwrap().render(&Given(&[("a", "A")])).unwrap();
        let faces: Vec<_> = runs.iter().map(|run| (run.text.as_str(), run.face)).collect();
        assert_eq!(faces, [("A", Face::Italic), (" b", Face::Plain)]);
    }

    #[test]
    fn what_is_no_template() {
        for text in ["[a", "a]", "{}", "a\\"] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }
}
