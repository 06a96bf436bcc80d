//! What is broken in a file that could be opened: tables that point nowhere, streams that cannot be
//! unpacked, orders that no PDF knows.
//!
//! hayro repairs what it can and says nothing of it. A reader must know: a page that looks whole or
//! empty may have lost a part of its text.

use std::collections::{BTreeMap, BTreeSet};

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::Operator;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_interpret::hayro_syntax::page::{Page as PdfPage, Resources};

/// Most entries of a table of objects that are looked at.
const MAX_ENTRIES: usize = 20_000;
/// Most orders of a page that are looked at.
const MAX_ORDERS: usize = 2_000_000;
/// So many unknown orders may be slips of a careless program.
const FEW_ORDERS: usize = 2;

/// Those that most of a page's text is written with, which are looked for first.
const USUAL: [&[u8]; 8] = [b"TJ", b"Tj", b"Td", b"Tm", b"Tc", b"Tw", b"T*", b"TD"];

/// The operators of ISO 32000, sorted.
const OPERATORS: [&[u8]; 73] = [
    b"\"", b"'", b"B", b"B*", b"BDC", b"BI", b"BMC", b"BT", b"BX", b"CS", b"DP", b"Do", b"EI",
    b"EMC", b"ET", b"EX", b"F", b"G", b"ID", b"J", b"K", b"M", b"MP", b"Q", b"RG", b"S", b"SC",
    b"SCN", b"T*", b"TD", b"TJ", b"TL", b"Tc", b"Td", b"Tf", b"Tj", b"Tm", b"Tr", b"Ts", b"Tw",
    b"Tz", b"W", b"W*", b"b", b"b*", b"c", b"cm", b"cs", b"d", b"d0", b"d1", b"f", b"f*", b"g",
    b"gs", b"h", b"i", b"j", b"k", b"l", b"m", b"n", b"q", b"re", b"rg", b"ri", b"s", b"sc",
    b"scn", b"sh", b"v", b"w", b"y",
];

/// Returns what is wrong with the file as a whole, in words; `bytes` are its own.
pub(super) fn of_file(pdf: &Pdf, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    // An entry or two of hundreds are slips of the program that wrote the file.
    if let Some((wrong, all)) = wrong_entries(bytes).filter(|(wrong, all)| wrong * 50 > *all) {
        found.push(format!("{wrong} of {all} places in the table of objects are wrong"));
    }
    let n_pages = pdf.pages().len();
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let tree = root.and_then(|root| root.get::<Dict<'_>>("Pages"));
    match tree.map(|tree| tree.get::<Number>("Count")) {
        Some(Some(count)) if usize::try_from(count.as_i64()) == Ok(n_pages) => {}
        Some(Some(count)) => {
            found.push(format!("it says that it has {} pages; found: {n_pages}", count.as_f64()));
        }
        Some(None) => found.push("it does not say how many pages it has".to_owned()),
        None => found.push("its pages are in no order; they come as the file has them".to_owned()),
    }
    found
}

/// Compares the classical table of objects with what stands at its places: how many are wrong, of
/// how many. `None` where the file has another kind of table.
fn wrong_entries(bytes: &[u8]) -> Option<(usize, usize)> {
    let at = super::open::table_offset(bytes)?;
    let header = super::open::header_offset(bytes);
    let table = bytes.get(at..)?.strip_prefix(b"xref")?;
    let table = table.get(..table.len().min(MAX_ENTRIES * 20))?;
    let mut words = table.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let number =
        |word: Option<&[u8]>| -> Option<usize> { std::str::from_utf8(word?).ok()?.parse().ok() };
    let (mut wrong, mut all) = (0, 0);
    while let (Some(first), Some(count)) = (number(words.next()), number(words.next())) {
        for n in (first..).take(count.min(MAX_ENTRIES)) {
            let Some(offset) = number(words.next()) else { break };
            words.next();
            if words.next() != Some(b"n") {
                continue;
            }
            all += 1;
            let is_there = [offset, offset + header].into_iter().any(|offset| {
                let target = bytes.get(offset..).unwrap_or_default().trim_ascii_start();
                target
                    .strip_prefix(n.to_string().as_bytes())
                    .is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_whitespace))
            });
            wrong += usize::from(!is_there);
        }
    }
    Some((wrong, all))
}

/// What is wrong with a page.
#[derive(Debug, Default)]
pub(super) struct Damage {
    /// In words; empty where nothing is wrong.
    pub(super) words: Vec<String>,
    /// The page's own content is damaged: what it says may be garbled or cut.
    pub(super) garbled: bool,
}

/// The fonts of a file that were found: most pages have the same ones.
#[derive(Debug, Default)]
pub(super) struct Found {
    fonts: BTreeSet<(u32, i32)>,
}

impl Found {
    /// Tells whether the font that a page calls `name` is in the file.
    fn font(&mut self, resources: &Resources<'_>, name: &Name<'_>) -> bool {
        let reference = resources.fonts.get_ref(name).map(|at| (at.obj_number, at.gen_number));
        if reference.is_some_and(|reference| self.fonts.contains(&reference)) {
            return true;
        }
        let is_found = resources.get_font(name).is_some();
        self.fonts.extend(reference.filter(|_| is_found));
        is_found
    }
}

