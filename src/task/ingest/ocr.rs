//! Reading pages without trustworthy text by OCR, after everything else can be searched.
//!
//! Which pages wait is kept in the store when they are first read. Each batch of pages replaces their
//! text and all that is derived from it at once, so that a run that is killed goes on where it was.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest as _, Sha256};

use crate::corpus::{Workspace, files};
use crate::extract::ocr::{self, Orientation, Scan, Want};
use crate::extract::{Job, Limits};
use crate::model::{
    Extracted, Member, Page, PageNo, PageOrigin, Reader, SourceId, Warning, WarningKind,
};
use crate::refs::title::Unsure;
use crate::store::{
    Batch, DocNumber, Kept, NewText, OcrNote, PathRow, PathState, SourceState, Store,
};
use crate::task::understand::{Readers, make_sense};
use crate::task::{Knowledge, TaskError};
use crate::worker::ocr::{OcrError, Segmentation, Tesseract};

use super::{Options, Progress, Report, Watch};

/// Dots an inch of the pictures that OCR gets.
const DPI: u32 = 300;
/// The same for a second try.
const FINE_DPI: u32 = 400;
/// Mean confidence under which a page is tried once more.
const DOUBTFUL: f32 = 60.0;
/// Lines that fall or rise less, in degrees, are read as they are.
const LEAST_SKEW: f32 = 0.35;
/// Pages read and not kept that make a batch due.
const BATCH_PAGES: usize = 8;
/// Seconds since the last batch that make one due.
const BATCH_SECONDS: i64 = 20;

/// How much is to be read by OCR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Effort {
    /// Nothing.
    #[default]
    Never,
    /// Pages without text to trust.
    Auto,
    /// Pages whose text is doubtful or somebody else's OCR too; the better text is kept.
    Force,
}

/// OCR as the caller wants it and has it.
#[derive(Clone, Debug, Default)]
pub struct Ocr {
    /// How much to read.
    pub effort: Effort,
    /// The program; `None`: not installed.
    pub engine: Option<Tesseract>,
}

/// Notes the pages of a content that was just read and that OCR should read.
pub(super) fn note_work(
    batch: &Batch<'_>,
    docn: DocNumber,
    pages: &[Page],
    warnings: &[Warning],
) -> Result<(), TaskError> {
    for page in pages.iter().filter(|page| ocr::want(page, warnings) == Want::Yes) {
        batch.put_ocr_work(docn, page.number)?;
    }
    Ok(())
}

/// What the OCR of a run needs.
pub(super) struct Phase<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) store: &'a Store,
    pub(super) knowledge: &'a Knowledge,
    pub(super) options: &'a Options,
    pub(super) watch: &'a dyn Watch,
}

/// A page that was tried.
struct Tried {
    number: PageNo,
    result: Result<Recognised, String>,
}

struct Recognised {
    read: ocr::Read,
    models: Vec<String>,
    dpi: u32,
    confidence: f32,
}

