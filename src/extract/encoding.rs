//! From bytes to characters: byte order mark, declared encoding, UTF-8, then the most likely one.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

/// Text and how it was decoded.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The characters, without a byte order mark.
    pub(crate) text: String,
    /// The name of the encoding (`UTF-8`, `windows-1256` …).
    pub(crate) encoding: &'static str,
    /// Whether over 1 % of the characters could not be decoded.
    pub(crate) is_bad: bool,
}

/// Decodes `bytes`; `declared` is what markup or a header says (`utf-8`, `windows-1256`).
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    decode_as(bytes, declared.as_slice())
}

/// Decodes `bytes` as the first of the `declared` encodings that it can be in.
pub(crate) fn decode_as(bytes: &[u8], declared: &[&str]) -> Decoded {
    if let Some(text) = utf32(bytes) {
        return finish(text, "UTF-32");
    }
    if declared.first().is_some_and(|label| is_utf7(label)) {
        return finish(utf7(bytes), "UTF-7");
    }
    let declared = || declared.iter().filter_map(|label| declared_encoding(label));
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(bom..).unwrap_or_default());
        return finish(text.into_owned(), encoding.name());
    }
    if let Some(encoding) = utf16_without_bom(bytes) {
        return finish(encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding.name());
    }
    // Eight-bit text that happens to be UTF-8 in every byte does not exist: UTF-8 beats a declared
    // Latin encoding, which pages often carry over from a template.
    if let Ok(text) = std::str::from_utf8(bytes)
        && declared().next().is_none_or(|encoding| !text.is_ascii() || encoding == UTF_8)
    {
        return finish(text.to_owned(), UTF_8.name());
    }
    for encoding in declared() {
        let decoded = with(encoding, bytes);
        if !decoded.is_bad && (encoding != UTF_8 || is_nearly_utf8(bytes)) {
            return decoded;
        }
    }
    if is_nearly_utf8(bytes) { with(UTF_8, bytes) } else { with(guess(bytes), bytes) }
}

/// Tells whether a label names UTF-7, which old mail programs write and no library knows.
fn is_utf7(label: &str) -> bool {
    let bare: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    matches!(bare.to_ascii_lowercase().as_str(), "utf7" | "unicode11utf7")
}

/// Decodes UTF-7: ASCII, and runs of UTF-16 in base 64 between `+` and `-`.
fn utf7(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'+' {
            text.push(if byte.is_ascii() { char::from(byte) } else { '\u{FFFD}' });
            continue;
        }
        let (mut units, mut bits, mut n_bits) = (Vec::new(), 0_u32, 0_u32);
        let mut n_digits = 0;
        while let Some(digit) = rest.first().copied().and_then(base64_digit) {
            rest = rest.get(1..).unwrap_or_default();
            n_digits += 1;
            bits = (bits << 6 | digit) & 0x3F_FFFF;
            n_bits += 6;
            if n_bits >= 16 {
                n_bits -= 16;
                units.push(u16::try_from(bits >> n_bits & 0xFFFF).unwrap_or(0xFFFD));
            }
        }
        if let Some(after) = rest.strip_prefix(b"-") {
            rest = after;
            if n_digits == 0 {
                text.push('+');
            }
        } else if n_digits == 0 {
            text.push('+');
        }
        text.push_str(&String::from_utf16_lossy(&units));
    }
    text
}

const fn base64_digit(byte: u8) -> Option<u32> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    } as u32)
}

/// Returns the encoding that a label names, where a decoder can use it.
fn declared_encoding(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label_no_replacement(label.trim().as_bytes())?;
    // A page that could be read far enough to find `utf-16` in it is not UTF-16.
    (encoding != X_USER_DEFINED && encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding)
}

/// Decodes without looking for a byte order mark.
fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    finish(encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding.name())
}

/// Counts what could not be decoded.
fn finish(text: String, encoding: &'static str) -> Decoded {
    let lost = text.matches('\u{FFFD}').count();
    let is_bad = lost > 0 && lost * 100 > text.chars().count();
    Decoded { text, encoding, is_bad }
}

