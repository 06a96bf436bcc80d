//! Steps 3 and 4: doubles and lines. Glyphs that were drawn one after the other make a [`Chunk`]; chunks
//! of one baseline make a line.

use super::frame::Frame;
use super::ink::{Ink, Letters};
use super::letters;
use super::rows::CELL_GAP;

/// The same where a blank was drawn and another drawing call goes on behind it.
const CELL_GAP_AFTER_BLANK: f32 = 0.5;

/// A glyph in the frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed<'a> {
    /// Left edge.
    pub(super) x: f32,
    /// Baseline.
    pub(super) y: f32,
    /// Width.
    pub(super) advance: f32,
    /// Font size.
    pub(super) size: f32,
    /// What it stands for.
    pub(super) letters: &'a Letters,
    /// Index of its run.
    pub(super) run: u32,
    /// Position in content order.
    pub(super) order: usize,
    /// Raised above the line.
    pub(super) raised: bool,
    /// What its letters are: asked several times of each.
    pub(super) kind: Kind,
}

/// What the letters of a glyph are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kind {
    is_blank: bool,
    is_arabic: bool,
    is_rtl: bool,
}

impl Kind {
    /// Returns that of `letters`.
    pub(super) fn of(letters: &Letters) -> Self {
        match letters {
            // Nearly all.
            Letters::One(c) if c.is_ascii() => {
                Self { is_blank: c.is_whitespace(), ..Self::default() }
            }
            Letters::One(c) => Self {
                is_blank: c.is_whitespace() || *c == '\u{a0}',
                is_arabic: letters::is_arabic(*c),
                is_rtl: letters::is_rtl(*c),
            },
            Letters::Many(text) => Self {
                is_blank: text.chars().all(char::is_whitespace),
                is_arabic: text.chars().any(letters::is_arabic),
                is_rtl: text.chars().any(letters::is_rtl),
            },
            Letters::Unknown => Self::default(),
        }
    }
}

impl Placed<'_> {
    /// Returns the right edge.
    #[inline]
    pub(super) fn end(&self) -> f32 {
        self.x + self.advance
    }

    /// Tells whether it draws nothing.
    #[inline]
    pub(super) const fn is_blank(&self) -> bool {
        self.kind.is_blank
    }

    /// Tells whether it stands for a letter of Arabic script.
    #[inline]
    pub(super) const fn is_arabic(&self) -> bool {
        self.kind.is_arabic
    }

    /// Tells whether it stands for a letter that runs from right to left.
    #[inline]
    pub(super) const fn is_rtl(&self) -> bool {
        self.kind.is_rtl
    }

    /// A dot or dash of those that lead the eye over a line.
    pub(super) const fn is_leader(&self) -> bool {
        matches!(self.letters, Letters::One('.' | '·' | '…' | '_' | '-'))
    }
}

/// Glyphs drawn one after the other, blanks at both ends cut off.
#[derive(Clone, Debug)]
pub(super) struct Chunk<'a> {
    /// Never empty.
    pub(super) glyphs: Vec<Placed<'a>>,
    /// Left edge in the frame.
    pub(super) x0: f32,
    /// Right edge in the frame.
    pub(super) x1: f32,
    /// Baseline in the frame.
    pub(super) y: f32,
    /// Font size of its first glyph.
    pub(super) size: f32,
    /// Blanks were cut off before it.
    pub(super) blank_before: bool,
    /// Blanks were cut off behind it.
    pub(super) blank_after: bool,
    /// Raised above the line.
    pub(super) raised: bool,
}

/// Joins glyphs that were drawn one after the other.
pub(super) fn chunks<'a>(ink: &'a Ink, which: &[usize], frame: Frame) -> Vec<Chunk<'a>> {
    let mut chunks: Vec<Chunk<'a>> = Vec::new();
    let mut open: Vec<Placed<'a>> = Vec::new();
    for &order in which {
        let Some(glyph) = ink.glyphs.get(order) else { continue };
        let [x, y] = frame.place(glyph.at);
        let placed = Placed {
            x,
            y,
            advance: glyph.advance.clamp(0.0, 4.0 * glyph.size),
            size: glyph.size,
            letters: &glyph.letters,
            run: glyph.run,
            order,
            raised: false,
            kind: Kind::of(&glyph.letters),
        };
        match open.last() {
            Some(last) if is_double(last, &placed) => continue,
            Some(last) if !follows(last, &placed) || is_next_cell(ink, last, &placed) => {
                chunks.extend(chunk(&open));
                open.clear();
            }
            _ => {}
        }
        open.push(placed);
    }
    chunks.extend(chunk(&open));
    chunks
}