impl Phase<'_> {
    /// Reads every page that waits.
    pub(super) fn all(&self, report: &mut Report) -> Result<(), TaskError> {
        self.take_brought(report)?;
        let Ocr { effort, engine } = &self.options.ocr;
        if *effort == Effort::Never {
            return Ok(());
        }
        if *effort == Effort::Force {
            self.note_doubtful()?;
        }
        let searchable: BTreeSet<DocNumber> = self.store.searchable()?.into_iter().collect();
        let mut work: BTreeMap<DocNumber, Vec<PageNo>> = BTreeMap::new();
        for (docn, page) in self.store.ocr_work()? {
            if searchable.contains(&docn) {
                work.entry(docn).or_default().push(page);
            }
        }
        let total: u64 = work.values().map(|pages| pages.len() as u64).sum();
        let Some(engine) = engine else {
            report.ocr_waiting = total;
            return self.warn_missing(&work);
        };
        let mut done = 0;
        let mut beat = |name: &str| {
            self.watch.progress(&Progress {
                phase: super::Phase::Ocr,
                done,
                total,
                bytes: 0,
                current: name,
            });
            done += 1;
        };
        let mut inside = Vec::new();
        for (docn, pages) in work {
            if self.is_stopped(report) {
                break;
            }
            match self.file_of(docn)? {
                Some((bytes, name)) => {
                    self.document(engine, docn, &pages, (&bytes, &name), report, &mut beat)?;
                }
                None => inside.push((docn, pages)),
            }
        }
        self.members(engine, inside, report, &mut beat)?;
        report.ocr_waiting = total.saturating_sub(report.ocr_read);
        Ok(())
    }

    /// Adds the pages whose text is doubtful or somebody else's OCR to those that wait.
    fn note_doubtful(&self) -> Result<(), TaskError> {
        let batch = self.store.batch()?;
        for docn in self.store.searchable()? {
            let Some(source) = self.store.source(docn)? else { continue };
            if source.media_type != "application/pdf" && !source.media_type.starts_with("image/") {
                continue;
            }
            let warnings = self.store.warnings(docn)?;
            for page in self.store.pages(docn)? {
                let is_ours = page.origin == PageOrigin::Ocr && !page.text.is_empty();
                if !is_ours && ocr::want(&page, &warnings) >= Want::IfForced {
                    batch.put_ocr_work(docn, page.number)?;
                }
            }
        }
        batch.commit()?;
        Ok(())
    }

    /// Says of every page that waits that OCR is not installed.
    fn warn_missing(&self, work: &BTreeMap<DocNumber, Vec<PageNo>>) -> Result<(), TaskError> {
        let mut batch = self.store.batch()?;
        for (docn, pages) in work {
            let mut warnings = self.store.warnings(*docn)?;
            let n = warnings.len();
            for page in pages {
                let is_missing = |warning: &Warning| {
                    warning.kind == WarningKind::OcrMissing && warning.page == Some(*page)
                };
                if !warnings.iter().any(is_missing) {
                    let detail = "tesseract is not installed";
                    warnings.push(Warning::page(WarningKind::OcrMissing, *page, detail));
                }
            }
            if warnings.len() > n {
                batch.replace_warnings(*docn, SourceState::Warned, &warnings)?;
            }
        }
        batch.commit()?;
        Ok(())
    }

    fn document(
        &self,
        engine: &Tesseract,
        docn: DocNumber,
        pages: &[PageNo],
        (bytes, name): (&[u8], &str),
        report: &mut Report,
        beat: &mut dyn FnMut(&str),
    ) -> Result<(), TaskError> {
        let Some(mut kept) = self.store.kept(docn)? else { return Ok(()) };
        let reader = PageReader {
            engine,
            readers: &self.options.readers,
            bytes,
            name,
            is_picture: kept.source.media_type.starts_with("image/"),
            is_arabic: ocr::is_arabic_document(&kept.pages),
            limits: &self.options.limits,
            passwords: &self.options.passwords,
        };
        let mut tried: Vec<Tried> = Vec::new();
        let mut since = self.watch.now();
        for group in pages.chunks(self.options.jobs.max(1)) {
            if self.is_stopped(report) {
                break;
            }
            tried.extend(reader.pages(group));
            group.iter().for_each(|_| beat(name));
            let now = self.watch.now();
            if tried.len() >= BATCH_PAGES || now - since >= BATCH_SECONDS {
                self.keep(&mut kept, std::mem::take(&mut tried), engine, report)?;
                since = now;
            }
        }
        self.keep(&mut kept, tried, engine, report)
    }

    fn is_stopped(&self, report: &mut Report) -> bool {
        report.interrupted |= self.watch.stop();
        report.interrupted
    }

    /// Returns the bytes of a content where a file still holds them, and the file's name; a file that
    /// changed or is gone is read by a later run.
    fn file_of(&self, docn: DocNumber) -> Result<Option<(Vec<u8>, String)>, TaskError> {
        let Some(source) = self.store.source(docn)? else { return Ok(None) };
        for row in self.store.paths_of(docn)? {
            if row.container.is_none()
                && let Some(bytes) = self.bytes_at(&row)
                && hash(&bytes) == source.id
            {
                return Ok(Some((bytes, row.path)));
            }
        }
        Ok(None)
    }

    fn bytes_at(&self, row: &PathRow) -> Option<Vec<u8>> {
        if row.state != PathState::Present {
            return None;
        }
        let disk = self.workspace.disk_path(&row.path, row.raw.as_deref());
        files::read(&disk, self.options.limits.file_bytes).ok().map(|(bytes, _)| bytes)
    }

    /// Reads pages of documents that lie in archives and mails: each file is unpacked once, and what
    /// waits is read as it comes by.
    fn members(
        &self,
        engine: &Tesseract,
        work: Vec<(DocNumber, Vec<PageNo>)>,
        report: &mut Report,
        beat: &mut dyn FnMut(&str),
    ) -> Result<(), TaskError> {
        if work.is_empty() || report.interrupted {
            return Ok(());
        }
        let rows: BTreeMap<String, PathRow> =
            self.store.paths()?.into_iter().map(|row| (row.path.clone(), row)).collect();
        let mut by_file: BTreeMap<&str, Inside> = BTreeMap::new();
        for (docn, pages) in work {
            let Some(source) = self.store.source(docn)? else { continue };
            let Some((file, containers)) = self.way_to(docn, &rows)? else { continue };
            let inside = by_file.entry(file).or_default();
            inside.wanted.insert(source.id, (docn, pages));
            inside.containers.extend(containers);
        }
        for (file, mut inside) in by_file {
            if self.is_stopped(report) {
                break;
            }
            let Some(bytes) = rows.get(file).and_then(|row| self.bytes_at(row)) else { continue };
            self.unpack(engine, &bytes, file, &mut inside, report, beat)?;
        }
        Ok(())
    }

    /// Returns the file that a member lies in, and the contents in it that must be opened on the way.
    fn way_to<'r>(
        &self,
        docn: DocNumber,
        rows: &'r BTreeMap<String, PathRow>,
    ) -> Result<Option<(&'r str, Vec<SourceId>)>, TaskError> {
        for row in self.store.paths_of(docn)? {
            let mut containers = Vec::new();
            let mut at = row.container.as_ref().and_then(|path| rows.get(path));
            while let Some(row) = at.filter(|row| row.state == PathState::Present) {
                let Some(container) = &row.container else {
                    return Ok(Some((row.path.as_str(), containers)));
                };
                let source = row.docn.map(|docn| self.store.source(docn)).transpose()?.flatten();
                containers.extend(source.map(|source| source.id));
                at = rows.get(container);
            }
        }
        Ok(None)
    }

    /// Unpacks a file or a container in it, and reads what waits there.
    fn unpack(
        &self,
        engine: &Tesseract,
        bytes: &[u8],
        path: &str,
        inside: &mut Inside,
        report: &mut Report,
        beat: &mut dyn FnMut(&str),
    ) -> Result<(), TaskError> {
        let Options { limits, passwords, readers, .. } = self.options;
        let job = Job { name: path, limits, beat: &|| (), passwords, charset: None };
        let mut result = Ok(());
        let mut take = |member: Member| {
            let Ok(bytes) = member.bytes else { return };
            if result.is_err() || self.is_stopped(report) {
                return;
            }
            let path = format!("{path}!/{}", member.name);
            let id = hash(&bytes);
            if let Some((docn, pages)) = inside.wanted.remove(&id) {
                result = self.document(engine, docn, &pages, (&bytes, &path), report, beat);
            }
            if result.is_ok() && inside.containers.remove(&id) {
                result = self.unpack(engine, &bytes, &path, inside, report, beat);
            }
        };
        // What cannot be unpacked any more was unpacked once: its pages go on waiting.
        drop(readers.read(bytes, &job, &mut take));
        result
    }

    /// Keeps pages that were tried, and derives anew what the document says.
    fn keep(
        &self,
        kept: &mut Kept,
        tried: Vec<Tried>,
        engine: &Tesseract,
        report: &mut Report,
    ) -> Result<(), TaskError> {
        if tried.is_empty() {
            return Ok(());
        }
        let docn = kept.source.docn;
        let mut batch = self.store.batch()?;
        for Tried { number, result } in tried {
            batch.end_ocr_work(docn, number)?;
            report.ocr_read += 1;
            let Some(old) = kept.pages.iter_mut().find(|page| page.number == number) else {
                continue;
            };
            kept.warnings.retain(|warning| {
                warning.page != Some(number) || warning.kind != WarningKind::OcrMissing
            });
            match result {
                Ok(recognised) if is_better(&recognised.read.page, old) => {
                    let label = old.label.take();
                    *old = Page { label, ..recognised.read.page };
                    kept.warnings.retain(|warning| {
                        warning.page != Some(number) || !says_unread(warning.kind)
                    });
                    kept.warnings.extend(ocr::warnings(old));
                    let note = OcrNote {
                        engine: engine.version().to_owned(),
                        models: recognised.models.join("+"),
                        dpi: recognised.dpi,
                        confidence: recognised.confidence,
                        words: recognised.read.words,
                    };
                    batch.put_ocr_note(docn, number, &note)?;
                }
                Ok(_) => {}
                Err(words) => {
                    let detail = format!("OCR: {words}");
                    kept.warnings.push(Warning::page(WarningKind::Partial, number, detail));
                }
            }
        }
        self.derive(kept, &mut batch)?;
        batch.commit()?;
        Ok(())
    }

    /// Returns the words of a document that OCR was not sure of.
    fn unsure(&self, docn: DocNumber, pages: &[Page]) -> Result<Unsure, TaskError> {
        let mut unsure = Unsure::new();
        for page in pages.iter().filter(|page| page.origin == PageOrigin::Ocr) {
            let note = self.store.ocr_note(docn, page.number)?;
            let words = note.into_iter().flat_map(|note| note.words);
            let low = words.filter(|(_, confidence)| *confidence < ocr::LOW);
            unsure.insert(page.number, low.map(|(span, _)| span).collect());
        }
        Ok(unsure)
    }

    pub(super) fn derive(&self, kept: &mut Kept, batch: &mut Batch<'_>) -> Result<(), TaskError> {
        let mut pages = std::mem::take(&mut kept.pages);
        ocr::join_pages(&mut pages);
        let mut warnings = std::mem::take(&mut kept.warnings);
        // These are derived from the text as well.
        warnings.retain(|warning| {
            !matches!(
                warning.kind,
                WarningKind::NoDate | WarningKind::RecordConflict | WarningKind::OcrLayer
            )
        });
        let extracted = Extracted {
            media_type: kept.source.media_type.clone(),
            reader: Reader {
                name: kept.source.reader.clone(),
                version: kept.source.reader_version.clone(),
            },
            pages,
            record: kept.source.record.clone().without_derived(),
            members: Vec::new(),
            warnings,
        };
        let unsure = self.unsure(kept.source.docn, &extracted.pages)?;
        let understood = make_sense(extracted, &unsure, self.knowledge);
        let (text_sha256, sketch) = understood.fingerprints();
        let state =
            if understood.warnings.is_empty() { SourceState::Indexed } else { SourceState::Warned };
        batch.replace_text(
            kept.source.docn,
            &NewText {
                state,
                record: &understood.record,
                pages: &understood.pages,
                mentions: &understood.mentions,
                references: &understood.references,
                warnings: &understood.warnings,
                text_sha256,
                sketch: sketch.as_deref(),
            },
        )?;
        kept.pages = understood.pages;
        kept.warnings = understood.warnings;
        kept.source.record = understood.record;
        Ok(())
    }
}

