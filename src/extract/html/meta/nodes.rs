//! The elements of a page that metadata stands in, gathered in one walk.

use dom_query::{Document, NodeRef};

use crate::extract::clean::{n_words, squeeze};
use crate::extract::dates;
use crate::model::Date;

/// The few elements of a page that metadata stands in.
#[derive(Default)]
pub(super) struct Nodes {
    pub(super) title: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) json_ld: Vec<String>,
    /// `property` (lower case) and content of `meta` elements, in order.
    pub(super) properties: Vec<(String, String)>,
    /// The same by `name`.
    pub(super) metas: Vec<(String, String)>,
    /// `itemprop` and value, in order.
    pub(super) items: Vec<(String, String)>,
    /// `datetime` of `time` elements, and whether its class or `itemprop` says that it is of publication.
    pub(super) times: Vec<(String, bool)>,
    pub(super) canonical: Option<String>,
    pub(super) base: Option<String>,
    pub(super) authors: Vec<String>,
}

impl Nodes {
    pub(super) fn of(document: &Document) -> Self {
        let mut nodes = Self::default();
        for node in document.root().descendants_it() {
            let Some(name) = node.node_name() else { continue };
            nodes.take(&name, &node);
        }
        nodes
    }

    fn take(&mut self, name: &str, node: &NodeRef<'_>) {
        let attr = |name: &str| node.attr(name).map(|value| squeeze(&value));
        match name {
            "html" => self.lang = attr("lang").or_else(|| attr("xml:lang")),
            "title" if self.title.is_none() => self.title = Some(node.text().to_string()),
            "script"
                if attr("type")
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) =>
            {
                self.json_ld.push(node.text().to_string());
            }
            "meta" => {
                let content = attr("content").unwrap_or_default();
                if content.is_empty() {
                    return;
                }
                // Of two with one key, `property` is the one that was written for machines.
                if let Some(key) = attr("property") {
                    self.properties.push((folded(&key), content.clone()));
                }
                for key in ["name", "itemprop"].into_iter().filter_map(attr) {
                    self.metas.push((folded(&key), content.clone()));
                }
            }
            "link" if attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| attr("href"));
            }
            "base" => self.base = self.base.take().or_else(|| attr("href")),
            "time" => {
                let hint = format!(
                    "{} {}",
                    attr("class").unwrap_or_default(),
                    attr("itemprop").unwrap_or_default()
                )
                .to_lowercase();
                let is_publication = hint.contains("publish")
                    || hint.contains("entry-date")
                    || node.has_attr("pubdate");
                let is_other =
                    hint.contains("modif") || hint.contains("updated") && !is_publication;
                if let Some(at) = attr("datetime").filter(|_| !is_other) {
                    self.times.push((at, is_publication));
                }
            }
            _ => {}
        }
        // RDFa on other elements says the same as microdata.
        if let (Some(property), Some(value)) =
            (attr("property"), attr("content").or_else(|| attr("datetime")))
        {
            let name = property.rsplit(':').next().unwrap_or_default();
            self.items.push((name.to_lowercase(), value));
        }
        if let Some(prop) = attr("itemprop").filter(|_| name != "meta") {
            let value =
                attr("content").or_else(|| attr("datetime")).unwrap_or_else(|| short_text(node));
            self.items.push((prop.to_lowercase(), value));
        }
        let is_author =
            name == "a" && attr("rel").is_some_and(|rel| rel.split(' ').any(|rel| rel == "author"));
        let class = attr("class").unwrap_or_default().to_lowercase();
        let is_byline =
            matches!(name, "span" | "p" | "div" | "a" | "address" | "li" | "h2" | "h3" | "h4")
                && class.split(' ').any(|name| {
                    name.split(['-', '_']).any(|word| word == "byline")
                        || matches!(
                            name,
                            "author"
                                | "author-name"
                                | "post-author"
                                | "entry-author"
                                | "article-author"
                        )
                });
        if is_author || is_byline {
            self.authors.push(short_text(node));
        }
    }

    /// Returns the first content of the first of `names` that has one.
    pub(super) fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            self.properties
                .iter()
                .chain(&self.metas)
                .find(|(key, _)| key == name)
                .map(|(_, content)| content.clone())
        })
    }

    /// Returns all contents of the first of `names` that has any.
    pub(super) fn metas(&self, names: &[&str]) -> Vec<String> {
        names
            .iter()
            .map(|name| {
                let of_name =
                    self.properties.iter().chain(&self.metas).filter(|(key, _)| key == name);
                of_name.map(|(_, content)| content.clone()).collect::<Vec<_>>()
            })
            .find(|contents| !contents.is_empty())
            .unwrap_or_default()
    }

    /// Returns the hour of the first moment of `day` that is told by the clock of Greenwich; `None`
    /// where another value tells it by a clock of its own.
    pub(super) fn hour_of(&self, day: Date) -> Option<u8> {
        let metas = self.properties.iter().chain(&self.metas).chain(&self.items);
        let values = metas.map(|(_, value)| value.as_str());
        let values = values.chain(self.times.iter().map(|(at, _)| at.as_str()));
        let values = values.chain(self.json_ld.iter().flat_map(|script| script.split('"')));
        let moments = values.map(str::trim).filter(|value| {
            (12..=40).contains(&value.len())
                && value.contains(':')
                && dates::date_in(value) == Some(day)
        });
        let hours: Vec<Option<u8>> = moments.map(greenwich_hour).take(100).collect();
        if hours.contains(&None) { None } else { *hours.first()? }
    }

    pub(super) fn item(&self, name: &str) -> Option<String> {
        self.items
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.clone())
    }
}

/// Returns a metadata key in lower case, Dublin Core's two ways of writing made one.
pub(super) fn folded(key: &str) -> String {
    let key = key.to_lowercase();
    match key.split_once(':') {
        Some((prefix @ ("dc" | "dcterms" | "dcterm"), name)) => format!("{prefix}.{name}"),
        _ => key,
    }
}

/// Returns the text of an element that ought to hold a name; nothing of one that holds more.
pub(super) fn short_text(node: &NodeRef<'_>) -> String {
    // What is drawn apart is apart: `<b>Author</b><a>A. Writer</a>`.
    let texts = node.descendants_it().filter(NodeRef::is_text).map(|text| text.text().to_string());
    let text = squeeze(&texts.take(50).collect::<Vec<_>>().join(" "));
    if n_words(&text) <= 15 { text } else { String::new() }
}

/// Returns the hour of a moment that is told by the clock of Greenwich: `2021-11-04T23:00Z`,
/// `Wed, 04 May 2022 02:41 GMT`.
pub(super) fn greenwich_hour(moment: &str) -> Option<u8> {
    let bare =
        ["Z", "+00:00", "+0000", "GMT", "UTC"].iter().find_map(|end| moment.strip_suffix(end))?;
    let (before, after) = bare.split_once(':')?;
    let hour = before.get(before.len().checked_sub(2)?..)?.trim().parse().ok()?;
    (hour < 24 && after.starts_with(|c: char| c.is_ascii_digit())).then_some(hour)
}