/// Fake bold: the same letter once more, a hair beside the first.
fn is_double(last: &Placed<'_>, next: &Placed<'_>) -> bool {
    let near = |a: f32, b: f32, most: f32| (a - b).abs() <= most;
    // Few letters stand so close to each other.
    near(next.x, last.x, (0.2 * next.size).min(0.6 * next.advance))
        && near(next.y, last.y, 0.2 * next.size)
        && next.letters == last.letters
        && *next.letters != Letters::Unknown
}

fn follows(last: &Placed<'_>, next: &Placed<'_>) -> bool {
    let size = last.size;
    let alike = (0.8..=1.25).contains(&(next.size / size));
    let level = (next.y - last.y).abs() <= 0.15 * size;
    let ahead = next.x - last.end();
    let back = last.x - next.end();
    let forward = ahead > -0.6 * size && ahead < CELL_GAP * size;
    let backward = (next.is_rtl() || last.is_rtl()) && back > -0.8 * size && back < CELL_GAP * size;
    alike && level && (forward || backward)
}

/// Tells whether another cell of a table begins: many end with a blank, and the next one is drawn by
/// itself. OCR layers place each word anyhow.
fn is_next_cell(ink: &Ink, last: &Placed<'_>, next: &Placed<'_>) -> bool {
    last.is_blank()
        && last.run != next.run
        && next.x - last.end() > CELL_GAP_AFTER_BLANK * last.size
        && ink.runs.get(next.run as usize).is_some_and(|run| !run.invisible)
}

fn chunk<'a>(glyphs: &[Placed<'a>]) -> Option<Chunk<'a>> {
    let last = glyphs.iter().rposition(|glyph| !glyph.is_blank())?;
    let n_blank = glyphs.iter().take_while(|glyph| glyph.is_blank()).count();
    let kept = glyphs.get(n_blank..=last)?;
    let first = kept.first()?;
    Some(Chunk {
        x0: kept.iter().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min),
        x1: kept.iter().map(Placed::end).fold(f32::NEG_INFINITY, f32::max),
        y: first.y,
        size: first.size,
        blank_before: n_blank > 0,
        blank_after: last + 1 < glyphs.len(),
        raised: false,
        glyphs: kept.to_vec(),
    })
}

/// Puts chunks of one baseline together. The order of baselines is total; which chunk joins which
/// line depends on the line's first chunk alone, so that no comparison has a tolerance.
pub(super) fn buckets(mut chunks: Vec<Chunk<'_>>) -> Vec<Vec<Chunk<'_>>> {
    chunks.sort_by(|a, b| a.y.total_cmp(&b.y).then(b.size.total_cmp(&a.size)));
    let mut lines: Vec<Vec<Chunk<'_>>> = Vec::new();
    let mut level = (f32::NEG_INFINITY, 0.0_f32);
    for chunk in chunks {
        let joins = chunk.y - level.0 <= 0.3 * chunk.size.min(level.1);
        match lines.last_mut() {
            Some(line) if joins => line.push(chunk),
            _ => {
                level = (chunk.y, chunk.size);
                lines.push(vec![chunk]);
            }
        }
    }
    lines
}

/// Moves small raised or lowered chunks to the line that they belong to.
pub(super) fn raise(lines: &mut Vec<Vec<Chunk<'_>>>) {
    let mut moves: Vec<(usize, usize, usize, bool)> = Vec::new();
    for (from, line) in lines.iter().enumerate() {
        for (idx, chunk) in line.iter().enumerate() {
            let near = from.saturating_sub(2)..(from + 3).min(lines.len());
            let home = near.filter(|to| *to != from).find_map(|to| {
                let base = lines.get(to)?.iter().find(|base| leans_on(chunk, base))?;
                Some((to, chunk.y < base.y - 0.15 * base.size))
            });
            if let Some((to, up)) = home {
                moves.push((from, idx, to, up));
            }
        }
    }
    for &(from, idx, to, up) in moves.iter().rev() {
        let Some(line) = lines.get_mut(from).filter(|line| idx < line.len()) else { continue };
        let mut chunk = line.remove(idx);
        chunk.raised = up;
        for glyph in &mut chunk.glyphs {
            glyph.raised = up;
        }
        if let Some(target) = lines.get_mut(to) {
            target.push(chunk);
        }
    }
    lines.retain(|line| !line.is_empty());
    for line in lines {
        mark_level_calls(line);
    }
}

/// Some fonts raise a call by so little that it shares the line's bucket: its size tells it.
fn mark_level_calls(line: &mut [Chunk<'_>]) {
    let size = line.iter().map(|chunk| chunk.size).fold(0.0, f32::max);
    let y = line.iter().filter(|c| c.size >= size).map(|c| c.y).fold(f32::NEG_INFINITY, f32::max);
    for chunk in line {
        if chunk.size < 0.85 * size && chunk.y < y - 0.15 * size {
            chunk.raised = true;
            for glyph in &mut chunk.glyphs {
                glyph.raised = true;
            }
        }
    }
}

/// Tells whether `chunk` is a superscript or subscript beside `base`.
fn leans_on(chunk: &Chunk<'_>, base: &Chunk<'_>) -> bool {
    let em = base.size;
    let drop = base.y - chunk.y;
    chunk.size < 0.85 * em
        && chunk.glyphs.len() <= 6
        && drop > -0.35 * em
        && drop < 0.65 * em
        // A note's number may stand a typewriter's blank before its text.
        && ((chunk.x0 - base.x1).abs() < 0.5 * em
            || (-0.5 * em..0.9 * em).contains(&(base.x0 - chunk.x1)))
}

/// Takes out what is drawn twice; strings that overlap without being equal become two lines.
pub(super) fn without_doubles(mut line: Vec<Chunk<'_>>) -> Vec<Vec<Chunk<'_>>> {
    line.sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.order().cmp(&b.order())));
    let mut kept: Vec<Chunk<'_>> = Vec::with_capacity(line.len());
    let mut over: Vec<Chunk<'_>> = Vec::new();
    for chunk in line {
        if !kept.iter().rev().take(40).any(|other| overlaps(other, &chunk)) {
            kept.push(chunk);
            continue;
        }
        match compared(&chunk, &kept) {
            Compared::New if is_small_overlap(&chunk, &kept) => kept.push(chunk),
            Compared::New => over.push(chunk),
            Compared::Repeated(rest) => kept.extend(rest),
        }
    }
    // What is left of a repeated string may stand before other chunks.
    kept.sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.order().cmp(&b.order())));
    if over.is_empty() { vec![kept] } else { vec![kept, over] }
}