/// What waits in one file.
#[derive(Default)]
struct Inside {
    /// Documents with their pages.
    wanted: BTreeMap<SourceId, (DocNumber, Vec<PageNo>)>,
    /// Archives and mails that must be opened on the way to them.
    containers: BTreeSet<SourceId>,
}

fn hash(bytes: &[u8]) -> SourceId {
    SourceId(Sha256::digest(bytes).into())
}

/// Tells whether what OCR read is worth more than what the page had.
fn is_better(new: &Page, old: &Page) -> bool {
    let n_words = |page: &Page| page.text.split_whitespace().count();
    let (new_words, old_words) = (n_words(new), n_words(old));
    // A stamp over a picture is good text, and little of it.
    let more = old_words < 20 && new_words > 2 * old_words && new.quality >= 0.4;
    // OCR of Nastaliq loses more letters than a text layer that names some of them wrongly.
    let trusted = old_words < 20 || !new.is_doubtful_script();
    new_words > 0 && trusted && (new.quality > old.quality || more)
}

pub(super) const fn says_unread(kind: WarningKind) -> bool {
    matches!(
        kind,
        WarningKind::NoText
            | WarningKind::LowText
            | WarningKind::OcrMissing
            | WarningKind::OcrUnreliable
    )
}

/// Reads pages of one document.
struct PageReader<'a> {
    engine: &'a Tesseract,
    /// Who draws: never this process where it can be helped.
    readers: &'a Readers,
    bytes: &'a [u8],
    name: &'a str,
    /// The document is a picture, not a PDF.
    is_picture: bool,
    /// Its other pages are in Arabic script.
    is_arabic: bool,
    limits: &'a Limits,
    passwords: &'a [String],
}

