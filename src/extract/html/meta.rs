//! What a page says of itself: title, dates, authors, publisher, addresses.
//!
//! Sources in the order of trust: JSON-LD, `citation_*` and Dublin Core, Open Graph, microdata,
//! `meta name`, the visible heading and byline, the address. A date that stands in the page's
//! furniture or above the headline is the day of saving, never of publication.

use dom_query::{Document, NodeRef};
use serde_json::Value;

use super::PAGE;
use super::blocks::Block;
use crate::extract::clean::{n_words, squeeze};
use crate::extract::{byline, dates};
use crate::model::record::{DateRole, RoleDate};
use crate::model::{Date, Kind, Origin, Record, Valued};

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

/// Returns the hour of a moment that is told by the clock of Greenwich: `2021-11-04T23:00Z`,
/// `Wed, 04 May 2022 02:41 GMT`.
fn greenwich_hour(moment: &str) -> Option<u8> {
    let bare =
        ["Z", "+00:00", "+0000", "GMT", "UTC"].iter().find_map(|end| moment.strip_suffix(end))?;
    let (before, after) = bare.split_once(':')?;
    let hour = before.get(before.len().checked_sub(2)?..)?.trim().parse().ok()?;
    (hour < 24 && after.starts_with(|c: char| c.is_ascii_digit())).then_some(hour)
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

/// The few elements of a page that metadata stands in.
#[derive(Default)]
struct Nodes {
    title: Option<String>,
    lang: Option<String>,
    json_ld: Vec<String>,
    /// `property` (lower case) and content of `meta` elements, in order.
    properties: Vec<(String, String)>,
    /// The same by `name`.
    metas: Vec<(String, String)>,
    /// `itemprop` and value, in order.
    items: Vec<(String, String)>,
    /// `datetime` of `time` elements, and whether its class or `itemprop` says that it is of publication.
    times: Vec<(String, bool)>,
    canonical: Option<String>,
    base: Option<String>,
    authors: Vec<String>,
}

impl Nodes {
    fn of(document: &Document) -> Self {
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
    fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            self.properties
                .iter()
                .chain(&self.metas)
                .find(|(key, _)| key == name)
                .map(|(_, content)| content.clone())
        })
    }

    /// Returns all contents of the first of `names` that has any.
    fn metas(&self, names: &[&str]) -> Vec<String> {
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
    fn hour_of(&self, day: Date) -> Option<u8> {
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

    fn item(&self, name: &str) -> Option<String> {
        self.items
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.clone())
    }
}

/// Returns a metadata key in lower case, Dublin Core's two ways of writing made one.
fn folded(key: &str) -> String {
    let key = key.to_lowercase();
    match key.split_once(':') {
        Some((prefix @ ("dc" | "dcterms" | "dcterm"), name)) => format!("{prefix}.{name}"),
        _ => key,
    }
}

/// Returns the text of an element that ought to hold a name; nothing of one that holds more.
fn short_text(node: &NodeRef<'_>) -> String {
    // What is drawn apart is apart: `<b>Author</b><a>A. Writer</a>`.
    let texts = node.descendants_it().filter(NodeRef::is_text).map(|text| text.text().to_string());
    let text = squeeze(&texts.take(50).collect::<Vec<_>>().join(" "));
    if n_words(&text) <= 15 { text } else { String::new() }
}

/// How deep JSON-LD is followed.
const MAX_JSON_DEPTH: usize = 8;

