//! What a page says of itself: title, dates, authors, publisher, addresses.
//!
//! Sources in the order of trust: JSON-LD, `citation_*` and Dublin Core, Open Graph, microdata,
//! `meta name`, the visible heading and byline, the address. A date that stands in the page's
//! furniture or above the headline is the day of saving, never of publication.

mod address;
mod json_ld;
mod nodes;
mod visible;

use dom_query::Document;
use serde_json::Value;

use super::PAGE;
use crate::extract::clean::{n_words, squeeze};
use crate::extract::dates;
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Date, Kind, Origin, Record, Valued};
use address::addresses;
use json_ld::json_ld;
use nodes::Nodes;
pub(super) use visible::{complete, headline};

/// What was found; `None` and empty lists are filled by less trusted sources in turn.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) title: Option<String>,
    kind: Option<Kind>,
    authors: Vec<String>,
    publisher: Option<String>,
    published: Option<Date>,
    modified: Option<Date>,
    captured: Option<Date>,
    url: Option<String>,
    archive_url: Option<String>,
    lang: Option<String>,
    pub(super) description: Option<String>,
    /// The whole text of the article, as the page's data holds it: plain lines or markup.
    pub(super) body: Option<String>,
    /// The hour of publication by the clock of Greenwich, where markup says the moment by it.
    published_hour: Option<u8>,
    index_number: Option<String>,
    /// Values read off the visible text, with their confidence.
    derived: Record,
}

/// Returns the encoding that a page's first bytes declare (`meta charset`, `<?xml encoding`).
pub(in crate::extract) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(8192)).unwrap_or_default();
    let head: String = head.iter().map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    for start in ["charset=", "encoding="] {
        for (at, _) in head.match_indices(start) {
            let rest = head.get(at + start.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches(['"', '\'', ' ']);
            let label: String = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
                .collect();
            if encoding_rs::Encoding::for_label(label.as_bytes()).is_some() {
                return Some(label);
            }
        }
    }
    None
}

/// Reads all that markup says; `html` is the page as text, for the comments that browsers leave.
pub(super) fn of(document: &Document, html: &str) -> Found {
    let mut found = Found::default();
    let nodes = Nodes::of(document);
    for script in &nodes.json_ld {
        if let Ok(value) = serde_json::from_str::<Value>(script.trim()) {
            json_ld(&value, &mut found, 0);
        }
    }
    metas(&nodes, &mut found);
    microdata(&nodes, &mut found);
    addresses(&nodes, html, &mut found);
    found.published = found.published.or_else(|| dates::in_title(nodes.title.as_deref()?));
    found.lang = nodes.lang.clone().filter(|lang| !lang.is_empty());
    if found.title.is_none() {
        found.title = nodes.title.as_deref().map(squeeze).filter(|title| !title.is_empty());
    }
    found.publisher = found
        .publisher
        .take()
        .or_else(|| publisher_behind(nodes.title.as_deref()?, found.title.as_deref()?));
    for text in
        [&mut found.title, &mut found.publisher, &mut found.description].into_iter().flatten()
    {
        *text = plain(text);
    }
    found.authors = found.authors.iter().map(|name| plain(name)).collect();
    strip_publisher(&mut found);
    found.published_hour = found.published.and_then(|day| nodes.hour_of(day));
    found
}

/// Returns a value without the character references that writers leave in JSON-LD and attributes:
/// `doesn&#8217;t`.
fn plain(text: &str) -> String {
    if !text.contains('&') || !text.contains(';') {
        return text.to_owned();
    }
    let title = format!("<title>{}</title>", text.replace('<', "&lt;"));
    let document = Document::from(title);
    let title = document
        .root()
        .descendants_it()
        .find(|node| node.node_name().is_some_and(|name| &*name == "title"));
    title.map_or_else(|| text.to_owned(), |title| squeeze(&title.text()))
}