impl Chunk<'_> {
    /// Returns the position of its first glyph in content order.
    pub(super) fn order(&self) -> usize {
        self.glyphs.first().map_or(0, |glyph| glyph.order)
    }
}

/// Returns how far two chunks overlap, in points.
fn overlap(a: &Chunk<'_>, b: &Chunk<'_>) -> f32 {
    a.x1.min(b.x1) - a.x0.max(b.x0)
}

fn overlaps(a: &Chunk<'_>, b: &Chunk<'_>) -> bool {
    let narrower = (a.x1 - a.x0).min(b.x1 - b.x0);
    overlap(a, b) > 0.3 * narrower && overlap(a, b) > 0.1 * a.size.min(b.size)
}

/// An accent over its letter, a mark in Arabic, a bracket set close: not two strings.
fn is_small_overlap(chunk: &Chunk<'_>, others: &[Chunk<'_>]) -> bool {
    let arabic = |chunk: &Chunk<'_>| chunk.glyphs.iter().any(Placed::is_arabic);
    others.iter().rev().take(40).filter(|other| overlaps(other, chunk)).all(|other| {
        chunk.glyphs.len().min(other.glyphs.len()) <= 2 || arabic(chunk) || arabic(other)
    })
}

/// What a chunk says that the chunks under it do not.
enum Compared<'a> {
    /// Another string.
    New,
    /// The same letters once more; with what stands beside them.
    Repeated(Option<Chunk<'a>>),
}

/// Compares `chunk` with `others`: a letter that stands already there, at most 0.2 em away, is a
/// repetition; any other letter over one of theirs makes the whole chunk another string.
fn compared<'a>(chunk: &Chunk<'a>, others: &[Chunk<'a>]) -> Compared<'a> {
    let near = |glyph: &Placed<'_>, other: &Placed<'_>| {
        glyph.letters == other.letters
            && (glyph.x - other.x).abs() <= (0.2 * glyph.size).min(0.6 * glyph.advance.max(1.0))
    };
    let under: Vec<&Placed<'_>> = others
        .iter()
        .rev()
        .take(60)
        .filter(|other| overlap(chunk, other) > 0.0)
        .flat_map(|other| &other.glyphs)
        .filter(|glyph| !glyph.is_blank())
        .collect();
    let mut rest = Vec::new();
    let mut n_repeated = 0;
    for glyph in &chunk.glyphs {
        if under.iter().any(|other| near(glyph, other)) {
            n_repeated += 1;
        } else if glyph.is_blank() {
            rest.push(*glyph);
        } else {
            let covers = |other: &&Placed<'_>| {
                glyph.end().min(other.end()) - glyph.x.max(other.x) > 0.4 * glyph.advance
            };
            if under.iter().any(covers) {
                return Compared::New;
            }
            rest.push(*glyph);
        }
    }
    if n_repeated == 0 { Compared::New } else { Compared::Repeated(self::chunk(&rest)) }
}
