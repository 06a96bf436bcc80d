//! What JSON-LD says of the first article.

use serde_json::Value;

use super::Found;
use crate::extract::clean::squeeze;
use crate::extract::dates;
use crate::model::Kind;

/// How deep JSON-LD is followed.
const MAX_JSON_DEPTH: usize = 8;

/// Takes what the first article of JSON-LD says.
pub(super) fn json_ld(value: &Value, found: &mut Found, depth: usize) {
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
    if found.body.is_none() {
        found.body = value.get("articleBody").and_then(Value::as_str).map(str::to_owned);
    }
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
