//! HTML: a whole page without script, style or anything that is fetched.

use std::fmt::Write as _;

use super::super::Options;
use super::super::list::{Form, Item};
use super::super::run::{Face, Runs, is_web_link};
use super::super::work::Work;
use super::xml::escape;

/// Writes the page; a single work is also described for connectors of reference managers.
pub(super) fn write(items: &[Item<'_>], options: &Options<'_>) -> String {
    let dir = if options.lang.is_rtl() { "rtl" } else { "ltr" };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n",
        options.lang.tag()
    );
    let mut works: Vec<&Work> =
        items.iter().flat_map(|item| &item.entries).map(|e| e.work).collect();
    works.dedup_by_key(|work| work.id);
    let title = match works.as_slice() {
        [one] => {
            meta(&mut out, one);
            one.display_title().unwrap_or_else(|| "Citation".to_owned())
        }
        _ => "Citations".to_owned(),
    };
    let _ = writeln!(out, "<title>{}</title>\n</head>\n<body>", escape(&title));
    let (open, close) = match options.form {
        Form::Notes => ("<ol>", "</ol>"),
        _ => ("<ul>", "</ul>"),
    };
    let mut is_open = false;
    for item in items {
        if let Some(heading) = &item.heading {
            if is_open {
                out.push_str(close);
                out.push('\n');
                is_open = false;
            }
            let _ = writeln!(out, "<h2>{}</h2>", escape(heading));
        }
        if !is_open {
            out.push_str(open);
            out.push('\n');
            is_open = true;
        }
        match item.number {
            Some(number) => {
                let _ = write!(out, "<li id=\"n{number}\" value=\"{number}\">");
            }
            None => out.push_str("<li>"),
        }
        let _ = write!(out, "<cite>{}</cite>", runs(&item.runs));
        for quote in &item.quotes {
            let _ = write!(out, "\n<blockquote>{}</blockquote>", runs(quote));
        }
        for remark in &item.remarks {
            let _ = write!(out, "\n<p>{}</p>", runs(remark));
        }
        for line in &item.proof {
            let _ = write!(out, "\n<p><small>{}</small></p>", escape(line));
        }
        out.push_str("</li>\n");
    }
    if is_open {
        out.push_str(close);
        out.push('\n');
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// Returns the runs as HTML; italics are undone in the face of `cite`, which is set upright by readers' sheets or not at all.
fn runs(runs: &Runs) -> String {
    let mut out = String::new();
    for run in runs.iter() {
        let mut text = escape(&run.text);
        if let Some(url) = run.link.as_ref().filter(|url| is_web_link(url)) {
            text = format!("<a href=\"{}\" rel=\"noreferrer\">{text}</a>", escape(url));
        }
        text = match run.face {
            Face::Plain => text,
            Face::Italic => format!("<i>{text}</i>"),
            Face::SmallCaps => format!("<span class=\"small-caps\">{text}</span>"),
        };
        if let Some(lang) = run.isolated {
            let dir = if lang.is_rtl() { "rtl" } else { "ltr" };
            text = format!("<bdi lang=\"{}\" dir=\"{dir}\">{text}</bdi>", lang.tag());
        }
        out.push_str(&text);
    }
    out
}

/// Writes the `citation_*` fields that connectors read.
fn meta(out: &mut String, work: &Work) {
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "<meta name=\"citation_{name}\" content=\"{}\">", escape(value));
        }
    };
    put("title", work.display_title().as_deref());
    for author in work.author_names() {
        put("author", Some(&author.inverted()));
    }
    let date = work.date.map(|date| date.value.to_string().replace('-', "/"));
    put("publication_date", date.as_deref());
    put("publisher", work.publisher.as_deref());
    put("technical_report_number", work.number());
    put("public_url", work.url.as_deref().filter(|url| is_web_link(url)));
    put("language", Some(work.lang.tag()));
}
