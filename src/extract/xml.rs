//! A small tree of XML without namespaces, for office files. No DTDs, no entities of one's own.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ExtractError;

/// An element; names are local (`p` for `w:p`).
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// Local names and values.
    pub(super) attrs: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Returns the value of the attribute with this local name.
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the child elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the first child element of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// Returns the element at the end of a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Returns the attribute `val` of the child `name`: how Word writes a property.
    pub(super) fn val(&self, name: &str) -> Option<&str> {
        self.child(name)?.attr("val")
    }

    /// Tells whether the child `name` is there and not switched off.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.child(name)
            .is_some_and(|child| !matches!(child.attr("val"), Some("0" | "false" | "off")))
    }

    /// Appends all text inside to `out`.
    pub(super) fn text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.text(out),
            }
        }
    }

    /// Calls `see` for this element and every one inside, in document order.
    pub(super) fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        for element in self.elements() {
            element.each(see);
        }
    }
}

/// A tree and whether the text broke off or was nested too deeply.
pub(super) struct Parsed {
    pub(super) root: Element,
    pub(super) is_damaged: bool,
}

/// Parses XML; elements nested deeper than `max_depth` become children of the deepest allowed.
///
/// Broken XML gives what stands before the break.
///
/// # Errors
/// The text declares a document type or entities: no office program writes them, attackers do.
pub(super) fn parse(bytes: &[u8], max_depth: usize) -> Result<Parsed, ExtractError> {
    let text = super::encoding::decode(bytes, None).text;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    // The stack holds the open elements; an element joins its parent when it ends.
    let mut stack = vec![Element::default()];
    let mut n_skipped = 0_usize;
    let mut is_damaged = false;
    loop {
        let Ok(event) = reader.read_event() else {
            is_damaged = true;
            break;
        };
        match event {
            Event::Start(start) => {
                if stack.len() > max_depth {
                    n_skipped += 1;
                    is_damaged = true;
                } else {
                    stack.push(element(&start));
                }
            }
            Event::Empty(start) => {
                if let Some(parent) = stack.last_mut() {
                    parent.children.push(Node::Element(element(&start)));
                }
            }
            Event::End(_) if n_skipped > 0 => n_skipped -= 1,
            Event::End(_) => close(&mut stack),
            Event::Text(text) => push_text(&mut stack, &text.xml10_content()),
            Event::CData(data) => push_text(&mut stack, &data.xml10_content()),
            Event::GeneralRef(name) => {
                let c = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => match &*name.xml10_content() {
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "amp" => Some('&'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        "nbsp" => Some('\u{A0}'),
                        _ => None,
                    },
                };
                push_text(&mut stack, &c.unwrap_or('\u{FFFD}').to_string());
            }
            Event::DocType(_) => {
                let detail = "its XML declares a document type, which office files never do";
                return Err(ExtractError::Damaged { detail: detail.to_owned() });
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    is_damaged |= stack.len() > 1;
    while stack.len() > 1 {
        close(&mut stack);
    }
    Ok(Parsed { root: stack.pop().unwrap_or_default(), is_damaged })
}

/// Ends the innermost open element.
fn close(stack: &mut Vec<Element>) {
    if stack.len() > 1
        && let Some(done) = stack.pop()
        && let Some(parent) = stack.last_mut()
    {
        parent.children.push(Node::Element(done));
    }
}

fn push_text(stack: &mut [Element], text: &str) {
    let Some(parent) = stack.last_mut() else { return };
    if let Some(Node::Text(last)) = parent.children.last_mut() {
        last.push_str(text);
    } else if !text.is_empty() {
        parent.children.push(Node::Text(text.to_owned()));
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let attrs = start
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .filter_map(|attr| {
            let value = attr.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
            Some((attr.key.local_name().into_inner().to_owned(), value.into_owned()))
        })
        .collect();
    Element { name: start.local_name().into_inner().to_owned(), attrs, children: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_local_and_references_resolved() {
        let parsed = parse(b"<w:p w:val='a&amp;b'>x &lt; &#x41;<w:r/></w:p>", 10).unwrap();
        let p = parsed.root.child("p").unwrap();
        assert_eq!(p.attr("val"), Some("a&b"));
        let mut text = String::new();
        p.text(&mut text);
        assert_eq!(text, "x < A");
        assert!(p.child("r").is_some());
        assert!(!parsed.is_damaged);
    }

    #[test]
    fn entity_bombs_are_refused() {
        let bomb = b"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        assert!(parse(bomb, 10).is_err());
    }

    #[test]
    fn deep_and_broken_text_is_kept() {
        let deep = format!("{}text", "<a>".repeat(10_000));
        let parsed = parse(deep.as_bytes(), 100).unwrap();
        let mut text = String::new();
        parsed.root.text(&mut text);
        assert_eq!(text, "text");
        assert!(parsed.is_damaged);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, text in "[<>/a-z&;=\"' #!\\[\\]0-9]{0,100}") {
            let _ = parse(&bytes, 10).is_ok();
            let _ = parse(text.as_bytes(), 10).is_ok();
        }
    }
}