/// Looks for what is wrong with a page. May panic on damaged input.
pub(super) fn of_page(page: &PdfPage<'_>, found: &mut Found) -> Damage {
    let mut words = contents(page);
    let orders = orders(page, found);
    if orders.unknown > FEW_ORDERS {
        words.push(format!("{} orders that no PDF knows", orders.unknown));
    }
    if orders.lost_bytes > 0 {
        words.push(format!("its content breaks off, {} bytes before its end", orders.lost_bytes));
    }
    let garbled = !words.is_empty();
    if orders.missing > 0 {
        words.push(format!("{} fonts or pictures that are not in the file", orders.missing));
    }
    Damage { words, garbled }
}

/// Says which of the streams that a page is written in are missing or cannot be unpacked.
fn contents(page: &PdfPage<'_>) -> Vec<String> {
    let raw = page.raw();
    let mut glue: &[u8] = b" ";
    let (streams, n_missing) = if let Some(stream) = raw.get::<Stream<'_>>("Contents") {
        glue = b"";
        (vec![stream], 0)
    } else if let Some(list) = raw.get::<Array<'_>>("Contents") {
        let streams: Vec<Stream<'_>> = list.iter::<Stream<'_>>().collect();
        let n_missing = list.raw_iter().count().saturating_sub(streams.len());
        (streams, n_missing)
    } else {
        (Vec::new(), usize::from(raw.contains_key("Contents")))
    };
    // What came of one stream is kept; of several the library makes one.
    let unpacked = page.page_stream().filter(|_| streams.len() == 1 && n_missing == 0);
    let unpacked = unpacked.map(|all| all.strip_suffix(&*glue).unwrap_or(all));
    let n_broken = streams.iter().filter(|stream| is_broken(stream, unpacked)).count();
    let mut found = Vec::new();
    if n_missing > 0 {
        found.push(format!("{n_missing} parts of its content are not in the file"));
    }
    if n_broken > 0 {
        found.push(format!("{n_broken} parts of its content cannot be unpacked whole"));
    }
    found
}