/// Returns what the window's title adds to the story's: `Story | The Kite Times`.
fn publisher_behind(window: &str, title: &str) -> Option<String> {
    let window = squeeze(window);
    let rest = window.strip_prefix(squeeze(title).as_str())?.trim_start();
    let name = rest.strip_prefix(['|', '-', '–', '—', '»', '·'])?.trim();
    let fits = (1..=5).contains(&name.split(' ').count())
        && name.starts_with(char::is_uppercase)
        && !name.contains(['|', '»', '·'])
        && !name.contains(|c: char| c.is_ascii_digit());
    fits.then(|| name.to_owned())
}

/// Takes `meta` elements: Dublin Core and `citation_*`, then Open Graph, then the rest.
fn metas(nodes: &Nodes, found: &mut Found) {
    let title = || {
        nodes.meta(&[
            "citation_title",
            "dc.title",
            "dcterm.title",
            "dcterms.title",
            "og:title",
            "weibo:article:title",
            "weibo:webpage:title",
            "twitter:title",
            "title",
            "parsely-title",
        ])
    };
    let is_site = |title: &String| nodes.meta(&["og:site_name"]).as_ref() == Some(title);
    found.title = found.title.take().or_else(title).filter(|title| !is_site(title));
    let date = |names: &[&str]| {
        names.iter().find_map(|name| nodes.meta(&[name]).and_then(|text| dates::date_in(&text)))
    };
    found.published = found.published.or_else(|| {
        date(&[
            "citation_publication_date",
            "citation_date",
            "citation_online_date",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dc.date.created",
            "dc.date",
            "dcterms.date",
            "article:published_time",
            "og:published_time",
            "article:published",
            "datepublished",
            "publishdate",
            "publish-date",
            "publish_date",
            "pubdate",
            "publication_date",
            "parsely-pub-date",
            "sailthru.date",
            "article.published",
            "published-date",
            "displaydate",
            "pdate",
            "ptime",
            "dat",
            "date",
            "created",
            "cxenseparse:recs:publishtime",
            "article_date_original",
            "originalpublicationdate",
            "article.created",
            "timestamp",
            "dc.created",
            "lastpublished",
            "firstpublished",
            "cre-date",
        ])
    });
    found.modified = found.modified.or_else(|| {
        date(&[
            "article:modified_time",
            "og:updated_time",
            "dcterms.modified",
            "dc.date.modified",
            "last-modified",
            "datemodified",
            "lastmod",
        ])
    });
    if found.authors.is_empty() {
        found.authors = nodes.metas(&[
            "citation_author",
            "dc.creator",
            "dcterm.creator",
            "dcterms.creator",
            "article:author",
            "author",
            "parsely-author",
            "sailthru.author",
            "byl",
            "dc.contributor",
        ]);
    }
    found.publisher = found.publisher.take().or_else(|| {
        nodes.meta(&[
            "og:site_name",
            "dc.publisher",
            "dcterms.publisher",
            "citation_publisher",
            "citation_journal_title",
            "application-name",
            "publisher",
            "copyright-holder",
        ])
    });
    found.description = nodes.meta(&[
        "dc.description",
        "dcterms.description",
        "og:description",
        "twitter:description",
        "description",
    ]);
    found.index_number = nodes
        .meta(&["citation_technical_report_number", "dc.identifier"])
        .filter(|number| number.contains('/') && !number.contains("://"));
    if found.kind.is_none() {
        let kind = nodes.meta(&["og:type"]);
        found.kind = match kind.as_deref() {
            Some("article")
                if nodes
                    .meta(&["article:published_time", "article:section", "article:publisher"])
                    .is_some() =>
            {
                Some(Kind::News)
            }
            _ if nodes.meta(&["citation_technical_report_institution"]).is_some() => {
                Some(Kind::Report)
            }
            _ if nodes.meta(&["citation_journal_title"]).is_some() => Some(Kind::Article),
            _ => Some(Kind::Web),
        };
    }
}