impl PageReader<'_> {
    /// Reads some pages at the same time.
    fn pages(&self, numbers: &[PageNo]) -> Vec<Tried> {
        std::thread::scope(|scope| {
            let readers: Vec<_> = numbers
                .iter()
                .map(|number| (*number, scope.spawn(move || self.guarded(*number))))
                .collect();
            let results = readers.into_iter().map(|(number, reader)| Tried {
                number,
                result: reader.join().unwrap_or_else(|_| Err("the renderer broke".to_owned())),
            });
            results.collect()
        })
    }

    fn guarded(&self, number: PageNo) -> Result<Recognised, String> {
        catch_unwind(AssertUnwindSafe(|| self.page(number)))
            .unwrap_or_else(|_| Err("the renderer broke".to_owned()))
    }

    fn page(&self, number: PageNo) -> Result<Recognised, String> {
        let (picture, dpi) = self.picture(number, DPI)?;
        let mut best = self.recognise(&picture, number, dpi)?;
        let unsure = best.confidence < DOUBTFUL && !best.read.page.text.is_empty();
        if unsure && !self.is_picture {
            let (picture, dpi) = self.picture(number, FINE_DPI)?;
            let finer = self.recognise(&picture, number, dpi)?;
            if finer.read.page.quality > best.read.page.quality {
                best = finer;
            }
        }
        Ok(best)
    }

    /// Returns the picture of a page and its dots an inch.
    fn picture(&self, number: PageNo, dpi: u32) -> Result<(Vec<u8>, u32), String> {
        let picture = self.readers.picture(self.bytes, number, dpi, &self.job());
        let picture = picture.map_err(|error| error.to_string())?;
        Ok((picture.png, picture.dpi))
    }

    fn recognise(&self, picture: &[u8], number: PageNo, dpi: u32) -> Result<Recognised, String> {
        // A picture with few letters has no orientation: it is taken as upright.
        let orientation = match self.engine.orientation(picture) {
            Ok(report) => Orientation::from_report(&report),
            Err(OcrError::Failed { .. }) => Orientation::default(),
            Err(error) => return Err(error.to_string()),
        };
        let is_arabic = orientation.is_arabic.unwrap_or(self.is_arabic);
        let (mut scan, mut models) = self.scan(picture, dpi, is_arabic, orientation)?;
        // A picture with few letters may have been taken for the other script.
        let misread = if is_arabic { scan.arabic_share() < 0.1 } else { scan.confidence() < 55.0 };
        if misread
            && let Ok((other, other_models)) = self.scan(picture, dpi, !is_arabic, orientation)
            && other.yield_of() > 1.2 * scan.yield_of()
        {
            (scan, models) = (other, other_models);
        }
        let mut orientation = orientation;
        if let Some((straight, skew)) = self.straightened(picture, &scan, orientation)
            && let Ok((other, other_models)) = self.scan(&straight, dpi, is_arabic, orientation)
            && other.yield_of() > 0.97 * scan.yield_of()
        {
            (scan, models) = (other, other_models);
            orientation.skew = skew;
        }
        let confidence = scan.confidence();
        let read = ocr::page(&scan, number, dpi, orientation);
        Ok(Recognised { read, models, dpi, confidence })
    }

    /// Returns the picture with its lines level, and by how much they were not; `None` where they
    /// are level enough, or the picture is of a kind that cannot be turned here.
    fn straightened(
        &self,
        picture: &[u8],
        scan: &Scan,
        orientation: Orientation,
    ) -> Option<(Vec<u8>, f32)> {
        let skew = scan.skew(orientation.degrees).filter(|skew| skew.abs() >= LEAST_SKEW)?;
        let straight = self.readers.turned(picture, -skew, &self.job()).ok()?;
        Some((straight.png, skew))
    }

    fn job(&self) -> Job<'_> {
        let Self { name, limits, passwords, .. } = self;
        Job { name, limits, beat: &|| (), passwords, charset: None }
    }

    fn scan(
        &self,
        picture: &[u8],
        dpi: u32,
        is_arabic: bool,
        orientation: Orientation,
    ) -> Result<(Scan, Vec<String>), String> {
        let models = ocr::models(is_arabic, self.engine.models());
        if models.is_empty() {
            return Err("tesseract has no model for English or Urdu".to_owned());
        }
        let mode =
            if orientation.degrees == 0.0 { Segmentation::Upright } else { Segmentation::Turned };
        let tsv = self.engine.words(picture, dpi, &models, mode).map_err(|e| e.to_string())?;
        Ok((Scan::from_tsv(&tsv), models))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;

    fn page(text: &str, quality: f32) -> Page {
        let mut page = Page::empty(PageNo::FIRST, PageOrigin::TextLayer);
        page.push(text, Role::Body);
        page.quality = quality;
        page
    }

    #[test]
    fn the_better_text_is_kept() {
        let order = "the petition is allowed and the order of the court below is set aside";
        assert!(is_better(&page(order, 0.9), &page("", 0.0)));
        assert!(is_better(&page(order, 0.9), &page("For Read Only", 1.0)));
        assert!(!is_better(&page("", 0.0), &page("", 0.0)));
        assert!(!is_better(&page(order, 0.5), &page(order, 0.7)));
        let urdu = "عدالت نے حکم دیا کہ درخواست منظور کی جاتی ہے ".repeat(5);
        let read = Page { origin: PageOrigin::Ocr, ..page(&urdu, 0.5) };
        assert!(is_better(&read, &page("", 0.0)));
        assert!(!is_better(&read, &page(&urdu, 0.45)));
    }
}