/// Tells whether a stream cannot be unpacked to its end; `unpacked` is what came of it, if known.
fn is_broken(stream: &Stream<'_>, unpacked: Option<&[u8]>) -> bool {
    let dict = stream.dict();
    let one = dict.get::<Name<'_>>("Filter");
    let list = dict.get::<Array<'_>>("Filter");
    let filters: Vec<Name<'_>> =
        one.into_iter().chain(list.iter().flat_map(Array::iter::<Name<'_>>)).collect();
    match filters.as_slice() {
        [] => false,
        // The library takes what comes of a stream that breaks off; so its end is looked for here.
        [one] if matches!(one.as_str(), "FlateDecode" | "Fl") => {
            let packed = stream.raw_data();
            !unpacked.is_some_and(|unpacked| is_sum(&packed, unpacked)) && !ends_well(&packed)
        }
        _ => stream.decoded_data().is_err(),
    }
}

/// Tells whether the checksum that a deflated stream ends with is that of what came of it: then it is
/// whole, and need not be unpacked once more.
fn is_sum(packed: &[u8], unpacked: &[u8]) -> bool {
    const PRIME: u32 = 65_521;
    let (mut a, mut b) = (1_u32, 0_u32);
    // So many bytes cannot run over 32 bits.
    for part in unpacked.chunks(5_552) {
        for byte in part {
            a += u32::from(*byte);
            b += a;
        }
        (a, b) = (a % PRIME, b % PRIME);
    }
    packed.trim_ascii_end().ends_with(&(b << 16 | a).to_be_bytes())
}

/// Tells whether a deflated stream comes to its own end, and its checksum holds.
fn ends_well(packed: &[u8]) -> bool {
    match inflate(packed, true) {
        End::Reached => true,
        End::Broken => false,
        // The checksum may be cut off by a wrong length, which does no harm to the text.
        End::Short => packed.get(2..).is_some_and(|raw| inflate(raw, false) == End::Reached),
    }
}

/// How unpacking ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Reached,
    /// The bytes are used up before.
    Short,
    /// They are not what was packed.
    Broken,
}

fn inflate(packed: &[u8], zlib: bool) -> End {
    let mut state = Decompress::new(zlib);
    let mut scratch = vec![0; 64 << 10];
    loop {
        let (read, written) = (state.total_in(), state.total_out());
        let rest = usize::try_from(read).ok().and_then(|read| packed.get(read..));
        match state.decompress(rest.unwrap_or_default(), &mut scratch, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return End::Reached,
            Ok(_) if state.total_in() > read || state.total_out() > written => {}
            Ok(_) => return End::Short,
            Err(_) => return End::Broken,
        }
    }
}

/// What a page's orders show.
#[derive(Default)]
struct Orders {
    /// Orders that no PDF knows.
    unknown: usize,
    /// Fonts and pictures by names that lead nowhere.
    missing: usize,
    /// Bytes after the last order that could be read.
    lost_bytes: usize,
}

fn orders(page: &PdfPage<'_>, found: &mut Found) -> Orders {
    let mut orders = Orders::default();
    let Some(content) = page.page_stream() else { return orders };
    let mut names: BTreeMap<(bool, Vec<u8>), bool> = BTreeMap::new();
    let mut end = 0;
    let mut tolerant = false;
    let mut walk = page.operations();
    for _ in 0..MAX_ORDERS {
        let Some(order) = walk.next() else { break };
        end = end_of(content, order.operator).unwrap_or(end);
        let operator: &[u8] = order.operator;
        match operator {
            b"BX" => tolerant = true,
            b"EX" => tolerant = false,
            b"Tf" | b"Do" => {
                let name = order.operands().find_map(|operand| match operand {
                    Object::Name(name) => Some(name),
                    _ => None,
                });
                if let Some(name) = name {
                    let key = (operator == b"Tf", name.as_ref().to_vec());
                    let resources = page.resources();
                    names.entry(key).or_insert_with(|| match operator {
                        b"Tf" => found.font(resources, name),
                        _ => resources.get_x_object(name).is_some(),
                    });
                }
            }
            _ => {
                let is_known =
                    || USUAL.contains(&operator) || OPERATORS.binary_search(&operator).is_ok();
                orders.unknown += usize::from(!tolerant && !is_known());
            }
        }
    }
    orders.missing = names.values().filter(|is_there| !**is_there).count();
    let rest = content.get(end..).unwrap_or_default().trim_ascii();
    // What follows an inline picture's data stays unnoticed by the walk: `EI` is no order of its own.
    orders.lost_bytes = if rest.len() > 16 { rest.len() } else { 0 };
    orders
}

/// Returns where in `content` the bytes of `operator` end; `None` if they are a copy.
fn end_of(content: &[u8], operator: &Operator<'_>) -> Option<usize> {
    let start = operator.as_ptr().addr().checked_sub(content.as_ptr().addr())?;
    (start < content.len()).then_some(start + operator.len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, extracted, pdf};
    use crate::model::WarningKind;

    #[track_caller]
    fn check(bytes: &[u8], expect: &[&str]) {
        let read = extracted(bytes);
        let found: Vec<String> = read
            .warnings
            .iter()
            .filter(|warning| warning.kind == WarningKind::DamagedRepaired)
            .map(|warning| warning.detail.clone())
            .collect();
        assert_eq!(found, expect);
    }

    fn swapped(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
        let place = bytes.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
        let mut swapped = bytes.to_vec();
        swapped.splice(place..place + from.len(), to.bytes());
        swapped
    }

    #[test]
    fn operators_are_sorted() {
        assert!(super::OPERATORS.is_sorted());
    }

    #[test]
    fn a_sound_file_has_no_damage() {
        check(&pdf(&[&at(72, 700, "one"), &at(72, 700, "two")], ""), &[]);
    }

    #[test]
    fn counts_and_places() {
        let whole = pdf(&[&at(72, 700, "text")], "");
        check(&swapped(&whole, "/Count 1", "/Count 7"), &["it says that it has 7 pages; found: 1"]);
        check(&swapped(&whole, "/Count 1", "/Coant 1"), &["it does not say how many pages it has"]);
        check(
            &swapped(&whole, "0000000009 00000 n", "0000000011 00000 n"),
            &["1 of 5 places in the table of objects are wrong"],
        );
    }

    #[test]
    fn pages() {
        check(
            &pdf(&["BT /F 12 Tf 72 700 Td (text) Tj ET xx yy zz qq1"], ""),
            &["4 orders that no PDF knows"],
        );
        check(
            &pdf(&["BT /G 12 Tf 72 700 Td (text) Tj ET /P Do"], ""),
            &["2 fonts or pictures that are not in the file"],
        );
        let two = pdf(&[&at(72, 700, "text")], "");
        check(
            &swapped(&two, "/Contents 5 0 R", "/Contents 9 0 R"),
            &["1 parts of its content are not in the file"],
        );
        check(&pdf(&["BT /F 12 Tf 72 700 Td (text) Tj ET BX xx yy zz EX"], ""), &[]);
    }

    #[test]
    fn streams_that_break_off() {
        use std::io::Write as _;
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer
            .write_all(&at(72, 700, "The petitioner was heard.").repeat(30).into_bytes())
            .unwrap();
        let packed = packer.finish().unwrap();
        assert!(super::ends_well(&packed));
        assert!(super::ends_well(&packed[..packed.len() - 4]));
        assert!(!super::ends_well(&packed[..packed.len() / 2]));
        assert!(!super::ends_well(b"no packed stream"));
        let mut flipped = packed.clone();
        let last = flipped.len() - 1;
        flipped[last] ^= 1;
        assert!(!super::ends_well(&flipped));
    }

    #[test]
    fn a_blank_page_is_noted() {
        let read = extracted(&pdf(&[&at(72, 700, "text"), ""], ""));
        let found: Vec<_> = read.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["blank-page:p2"]);
        assert!((read.pages[1].quality - 1.0).abs() < f32::EPSILON);
    }
}
