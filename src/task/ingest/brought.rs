//! Texts that people brought for pages that are read badly, put in the place of what was read.
//!
//! Such a text is read like any file, by a worker; its pages take the place of those of the document.
//! Which text a page has is kept beside it, so that nothing is done twice, and everything again after
//! the document was read anew.

use sha2::{Digest as _, Sha256};

use crate::corpus::{BroughtText, files};
use crate::extract::{Job, ocr};
use crate::model::{Page, PageOrigin, Warning, WarningKind};
use crate::store::{BROUGHT, OcrNote};
use crate::task::TaskError;

use super::Report;
use super::ocr::{Phase, says_unread};

impl Phase<'_> {
    /// Takes over the texts that people brought and that their documents do not have yet.
    pub(super) fn take_brought(&self, report: &mut Report) -> Result<(), TaskError> {
        for text in self.workspace.brought_texts() {
            if let Err(words) = self.take_text(&text)? {
                let name = text.path.file_name().unwrap_or_default().to_string_lossy();
                report.bad_records.push(format!("{name}: {words}"));
            }
        }
        Ok(())
    }

    /// The inner error is why this text alone cannot be taken, in words.
    fn take_text(&self, text: &BroughtText) -> Result<Result<(), String>, TaskError> {
        let source = self.store.source_by_id(text.id)?;
        let Some(source) = source.filter(|source| source.state.is_searchable()) else {
            // A source that is not here now may come again.
            return Ok(Ok(()));
        };
        let bytes = match files::read(&text.path, self.options.limits.file_bytes) {
            Ok((bytes, _)) => bytes,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let name = text.path.file_name().unwrap_or_default().to_string_lossy();
        let hash: String =
            Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let ending = name.split_once('.').map_or("", |(_, ending)| ending);
        let engine = format!("{BROUGHT} ({ending}, {hash})");
        if self.has_text(source.docn, text, &engine)? {
            return Ok(Ok(()));
        }
        let limits = &self.options.limits;
        let job = Job {
            name: &name,
            limits,
            beat: &|| (),
            passwords: &self.options.passwords,
            charset: None,
        };
        let read = match self.options.readers.read(&bytes, &job, &mut drop) {
            Ok(read) => read,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let Some(mut kept) = self.store.kept(source.docn)? else { return Ok(Ok(())) };
        let mut batch = self.store.batch()?;
        let (mut n_taken, mut n_left_over) = (0, 0);
        for new in read.pages {
            let number = text.page.unwrap_or(new.number);
            let Some(old) = kept.pages.iter_mut().find(|page| page.number == number) else {
                n_left_over += 1;
                continue;
            };
            if self.is_typed(source.docn, old, text)? {
                continue;
            }
            let label = old.label.take();
            *old = Page { number, label, ..new };
            kept.warnings.retain(|warning: &Warning| {
                warning.page != Some(number)
                    || !(says_unread(warning.kind) || warning.kind == WarningKind::Partial)
            });
            if old.origin == PageOrigin::Ocr {
                kept.warnings.extend(ocr::warnings(old));
            }
            let note = OcrNote {
                engine: engine.clone(),
                models: String::new(),
                dpi: 0,
                confidence: 100.0 * old.quality,
                words: Vec::new(),
            };
            batch.put_ocr_note(source.docn, number, &note)?;
            batch.end_ocr_work(source.docn, number)?;
            n_taken += 1;
        }
        if n_taken > 0 {
            self.derive(&mut kept, &mut batch)?;
            batch.commit()?;
        }
        if n_left_over > 0 {
            let n = kept.pages.len();
            return Ok(Err(format!("{n_left_over} of its pages are past the {n} of the document")));
        }
        Ok(Ok(()))
    }

    /// Tells whether a page bears a text already, or the whole document does.
    fn has_text(
        &self,
        docn: crate::store::DocNumber,
        text: &BroughtText,
        engine: &str,
    ) -> Result<bool, TaskError> {
        for (number, _) in self.store.page_numbers(docn)? {
            if text.page.is_none_or(|page| page == number)
                && self.store.ocr_note(docn, number)?.is_some_and(|note| note.engine == engine)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Tells whether a page has a text of its own, which a text of the whole document does not replace.
    fn is_typed(
        &self,
        docn: crate::store::DocNumber,
        page: &Page,
        text: &BroughtText,
    ) -> Result<bool, TaskError> {
        if text.page.is_some() {
            return Ok(false);
        }
        let own = format!("{BROUGHT} (p{}.", page.number);
        let note = self.store.ocr_note(docn, page.number)?;
        Ok(note.is_some_and(|note| note.engine.starts_with(&own)))
    }
}