/// Takes what the first article of JSON-LD says.
fn json_ld(value: &Value, found: &mut Found, depth: usize) {
    if depth > MAX_JSON_DEPTH {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| json_ld(value, found, depth + 1)),
        Value::Object(fields) => {
            if let Some(kind) = kind_of(value.get("@type")) {
                article(value, kind, found);
            }
            for key in ["@graph", "mainEntity", "itemListElement", "mainEntityOfPage"] {
                if let Some(inner) = fields.get(key) {
                    json_ld(inner, found, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// Returns the kind of a schema.org type that is a document; `None` for sites, lists and people.
fn kind_of(type_name: Option<&Value>) -> Option<Kind> {
    let of_name = |name: &str| match name {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle"
        | "LiveBlogPosting" => Some(Kind::News),
        "Report" => Some(Kind::Report),
        "ScholarlyArticle" => Some(Kind::Article),
        "Legislation" => Some(Kind::Statute),
        "Book" => Some(Kind::Book),
        "Article" | "BlogPosting" | "WebPage" | "TechArticle" | "LegalCase"
        | "SocialMediaPosting" => Some(Kind::Web),
        _ => None,
    };
    match type_name? {
        Value::String(name) => of_name(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find_map(of_name),
        _ => None,
    }
}

fn article(value: &Value, kind: Kind, found: &mut Found) {
    let text = |key: &str| {
        value.get(key).and_then(Value::as_str).map(squeeze).filter(|text| !text.is_empty())
    };
    let date = |key: &str| text(key).and_then(|text| dates::date_in(&text));
    // A page that holds an article says less than the article.
    if found.kind.is_none() || found.kind == Some(Kind::Web) && kind != Kind::Web {
        found.kind = Some(kind);
    }
    let is_page = value.get("@type").and_then(Value::as_str) == Some("WebPage");
    if !is_page {
        found.title = found.title.take().or_else(|| text("headline")).or_else(|| text("name"));
    }
    found.published = found.published.or_else(|| date("datePublished"));
    found.modified = found.modified.or_else(|| date("dateModified"));
    if found.authors.is_empty() {
        found.authors = names(value.get("author"));
    }
    if found.publisher.is_none() {
        found.publisher = names(value.get("publisher")).into_iter().next();
    }
}

/// Returns the names of persons or bodies: texts, or objects with a `name`, or lists of these.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(name)) => vec![squeeze(name)],
        Some(Value::Array(values)) => {
            values.iter().flat_map(|value| names(Some(value))).take(20).collect()
        }
        Some(Value::Object(fields)) => match fields.get("name") {
            Some(Value::Object(_)) | None => Vec::new(),
            name => names(name),
        },
        _ => Vec::new(),
    }
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

/// Takes addresses, and what browsers and archives write into the pages that they save.
fn addresses(nodes: &Nodes, html: &str, found: &mut Found) {
    let saved = saved_from(html);
    let is_web = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    let own =
        nodes.canonical.clone().filter(is_web).or_else(|| nodes.meta(&["og:url"]).filter(is_web));
    found.url = own.or_else(|| saved.url.clone()).or_else(|| nodes.base.clone().filter(is_web));
    found.captured = saved.date;
    for url in [found.url.clone(), saved.url, nodes.base.clone()].into_iter().flatten() {
        if let Some((original, day)) = in_wayback(&url) {
            if found.url.as_ref() == Some(&url) {
                found.url = Some(original);
            }
            found.archive_url = Some(url);
            found.captured = found.captured.or(day);
            break;
        }
    }
    if found.published.is_none()
        && let Some(date) = found.url.as_deref().and_then(dates::in_url)
    {
        found.published = Some(date);
    }
}

/// Where and when a page was saved, by its comments.
#[derive(Default)]
struct Saved {
    url: Option<String>,
    date: Option<Date>,
}

/// Reads `saved from url=(0042)https://…`, `SingleFile`'s head and the Wayback Machine's foot.
fn saved_from(html: &str) -> Saved {
    let mut saved = Saved::default();
    let after = |start: &str| html.split_once(start).map(|(_, rest)| rest);
    let to_space = |rest: &str| {
        let url = rest.split(|c: char| c.is_whitespace() || c == '<').next().unwrap_or_default();
        Some(url.to_owned()).filter(|url| url.starts_with("http"))
    };
    let line = |rest: &str| rest.lines().next().unwrap_or_default().to_owned();
    if let Some(rest) = after("<!-- saved from url=(") {
        saved.url = rest.split_once(')').and_then(|(_, rest)| to_space(rest));
    }
    if let Some(rest) = after("Page saved with SingleFile") {
        let head = rest.get(..rest.floor_char_boundary(600)).unwrap_or(rest);
        let field = |name: &str| head.split_once(name).map(|(_, rest)| rest.trim_start());
        saved.url = saved.url.or_else(|| field("url:").and_then(to_space));
        // `Thu Sep 12 2025 10:00:00 GMT+0500`
        saved.date = field("saved date:").and_then(|rest| dates::date_in(&line(rest)));
    }
    if let Some(rest) = after("FILE ARCHIVED ON ") {
        // `09:26:53 Jul 02, 2024 AND RETRIEVED …`
        let line = line(rest);
        let day = line.split_once(' ').map_or(line.as_str(), |(_, rest)| rest);
        saved.date = saved.date.or_else(|| dates::date_in(day));
    }
    saved
}

/// Cuts an address of the Wayback Machine into the original's and the day of capture.
fn in_wayback(url: &str) -> Option<(String, Option<Date>)> {
    let (_, rest) = url.split_once("web.archive.org/web/")?;
    let (stamp, original) = rest.split_once('/')?;
    let part = |from: usize, to: usize| stamp.get(from..to).unwrap_or_default();
    let day = format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8)).parse().ok();
    original.starts_with("http").then(|| (original.to_owned(), day))
}

/// Cuts the site's name off a title, only where it equals the publisher.
fn strip_publisher(found: &mut Found) {
    let (Some(title), Some(publisher)) = (&found.title, &found.publisher) else { return };
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", ": "] {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && tail.trim().eq_ignore_ascii_case(publisher)
            && !head.trim().is_empty()
        {
            found.title = Some(head.trim().to_owned());
            return;
        }
    }
}

/// Returns the block that is the headline: a heading that says the title, else the last first-level
/// heading above the main part's text.
pub(super) fn headline(blocks: &[Block], is_main: &[bool], title: Option<&str>) -> Option<usize> {
    use crate::model::Role;
    let first_body = is_main
        .iter()
        .zip(blocks)
        .position(|(&is_main, block)| is_main && block.role != Role::Heading && block.n_words >= 12)
        .unwrap_or(blocks.len());
    let fold = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let title = title.map(fold).filter(|title| !title.is_empty());
    let says_title = |block: &Block| {
        let text = fold(&block.text);
        title.as_ref().is_some_and(|title| {
            *title == text
                || text.chars().count() >= 12
                    && (title.starts_with(&text) || text.starts_with(title.as_str()))
        })
    };
    let head = blocks.get(..first_body).unwrap_or_default();
    let is_heading = |block: &Block| block.role == Role::Heading && block.furniture.is_none();
    head.iter()
        .rposition(|block| is_heading(block) && says_title(block))
        .or_else(|| head.iter().rposition(|block| says_title(block) && block.link_share() < 0.5))
}

/// Blocks at the top of a page that may hold the day of saving.
const MAX_HEAD: usize = 20;

/// Fills what markup left open with what stands above the text: the day, the author.
pub(super) fn complete(
    found: &mut Found,
    blocks: &[Block],
    is_main: &[bool],
    headline: Option<usize>,
) {
    // `<title>` adds the site's name; the headline below says where the story's own title ends.
    if let (Some(title), Some(block)) = (&found.title, headline.and_then(|idx| blocks.get(idx)))
        && let Some(rest) = title.strip_prefix(block.text.as_str())
        && [" | ", " - ", " – ", " — ", " :: ", " » ", " « "]
            .iter()
            .any(|mark| rest.starts_with(mark))
    {
        found.title = Some(block.text.clone());
    }
    if found.title.is_none()
        && let Some(block) = headline.and_then(|idx| blocks.get(idx))
    {
        found.derived.title = Some(Valued::derived(block.text.clone(), PAGE, 0.8));
    }
    if found.title.is_none() && headline.is_none() {
        let first = blocks
            .iter()
            .zip(is_main)
            .find(|(block, is_main)| **is_main && block.role == crate::model::Role::Heading);
        found.derived.title =
            first.map(|(block, _)| Valued::derived(block.text.clone(), PAGE, 0.6));
    }
    let dated =
        |role, value, confidence| Valued::derived(RoleDate { role, value }, PAGE, confidence);
    let short_date = |block: &Block| {
        if block.n_words <= 25 { dates::date_in(&block.text) } else { None }
    };
    let start =
        headline.unwrap_or_else(|| is_main.iter().position(|&is_main| is_main).unwrap_or(0));
    if found.published.is_none() && headline.is_some() {
        let mut below =
            blocks.iter().skip(start + 1).filter(|block| block.furniture.is_none()).take(6);
        if let Some(date) = below.find_map(short_date) {
            found.derived.dates.push(dated(DateRole::Published, date, 0.7));
        }
    }
    if let Some(printed) = found.published.zip(found.published_hour).and_then(|(day, hour)| {
        let near = blocks.iter().skip(start.saturating_sub(3)).take(10);
        let mut printed = near.filter(|block| block.furniture.is_none()).filter_map(short_date);
        // What is printed is the day where the paper appears, and where its readers are.
        printed.find(|printed| is_next_door(day, hour, *printed))
    }) {
        found.published = Some(printed);
    }
    if found.published.is_none()
        && found.derived.dates.is_empty()
        && start > MAX_HEAD
        && headline.is_some()
    {
        // Some sites print the day over the headline, far below the head of the page.
        let above = blocks.get(start - 2..start).unwrap_or_default();
        if let Some(date) = above.iter().filter(|block| !block.is_nav).find_map(short_date) {
            found.derived.dates.push(dated(DateRole::Published, date, 0.6));
        }
    }
    if found.authors.is_empty() && found.derived.authors.is_empty() && headline.is_some() {
        let mut below =
            blocks.iter().skip(start + 1).filter(|block| block.furniture.is_none()).take(6);
        if let Some(name) = below.find_map(|block| byline::author(&block.text)) {
            found.derived.authors.push(Valued::derived(name, PAGE, 0.5));
        }
    }
    let is_published = |date: Date| {
        found.published == Some(date)
            || found.derived.dates.iter().any(|known| known.value.value == date)
    };
    let captured = blocks.iter().take(start.min(MAX_HEAD)).find_map(short_date);
    if let Some(date) = captured.filter(|&date| found.captured.is_none() && !is_published(date)) {
        found.derived.dates.push(dated(DateRole::Captured, date, 0.6));
    }
}

/// Tells whether `other` is the day that clocks elsewhere showed at `hour` of `day` in Greenwich.
fn is_next_door(day: Date, hour: u8, other: Date) -> bool {
    let days = |date: Date| date.day().map(|_| date.first().since_epoch());
    match (days(day), days(other)) {
        (Some(day), Some(other)) => other - day == 1 && hour >= 10 || day - other == 1 && hour < 12,
        _ => false,
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
mod tests {
    use super::*;

    #[test]
    fn names_of_authors() {
        assert_eq!(author("Author: Andreas Writer"), "Andreas Writer");
        assert_eq!(author("Written by Amy Writer | The Kite Times"), "Amy Writer");
        assert_eq!(author("Byron Writer"), "Byron Writer");
        assert_eq!(author("kites.example/amy.writer"), "");
        assert_eq!(author("wolf am 26/10/13, 03:48 pm"), "");
    }

    #[test]
    fn moments_of_greenwich() {
        for (moment, hour) in [
            ("2021-11-04T23:00:00Z", Some(23)),
            ("2022-05-04T00:44+00:00", Some(0)),
            ("Wed, 04 May 2022 02:41 GMT", Some(2)),
            ("2022-05-04T09:00:00+02:00", None),
            ("2022-05-04", None),
        ] {
            assert_eq!(greenwich_hour(moment), hour, "{moment}");
        }
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(is_next_door(day("2021-11-04"), 23, day("2021-11-05")));
        assert!(is_next_door(day("2022-03-01"), 2, day("2022-02-28")));
        assert!(!is_next_door(day("2022-03-01"), 2, day("2022-03-02")));
        assert!(!is_next_door(day("2022-03-01"), 2, day("2022-03-01")));
    }

    #[test]
    fn references_to_characters_are_characters() {
        assert_eq!(plain("It doesn&#8217;t &amp; won&#039;t <b>"), "It doesn’t & won't <b>");
        assert_eq!(plain("A & B; C"), "A & B; C");
    }

    #[test]
    fn the_window_names_the_publisher() {
        let name = |window: &str| publisher_behind(window, "Kites rise");
        assert_eq!(name("Kites rise | The Kite Times").as_deref(), Some("The Kite Times"));
        assert_eq!(name("Kites rise over the town"), None);
        assert_eq!(name("Kites rise - 07.12.2017 - PAPER"), None);
        assert_eq!(name("Kites rise"), None);
    }
}
