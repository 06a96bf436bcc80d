//! What a user should know about the works of a list.

use super::{Cited, Form, by_work};
use crate::cite::csl::Standing;
use crate::cite::render::status_words;
use crate::cite::run::clean;
use crate::cite::style::{CitationForm, Row};
use crate::cite::{CslError, CslStyle, Entry, Options};

/// What a user should know about a list; it changes nothing in the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// A cited work was stayed, suspended, set aside …
    Status {
        /// The key of the work.
        key: String,
        /// The status in words, and its source.
        words: String,
    },
    /// A citation lacks something.
    Missing {
        /// The key of the work.
        key: String,
        /// The names of the fields.
        fields: Vec<&'static str>,
    },
    /// The style has no row for this kind of work, which is printed as `oscola` prints it.
    NoRow {
        /// The key of the work.
        key: String,
        /// The style.
        style: String,
    },
    /// The strings of the style were never compared with its manual.
    Unconfirmed {
        /// The style.
        style: String,
    },
    /// The CSL style did not print the work; our own table did.
    Csl {
        /// The key of the work.
        key: String,
        /// Why the CSL style did not print it.
        why: CslError,
    },
    /// The CSL style has no place for pages or paragraphs.
    NoPlace {
        /// The key of the work.
        key: String,
        /// The place that is not printed.
        at: String,
    },
    /// Citations are bare numbers, and the list that they count is another form.
    Numbers {
        /// The style.
        style: String,
    },
    /// Other records of the corpus say otherwise.
    Conflict {
        /// The key of the work.
        key: String,
        /// Titles or ids of these records.
        with: Vec<String>,
    },
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Status { key, words } => write!(f, "{key} was {words}"),
            Self::Missing { key, fields } => {
                write!(f, "the record of {key} lacks: {}", fields.join(", "))
            }
            Self::NoRow { key, style } => {
                write!(f, "`{style}` has no form for {key}; it is cited as in `oscola`")
            }
            Self::Unconfirmed { style } => {
                write!(f, "the forms of `{style}` were not yet compared with its manual")
            }
            Self::Csl { key, why } => write!(f, "{key} is cited by our own table: {why}"),
            Self::NoPlace { key, at } => {
                write!(f, "the CSL style does not print the place in {key}: {at}")
            }
            Self::Numbers { style } => {
                write!(
                    f,
                    "`{style}` cites by numbers; `misl export LIST --form list` says which is what"
                )
            }
            Self::Conflict { key, with } => {
                write!(f, "other records contradict {key}: {}", with.join("; "))
            }
        }
    }
}

/// Returns what a user should know about these entries, each work once, in the order given.
pub fn warnings(entries: &[Entry<'_>], options: &Options<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !options.style.confirmed && options.format.uses_style() {
        warnings.push(Warning::Unconfirmed { style: options.style.id.clone() });
    }
    if let Some(csl) = options.csl.filter(|csl| csl.is_numbered() && options.format.uses_style())
        && options.form == Form::Citations
    {
        warnings.push(Warning::Numbers { style: csl.title().to_owned() });
    }
    for cited in by_work(entries) {
        let (work, key) = (cited.work, cited.key.to_owned());
        if let Some(status) = work.adverse_status() {
            let words = format!(
                "{} (source: {})",
                status_words(status, options.style),
                clean(&status.source)
            );
            warnings.push(Warning::Status { key: key.clone(), words });
        }
        let fields = work.missing();
        if !fields.is_empty() {
            warnings.push(Warning::Missing { key: key.clone(), fields });
        }
        let csl =
            options.csl.filter(|csl| options.format.uses_style() && csl.takes(work, options.legal));
        let by_csl = csl.zip(cited.entries.first()).map(|(csl, entry)| {
            // Any work has a number; what it stands for may fail.
            let form = if csl.is_numbered() { CitationForm::List } else { CitationForm::First };
            csl.cite(entry, form, Standing::default(), options)
        });
        // In a text of numbers the style cites every work.
        let in_text = options.csl.filter(|csl| csl.is_numbered() && options.format.uses_style());
        let lost = csl.or(in_text).and_then(|csl| lost_place(csl, &cited, options));
        warnings.extend(lost.map(|at| Warning::NoPlace { key: key.clone(), at }));
        if let Some(Err(why)) = &by_csl {
            warnings.push(Warning::Csl { key: key.clone(), why: why.clone() });
        }
        let is_native = options.format.uses_style() && !matches!(by_csl, Some(Ok(_)));
        if is_native && !options.style.has_row(Row::of(work)) {
            warnings.push(Warning::NoRow { key: key.clone(), style: options.style.id.clone() });
        }
        if !work.conflicts_with.is_empty() {
            warnings.push(Warning::Conflict { key, with: work.conflicts_with.clone() });
        }
    }
    warnings
}

/// Returns the place of the first entry with one, where the CSL style leaves it out of a citation.
fn lost_place(csl: &CslStyle, cited: &Cited<'_>, options: &Options<'_>) -> Option<String> {
    if !matches!(options.form, Form::Citations | Form::Notes) {
        return None;
    }
    let entry = cited.entries.iter().find(|entry| !entry.locator.is_whole())?;
    let (first, _) = entry.locator.0.first()?.ends();
    let place = entry.page_label.clone().unwrap_or(first);
    let words = csl.cite(entry, CitationForm::First, Standing::default(), options).ok()?.plain();
    (!words.contains(&place)).then(|| entry.locator.to_string())
}
