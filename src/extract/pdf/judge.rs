//! How far a page can be trusted, and what its readers must be told.

use super::{Parts, quality, stamps};
use crate::model::{Page, PageOrigin, Role, Warning, WarningKind};

/// A page without text is blank if it draws fewer paths than this: a rule, a frame.
const MIN_PATHS: usize = 12;
/// Fewer signs of a Nastaliq font are a name or a formula.
const LEAST_NASTALIQ: usize = 10;
/// A page with this share of Nastaliq is Urdu with some English, not the other way round.
const MUCH_NASTALIQ: f32 = 0.1;
/// Fewer letters beside the visible page are printer's marks.
const MANY_OUTSIDE: usize = 200;
/// Fewer letters that are clipped away are the edges of a picture.
const MANY_CLIPPED: usize = 20;
/// A page of Nastaliq with digits is no text to quote from.
const NASTALIQ_CAP: f32 = 0.45;
/// A page on which only a few lines have doubtful digits.
const DIGITS_CAP: f32 = 0.75;
/// What stands in a damaged stream may be other words than were written.
const GARBLED_CAP: f32 = 0.75;
/// An OCR layer is somebody else's reading.
const OCR_LAYER_CAP: f32 = 0.90;
/// A picture over less of the page is no scan.
const STAMPED_PICTURE: f32 = 0.3;

impl Parts {
    /// Sets origin and quality and warns of what is doubtful.
    pub(super) fn judge(&self, page: &mut Page, warnings: &mut Vec<Warning>) {
        let draft = &self.draft;
        let number = page.number;
        page.quality = quality::quality(&page.text, draft.counts);
        // Half of the letters of Nastaliq come out wrong in every tool, without any sign of it.
        let share = quality::ratio(draft.nastaliq, draft.counts.mapped);
        page.quality *= 1.0 - 0.5 * share;
        // A wrong date reads as well as a right one, so that nothing else would show it.
        let has_doubtful_digits =
            draft.wrong_digits > 0 || draft.nastaliq >= LEAST_NASTALIQ && draft.nastaliq_digits > 0;
        if has_doubtful_digits {
            page.quality =
                page.quality.min(if share > MUCH_NASTALIQ { NASTALIQ_CAP } else { DIGITS_CAP });
        }
        if draft.invisible > 0.5 {
            page.origin = PageOrigin::OcrLayer;
            page.quality = page.quality.min(OCR_LAYER_CAP);
        }
        if draft.garbled {
            page.quality = page.quality.min(GARBLED_CAP);
        }
        let is_stamped = draft.pictures > STAMPED_PICTURE && stamps::are_all(page);
        if is_stamped {
            page.quality = 0.0;
            let body = page.paragraphs.iter_mut().filter(|para| !para.role.is_boilerplate());
            body.for_each(|para| para.role = Role::Watermark);
        }
        let mut warn = |kind, detail: String| warnings.push(Warning::page(kind, number, detail));
        if is_stamped {
            let stamp: String = page.text.lines().collect::<Vec<_>>().join("; ");
            warn(WarningKind::NoText, format!("a picture with nothing but a stamp: {stamp}"));
        } else if page.text.is_empty() && draft.counts.unmapped == 0 {
            if draft.pictures > 0.01 || draft.n_paths >= MIN_PATHS {
                page.quality = 0.0;
                warn(WarningKind::NoText, String::new());
            } else {
                warn(WarningKind::BlankPage, String::new());
            }
        } else if page.text.is_empty() {
            page.quality = 0.0;
            warn(WarningKind::NoText, format!("{} signs without letters", draft.counts.unmapped));
        } else if has_doubtful_digits && draft.nastaliq > 0 {
            let detail = format!(
                "letters and digits of {} signs in Nastaliq are doubtful: look at the page before \
                 you quote a number or a date",
                draft.nastaliq + draft.nastaliq_digits
            );
            warn(WarningKind::LowText, detail);
        } else if page.quality < quality::DOUBTFUL {
            warn(WarningKind::LowText, format!("quality {:.2}", page.quality));
        } else if draft.pictures > 0.5 && page.text.split_whitespace().count() < 20 {
            warn(WarningKind::LowText, "a picture with a few words".to_owned());
        }
        if draft.guessed && page.quality >= quality::DOUBTFUL {
            warn(WarningKind::LowText, "letters guessed from the codes of the font".to_owned());
        }
        if draft.nastaliq >= LEAST_NASTALIQ && page.quality >= quality::DOUBTFUL {
            let detail =
                format!("{} signs in Nastaliq, whose letters are doubtful", draft.nastaliq);
            warn(WarningKind::LowText, detail);
        }
        if draft.unknown > 0 {
            let detail = format!("{} signs whose font does not name them", draft.unknown);
            warn(WarningKind::BadEncoding, detail);
        }
        if draft.wrong_digits > 0 {
            let detail = format!(
                "{} digits that their font names wrongly are read by their places in the font",
                draft.wrong_digits
            );
            warn(WarningKind::BadEncoding, detail);
        }
        if draft.unseen > 0 {
            let detail = format!("{} fields of a form whose pictures show nothing", draft.unseen);
            warn(WarningKind::DamagedRepaired, detail);
        }
        if draft.hidden > 0 {
            let detail = format!("{} letters lie under an opaque box", draft.hidden);
            warn(WarningKind::HiddenText, detail);
        }
        if draft.dropped > 0 {
            warn(WarningKind::Truncated, format!("{} signs over the limit", draft.dropped));
        }
        if draft.outside >= MANY_OUTSIDE && draft.outside > draft.counts.mapped {
            let detail =
                format!("{} letters lie outside the visible page and are left out", draft.outside);
            warn(WarningKind::HiddenText, detail);
        }
        if draft.clipped >= MANY_CLIPPED {
            let detail = format!("{} letters are clipped away and are left out", draft.clipped);
            warn(WarningKind::HiddenText, detail);
        }
        if draft.broken > 0 {
            warn(WarningKind::BadEncoding, format!("{} signs without a place", draft.broken));
        }
    }
}