/// Takes microdata and `time` elements that say what they are.
fn microdata(nodes: &Nodes, found: &mut Found) {
    found.title = found.title.take().or_else(|| nodes.item("headline"));
    let date = |name: &str| nodes.item(name).and_then(|text| dates::date_in(&text));
    found.published =
        found.published.or_else(|| date("datepublished")).or_else(|| date("datecreated"));
    found.modified = found.modified.or_else(|| date("datemodified"));
    found.published = found.published.or_else(|| {
        nodes
            .times
            .iter()
            .find(|(_, is_publication)| *is_publication)
            .and_then(|(at, _)| dates::date_in(at))
    });
    // One `time` alone, or several of one day, can only be the story's own.
    found.published = found.published.or_else(|| {
        let mut days = nodes.times.iter().filter_map(|(at, _)| dates::date_in(at));
        let first = days.next()?;
        days.all(|day| day == first).then_some(first)
    });
    if found.authors.is_empty() {
        found.authors = nodes.item("author").into_iter().collect();
    }
    found.authors = std::mem::take(&mut found.authors)
        .iter()
        .map(|name| author(name))
        .filter(|name| !name.is_empty())
        .collect();
    let visible = nodes.authors.iter().map(|name| author(name)).find(|name| !name.is_empty());
    if let Some(name) = visible.filter(|_| found.authors.is_empty()) {
        found.derived.authors.push(Valued::derived(name, PAGE, 0.6));
    }
}

/// Returns a name without `By` and what is no name (a URL, a handle, a date).
fn author(text: &str) -> String {
    let text = squeeze(text);
    // A site adds itself behind a stroke.
    let mut name = text.split('|').next().unwrap_or_default().trim();
    for label in ["written by", "author", "autor", "by", "par", "von", "por"] {
        let rest = name.get(..label.len()).filter(|start| start.eq_ignore_ascii_case(label));
        let rest = rest.and_then(|_| name.get(label.len()..));
        if let Some(rest) = rest.and_then(|rest| rest.strip_prefix([' ', ':'])) {
            name = rest.trim_start_matches([':', ' ']);
        }
    }
    let is_address = !name.contains(' ') && name.contains('/') && name.contains('.');
    let n_digits = name.chars().filter(char::is_ascii_digit).count();
    let is_name = !name.contains("://")
        && !is_address
        && n_digits < 4
        && !name.starts_with('@')
        && n_words(name) <= 12
        && dates::find(name).is_none();
    if is_name { name.to_owned() } else { String::new() }
}

/// Cuts the site's name off a title, only where it equals the publisher.
fn strip_publisher(found: &mut Found) {
    let (Some(title), Some(publisher)) = (&found.title, &found.publisher) else { return };
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " › ", ": "] {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && tail.trim().eq_ignore_ascii_case(publisher)
            && !head.trim().is_empty()
        {
            found.title = Some(head.trim().to_owned());
            return;
        }
    }
}

impl Found {
    /// Returns the record, embedded values over derived ones.
    pub(super) fn into_record(self) -> Record {
        let text = |value: Option<String>| value.map(|value| Valued::new(value, Origin::Embedded));
        let mut record = self.derived;
        let dates = [
            (DateRole::Published, self.published),
            (DateRole::Modified, self.modified),
            (DateRole::Captured, self.captured),
        ];
        let embedded = dates.into_iter().filter_map(|(role, value)| {
            Some(Valued::new(RoleDate { role, value: value? }, Origin::Embedded))
        });
        record.dates = embedded.chain(record.dates).collect();
        record.kind = self.kind.map(|kind| Valued::new(kind, Origin::Embedded));
        record.title = text(self.title).or(record.title);
        if !self.authors.is_empty() {
            record.authors =
                self.authors.into_iter().map(|name| Valued::new(name, Origin::Embedded)).collect();
        }
        record.publisher = text(self.publisher);
        record.url = text(self.url);
        record.archive_url = text(self.archive_url);
        record.lang = text(self.lang);
        record.index_number = text(self.index_number);
        if let Some(description) = text(self.description) {
            record.extra.insert("description".to_owned(), description);
        }
        record
    }
}

#[cfg(test)]
mod tests;
