//! W3C Web Annotations, and addresses with text fragments.

use serde_json::{Value, json};

use super::super::run::{clean, is_web_link};
use super::super::{Entry, Selector};
use super::fragment_url;

/// Writes one annotation collection; an entry without a quotation points to its place alone.
pub(super) fn write(entries: &[Entry<'_>]) -> String {
    let items: Vec<Value> = entries.iter().map(annotation).collect();
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
    });
    let mut out = serde_json::to_string_pretty(&page).unwrap_or_default();
    out.push('\n');
    out
}

fn annotation(entry: &Entry<'_>) -> Value {
    let work = entry.work;
    let mut selectors = Vec::new();
    if let Some(quote) = &entry.quote {
        let Selector { prefix, suffix, position } = entry.selector.clone().unwrap_or_default();
        selectors.push(json!({
            "type": "TextQuoteSelector", "exact": clean(quote),
            "prefix": clean(&prefix), "suffix": clean(&suffix),
        }));
        if let Some([start, end]) = position {
            selectors.push(json!({ "type": "TextPositionSelector", "start": start, "end": end }));
        }
    }
    if let Some(page) = entry.locator.page() {
        selectors.push(json!({
            "type": "FragmentSelector",
            "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
            "value": format!("page={page}"),
        }));
    }
    if !entry.locator.is_whole() {
        // Our own permalinks name page and paragraph.
        let value = entry.locator.to_string().replace(',', "-");
        selectors.push(json!({ "type": "FragmentSelector", "value": value }));
    }
    let target = |source: String| {
        if selectors.is_empty() {
            json!({ "source": source })
        } else {
            json!({ "source": source, "selector": selectors })
        }
    };
    let mut targets = vec![target(format!("urn:sha256:{}", work.id))];
    targets.extend(work.url.as_ref().filter(|url| is_web_link(url)).map(|url| target(url.clone())));
    let mut annotation = json!({
        "id": format!("urn:misl:{}:{}", work.id, entry.locator),
        "type": "Annotation",
        "motivation": if entry.note.is_some() { "commenting" } else { "highlighting" },
        "target": targets,
    });
    if let (Some(note), Some(fields)) = (&entry.note, annotation.as_object_mut()) {
        let body = json!({ "type": "TextualBody", "format": "text/plain", "value": clean(note) });
        fields.insert("body".to_owned(), body);
    }
    annotation
}

/// Writes one address a line: the work's own with the quotation as a text fragment, or its page.
pub(super) fn fragments(entries: &[Entry<'_>]) -> String {
    let mut out = String::new();
    for entry in entries {
        let Some(url) = entry.work.url.as_ref().filter(|url| is_web_link(url)) else {
            let place = entry.locator.to_string().replace(',', "-");
            let hash = if place.is_empty() { String::new() } else { format!("#{place}") };
            out.push_str(&format!("/d/{}{hash}\n", entry.work.id));
            continue;
        };
        let selector = entry.selector.clone().unwrap_or_default();
        let quote = entry.quote.as_deref().map(clean).unwrap_or_default();
        let mut address =
            fragment_url(url, &quote, &clean(&selector.prefix), &clean(&selector.suffix));
        if let Some(page) = entry.locator.page()
            && !address.contains('#')
            && address.to_ascii_lowercase().ends_with(".pdf")
        {
            address.push_str(&format!("#page={page}"));
        }
        out.push_str(&address);
        out.push('\n');
    }
    out
}
