//! RTF: for word processors that know nothing newer.

use std::fmt::Write as _;

use super::super::Options;
use super::super::list::Item;
use super::super::run::{Face, Runs};

/// Writes a document: notes as footnotes, the rest as paragraphs.
pub(super) fn write(items: &[Item<'_>], options: &Options<'_>) -> String {
    let mut out = String::from(
        "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}}\\fs24\n",
    );
    let direction = if options.lang.is_rtl() { "\\rtlpar" } else { "\\ltrpar" };
    for item in items {
        if let Some(heading) = &item.heading {
            let _ = writeln!(out, "\\pard{direction}\\sb240\\b {}\\b0\\par", escape(heading));
        }
        let mut body = runs(&item.runs);
        for quote in &item.quotes {
            let _ = write!(body, " \\ldblquote {}\\rdblquote ", runs(quote));
        }
        for remark in &item.remarks {
            let _ = write!(body, " {}", runs(remark));
        }
        for line in &item.proof {
            let _ = write!(body, " {}", escape(line));
        }
        if item.number.is_some() {
            let _ = writeln!(
                out,
                "\\pard{direction} {{\\super\\chftn}}{{\\footnote\\pard\\plain\\fs20 {{\\super\\chftn}} {body}}}\\par"
            );
        } else {
            let _ = writeln!(out, "\\pard{direction} {body}\\par");
        }
    }
    out.push_str("}\n");
    out
}

/// Returns the runs as RTF.
fn runs(runs: &Runs) -> String {
    let mut out = String::new();
    for run in runs.iter() {
        let face = match run.face {
            Face::Plain => "",
            Face::Italic => "\\i ",
            Face::SmallCaps => "\\scaps ",
        };
        let text = escape(&run.text);
        let isolated = run.isolated.is_some();
        let (open, close) =
            if isolated { (escape("\u{2068}"), escape("\u{2069}")) } else { Default::default() };
        let _ = write!(out, "{{{face}{open}{text}{close}}}");
    }
    out
}

/// Writes all but plain ASCII as `\uN?`, N a signed number of 16 bits.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            ' '..='~' => out.push(c),
            '\0'..='\u{1F}' => out.push(' '),
            _ => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    let _ = write!(out, "\\u{}?", unit.cast_signed());
                }
            }
        }
    }
    out
}
