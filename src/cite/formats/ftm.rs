//! FollowTheMoney: one entity a line, for Aleph and its like.

use serde_json::{Map, Value, json};

use super::super::list::by_work;
use super::super::run::clean;
use super::super::work::Detail;
use super::super::{Entry, Options};
use super::{place_of, status_of};

/// Writes an entity a work and a `Note` a quotation.
pub(super) fn write(entries: &[Entry<'_>], options: &Options<'_>) -> String {
    let mut out = String::new();
    for cited in by_work(entries) {
        let work = cited.work;
        let mut properties = Map::new();
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                properties.insert(name.to_owned(), json!([value]));
            }
        };
        let date = work.date.map(|date| date.value.to_string());
        let schema = if let Detail::Case(case) = &work.detail {
            put("name", work.display_title());
            put("caseNumber", case.numbers.first().cloned());
            put("court", case.court.clone());
            put("fileDate", date);
            put("status", status_of(work, options));
            put("category", Some(work.kind.name().to_owned()));
            "CourtCase"
        } else {
            put("title", work.display_title());
            put("date", date);
            put("publisher", work.publisher.clone());
            put("author", work.authors().first().cloned());
            "Document"
        };
        put("sourceUrl", work.url.clone());
        put("language", (work.lang.is_rtl()).then(|| "urd".to_owned()));
        // The schema keeps SHA-1 in `contentHash`; ours is SHA-256 and so has another name.
        put("notes", Some(format!("sha256:{}", work.id)));
        let id = format!("misl-{}", work.id.short(40));
        line(&mut out, &id, schema, properties);
        for entry in &cited.entries {
            let Some(quote) = &entry.quote else { continue };
            let place = place_of(entry).unwrap_or_default();
            let mut properties = Map::new();
            properties.insert("name".to_owned(), json!([format!("{} {place}", cited.key).trim()]));
            properties.insert("description".to_owned(), json!([clean(quote)]));
            properties.insert("entity".to_owned(), json!([id]));
            if let Some(note) = &entry.note {
                properties.insert("summary".to_owned(), json!([clean(note)]));
            }
            line(&mut out, &format!("{id}-{}", entry.locator), "Note", properties);
        }
    }
    out
}

fn line(out: &mut String, id: &str, schema: &str, properties: Map<String, Value>) {
    let entity = json!({ "id": id, "schema": schema, "properties": properties });
    out.push_str(&entity.to_string());
    out.push('\n');
}