/// Tells whether the bytes are UTF-8 with a few damaged places (a cut file, a bad splice).
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 20 * bad.max(1)
}

/// Returns the most likely encoding by letter statistics.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Finds UTF-16 by its high bytes: zero for Latin, 0x06 for Arabic letters, at every other place.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    if head.len() < 8 || !head.contains(&0) && !head.contains(&6) {
        return None;
    }
    let high = |first: usize| {
        let places = head.iter().skip(first).step_by(2);
        let n_places = places.len();
        let hits = places.filter(|&&byte| byte == 0 || byte == 6).count();
        (hits * 100).checked_div(n_places).unwrap_or(0)
    };
    match (high(0), high(1)) {
        (even, odd) if odd >= 80 && even <= 10 => Some(UTF_16LE),
        (even, odd) if even >= 80 && odd <= 10 => Some(UTF_16BE),
        _ => None,
    }
}

/// Decodes UTF-32 that has its byte order mark.
fn utf32(bytes: &[u8]) -> Option<String> {
    let from: fn([u8; 4]) -> u32 = match bytes.first_chunk::<4>()? {
        [0xFF, 0xFE, 0, 0] => u32::from_le_bytes,
        [0, 0, 0xFE, 0xFF] => u32::from_be_bytes,
        _ => return None,
    };
    let (units, _) = bytes.as_chunks::<4>();
    // UTF-16 that begins with a NUL looks the same; then most units are no characters.
    let text: String = units
        .iter()
        .skip(1)
        .map(|&unit| char::from_u32(from(unit)).unwrap_or('\u{FFFD}'))
        .collect();
    let lost = text.matches('\u{FFFD}').count();
    (lost * 10 <= units.len()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf7_of_old_mails() {
        check(
            b"Fr+APY-sche, 1 +- 2, +BkQGJwZHBkgGMQ-!",
            Some("UTF-7"),
            "Frösche, 1 + 2, لاهور!",
            "UTF-7",
        );
        check(b"+2D3eAA", Some("unicode-1-1-utf-7"), "\u{1F600}", "UTF-7");
        check(b"Fr+APY-sche", None, "Fr+APY-sche", "UTF-8");
    }

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, text: &str, encoding: &str) {
        let decoded = decode(bytes, declared);
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        assert!(!decoded.is_bad);
    }

    const URDU: &str = "اسلام آباد ہائی کورٹ نے حکم جاری کیا";

    #[test]
    fn byte_order_marks_win() {
        check(b"\xEF\xBB\xBForder", Some("windows-1252"), "order", "UTF-8");
        let utf16: Vec<u8> = "\u{FEFF}حکم".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, None, "حکم", "UTF-16LE");
    }

    #[test]
    fn utf16_is_found_without_its_mark() {
        for text in ["The court orders.", URDU] {
            let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            check(&le, None, text, "UTF-16LE");
            let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            check(&be, None, text, "UTF-16BE");
        }
    }

    #[test]
    fn utf8_beats_a_wrong_label() {
        check(URDU.as_bytes(), Some("iso-8859-1"), URDU, "UTF-8");
    }

    #[test]
    fn the_label_helps_where_bytes_are_not_utf8() {
        check(b"Br\xFCssel", Some("iso-8859-1"), "Brüssel", "windows-1252");
        let text = "Der Chef von Gro\u{df}britanniens gr\u{f6}\u{df}ter Partei wohnt schm\u{e4}ler";
        let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        check(&bytes, Some("utf-8"), text, "windows-1252");
        check(&bytes, Some("x-user-defined"), text, "windows-1252");
    }

    #[test]
    fn a_cut_file_stays_utf8() {
        let bytes = &URDU.as_bytes()[..URDU.len() - 1];
        let decoded = decode(bytes, None);
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.starts_with("اسلام آباد"));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, label in proptest::option::of("[a-z0-9-]{0,12}")) {
            decode(&bytes, label.as_deref());
        }
    }
}
