//! How far the text of a page can be trusted, from 0 to 1, by counts that need no dictionary.
//!
//! A text layer can be wrong without any sign of it: fonts that map their glyphs to other letters,
//! scrambled Urdu, English OCR of a Nastaliq page. Such text has letter pairs that its script hardly
//! knows, words without vowels, and words of odd length.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::letters;

/// The 110 commonest pairs of letters in English text; they make up four fifths of all pairs.
const LATIN_PAIRS: &str = "ac ad ai al am an ar as at be ca ce ch ci co ct de di ea ec ed ee el em \
    en ep er es et fi fo ga ge gh ha he hi ho ia ic id ie ig il im in io ir is it iv la le li ll ly \
    ma me mi na nc nd ne ng ni no ns nt of ol om on or ot ou ov pa pe po pr ra re ri rn ro rs rt se \
    si so ss st su ta te th ti to tr ts ty um un ur us ut ve vi wa we";

/// The 200 commonest pairs of letters in Urdu text; they make up four fifths of all pairs.
const URDU_PAIRS: &str = "آئ ئی ئے ائ اب ات اح اد ار از اس اع اف اق ال ام ان او اپ اک اں اہ ای با بر بل \
    بن بو بھ بی تا تر تع تو تھ تی تے جا جس جن جو جہ جی حا حک خا خو دا در دو دہ دی را رب رت رد رس رف رم \
    رن رو رٹ رک رہ ری رے زا زی سا ست سر سم سو سٹ سک سی سے شا شن شی صا صو طا عا عد عل عم غا فا فر فل فی \
    قا قت قر قی لا لب لت لم لو لک لہ لی لے ما مت مد مر مع مل من مو می نا ند نس نو نٹ نڈ نک نگ نہ نی نے \
    وئ وا وت وج ود ور وس ول وم ون وپ وگ وں وہ وی ٹا ٹر ٹی پا پر پن پو پی چا چھ چی ڈا ڈی کا کت کر کس کل \
    کم کن کو کھ کہ کی کے گئ گا گر گی ھا ھر ھو ھی ھے ہا ہر ہل ہم ہن ہو ہی ہے یا یت ید یر یز یس یش یف یل \
    یم ین یو یٹ یڈ یک یں یہ یے";

/// [`LATIN_PAIRS`] as a bit for each pair: its first letter's place, then its second's.
const LATIN: [u32; 26] = {
    let bytes = LATIN_PAIRS.as_bytes();
    let mut table = [0; 26];
    let mut idx = 1;
    while idx < bytes.len() {
        let (a, b) = (bytes[idx - 1], bytes[idx]);
        if a.is_ascii_lowercase() && b.is_ascii_lowercase() {
            table[(a - b'a') as usize] |= 1 << (b - b'a');
        }
        idx += 1;
    }
    table
};

/// [`URDU_PAIRS`] as a set.
static URDU: LazyLock<BTreeSet<(char, char)>> = LazyLock::new(|| {
    let pair = |pair: &str| {
        let mut chars = pair.chars();
        Some((chars.next()?, chars.next()?))
    };
    URDU_PAIRS.split(' ').filter_map(pair).collect()
});

/// Below this a page's text is doubtful.
pub(super) const DOUBTFUL: f32 = 0.80;

/// Counts of one page that the text itself does not show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Glyphs that stand for a character.
    pub(super) mapped: usize,
    /// Glyphs without any.
    pub(super) unmapped: usize,
}

/// Returns the trust in `text`. A text of a few words is judged by its glyphs alone.
pub(super) fn quality(text: &str, counts: Counts) -> f32 {
    let total = counts.mapped + counts.unmapped;
    if total == 0 {
        return 1.0;
    }
    let bad = n_bad(text);
    let holes = ratio(counts.unmapped + bad, total) * 4.0;
    let mut score = 1.0 - holes.min(1.0);
    let words: Vec<&str> = words(text).collect();
    if words.len() >= 20 {
        score *= pairs(&words).min(lengths(&words)).min(vowels(&words)).min(joined(&words));
    }
    score.clamp(0.0, 1.0)
}

/// Tells whether a guessed text reads as language, with or without blanks between its words.
pub(super) fn is_language(text: &str) -> bool {
    let bad = n_bad(text);
    let words: Vec<&str> = words(text).filter(|w| w.len() > 1).collect();
    words.len() >= 10 && bad * 10 < text.chars().count() && pairs(&words) > 0.85
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    letters::words(text, |byte| byte.is_ascii_alphabetic(), char::is_alphabetic)
}

fn n_bad(text: &str) -> usize {
    // Each bad character begins with one of these bytes, which few others do.
    let begins = |byte: &u8| *byte == 0xc2 || *byte >= 0xee;
    if text.as_bytes().iter().filter(|byte| begins(byte)).count() == 0 {
        return 0;
    }
    text.chars().filter(|c| is_bad(*c)).count()
}

/// Replacement characters, private use, and signs that only broken fonts put among letters.
fn is_bad(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '¤')
}

/// Returns `part` as a share of `whole`.
pub(super) fn ratio(part: usize, whole: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than f32")]
    let share = part as f32 / whole.max(1) as f32;
    share
}

/// Maps `value` so that `low` and less gives 0, `high` and more gives 1.
fn ramp(value: f32, low: f32, high: f32) -> f32 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}

/// Scores the share of usual letter pairs, by script.
fn pairs(words: &[&str]) -> f32 {
    let (mut latin, mut urdu) = ([0_usize; 2], [0_usize; 2]);
    for word in words {
        if word.is_ascii() {
            let mut seconds = 0;
            for byte in word.bytes() {
                let place = byte.to_ascii_lowercase().wrapping_sub(b'a');
                latin[0] += (seconds >> (place & 31) & 1) as usize;
                seconds = LATIN.get(usize::from(place)).copied().unwrap_or_default();
            }
            latin[1] += word.len() - 1;
            continue;
        }
        let mut last: Option<char> = None;
        for c in word.chars() {
            let c = if c.is_ascii() {
                c.to_ascii_lowercase()
            } else {
                c.to_lowercase().next().unwrap_or(c)
            };
            if let Some(last) = last.replace(c) {
                if last.is_ascii() && c.is_ascii() {
                    latin[0] += usize::from(is_latin_pair(last, c));
                    latin[1] += 1;
                } else if is_letter(last) && is_letter(c) {
                    urdu[0] += usize::from(URDU.contains(&(urdu_form(last), urdu_form(c))));
                    urdu[1] += 1;
                }
            }
        }
    }
    let share = |[usual, all]: [usize; 2]| (all >= 20).then(|| ratio(usual, all));
    // Tables of names reach .6; letters moved by a cipher stay under .3. English has .65 and more,
    // scrambled English .46 to .61, and so have Polish or Roman Urdu.
    let latin = share(latin).map_or(1.0, |share| {
        let order = if share < 0.70 { anagrams(words) } else { 1.0 };
        ramp(share, 0.28, 0.55).min(order)
    });
    // Urdu reaches .8, of 519 stretches of 80 words one stays under .67; Urdu from a font with a
    // wrong map stays under. Arabic, which lacks Urdu's letters, has other pairs and reaches .58.
    let urdu = share(urdu).map_or(1.0, |share| {
        let letters = || words.iter().flat_map(|word| word.chars()).filter(|c| is_letter(*c));
        let own = letters().filter(|c| "ٹڈڑںےہھگچپ".contains(*c)).count();
        let is_urdu = own * 20 >= letters().count();
        if is_urdu { ramp(share, 0.52, 0.72) } else { ramp(share, 0.35, 0.52) }
    });
    latin.min(urdu)
}

fn is_letter(c: char) -> bool {
    super::letters::is_arabic(c)
}

/// Arabic keyboards write kaf and yeh with other characters.
const fn urdu_form(c: char) -> char {
    match c {
        'ك' => 'ک',
        'ي' | 'ى' => 'ی',
        _ => c,
    }
}

/// Tells whether two small ASCII letters are a usual pair.
fn is_latin_pair(a: char, b: char) -> bool {
    let place = |c: char| u32::from(c).checked_sub(u32::from('a')).filter(|place| *place < 26);
    let (Some(a), Some(b)) = (place(a), place(b)) else { return false };
    LATIN.get(a as usize).is_some_and(|seconds| seconds >> b & 1 == 1)
}

/// Scores how far the letters of words keep one order, in any language: scrambled text writes `the`,
/// `hte` and `eht`. Of 403 sound pages the share of words beside the commonest order of their letters
/// is .036 at most; of the same pages scrambled .13 at least on 97 in a hundred.
fn anagrams(words: &[&str]) -> f32 {
    let mut orders: BTreeMap<Vec<u8>, BTreeMap<String, usize>> = BTreeMap::new();
    let mut total = 0;
    for word in words.iter().filter(|word| word.len() >= 3 && word.is_ascii()) {
        let word = word.to_ascii_lowercase();
        let mut letters = word.clone().into_bytes();
        letters.sort_unstable();
        *orders.entry(letters).or_default().entry(word).or_default() += 1;
        total += 1;
    }
    let commonest = |order: &BTreeMap<String, usize>| order.values().max().copied().unwrap_or(0);
    let others: usize =
        orders.values().map(|order| order.values().sum::<usize>() - commonest(order)).sum();
    1.0 - ramp(ratio(others, total), 0.04, 0.12)
}

/// Scores the mean length of words.
fn lengths(words: &[&str]) -> f32 {
    let length = |word: &&str| if word.is_ascii() { word.len() } else { word.chars().count() };
    let letters: usize = words.iter().map(length).sum();
    let mean = ratio(letters, words.len());
    ramp(mean, 1.2, 2.4).min(1.0 - ramp(mean, 12.0, 20.0))
}

/// Scores the share of longer Latin words with a vowel.
fn vowels(words: &[&str]) -> f32 {
    let is_vowel =
        |byte: u8| matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let (mut n, mut n_with) = (0, 0);
    for word in words.iter().filter(|word| word.len() >= 4 && word.is_ascii()) {
        if word.bytes().any(|byte| byte.is_ascii_lowercase()) {
            n += 1;
            n_with += usize::from(word.bytes().any(is_vowel));
        }
    }
    if n < 10 { 1.0 } else { ramp(ratio(n_with, n), 0.6, 0.9) }
}

/// Scores the share of letters in words of over 22 letters: OCR that lost its spaces.
fn joined(words: &[&str]) -> f32 {
    let all: usize = words.iter().map(|word| word.len()).sum();
    let long: usize = words.iter().map(|word| word.len()).filter(|len| *len > 22 * 2).sum();
    1.0 - ramp(ratio(long, all), 0.02, 0.3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(text: &str) -> f32 {
        quality(text, Counts { mapped: text.chars().count(), unmapped: 0 })
    }

    const GOOD: &str = "The learned counsel for the petitioner has submitted that the order was \
        passed without hearing and that the authority had no power to call for the records of the \
        subscriber under section 54 of the Act.";

    #[test]
    fn plain_english_is_trusted() {
        assert!(score(GOOD) > 0.95, "{}", score(GOOD));
    }

    #[test]
    fn shifted_letters_are_not() {
        let shifted: String = GOOD
            .chars()
            .map(|c| {
                if c.is_ascii_lowercase() {
                    char::from((c as u8 - b'a' + 3) % 26 + b'a')
                } else {
                    c
                }
            })
            .collect();
        assert!(score(&shifted) < 0.6, "{}", score(&shifted));
    }

    #[test]
    fn letters_out_of_order_are_not() {
        let mut dice = 7_usize;
        let mut scramble = |word: &str| {
            let mut letters: Vec<char> = word.chars().collect();
            for idx in (1..letters.len()).rev() {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                letters.swap(idx, (dice >> 33) % (idx + 1));
            }
            letters.into_iter().collect::<String>()
        };
        let text = GOOD.repeat(3);
        let scrambled: Vec<String> = text.split_whitespace().map(&mut scramble).collect();
        let scrambled = scrambled.join(" ");
        assert!(score(&scrambled) < DOUBTFUL, "{scrambled}: {}", score(&scrambled));
    }

    #[test]
    fn roman_urdu_has_rare_pairs_and_keeps_its_order() {
        let text = "yeh hukam diya jata hai ke darkhwast guzar ko giraftar na kiya jaye aur police \
            apni report agli peshi par adalat mein jama karaye warna sakht karwai ki jaye gi aur is \
            ka zimmedar khud hoga";
        assert!(score(text) >= DOUBTFUL, "{}", score(text));
    }

    #[test]
    fn urdu_is_trusted_and_its_reversal_is_not() {
        let good = "عدالت نے حکومت سے کہا کہ وہ شہریوں کی نگرانی کے بارے میں اپنا جواب داخل کرے اور \
            یہ بتائے کہ کس قانون کے تحت یہ نظام بنایا گیا ہے";
        assert!(score(good) > 0.8, "{}", score(good));
        let words: Vec<String> = good.split(' ').map(|w| w.chars().rev().collect()).collect();
        assert!(score(&words.join(" ")) < 0.8, "{}", score(&words.join(" ")));
    }

    /// A page of English whose font says that its codes mean what `table` says.
    fn with_map(table: &str) -> (f32, Vec<String>) {
        use super::super::tests::{at, extracted, pdf};
        let lines = GOOD.split_inclusive(", ").flat_map(|part| {
            let words: Vec<&str> = part.split(' ').collect();
            words.chunks(8).map(|line| line.join(" ")).collect::<Vec<_>>()
        });
        let page: String =
            lines.zip(0..).map(|(line, n)| at(72, 700 - 16 * n, line.trim())).collect();
        let map = format!(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def \
             1 begincodespacerange <00> <FF> endcodespacerange {table} endcmap end end"
        );
        // The map goes into the place of a second page's content.
        let bytes = String::from_utf8(pdf(&[&page, &map], "")).unwrap();
        let font = "/BaseFont /Helvetica";
        let bytes = bytes.replacen(font, &format!("{font} /ToUnicode 7 0 R"), 1);
        let bytes = bytes.replacen("/Count 2 /Kids [4 0 R 6 0 R]", "/Count 1 /Kids [4 0 R]", 1);
        // Without its table, which no longer fits, the objects are looked for.
        let end = bytes.rfind("xref\n0 ").unwrap();
        let read = extracted(&bytes.as_bytes()[..end]);
        let warnings = read.warnings.iter().map(|warning| warning.kind.id().to_owned());
        (read.pages[0].quality, warnings.collect())
    }

    #[test]
    fn a_font_with_a_wrong_map_is_noticed() {
        let (right, _) = with_map("1 beginbfrange <20> <7E> <0020> endbfrange");
        assert!(right > 0.9, "{right}");
        let (cipher, warnings) = with_map("1 beginbfrange <20> <7E> <0023> endbfrange");
        assert!(cipher < 0.6, "{cipher} {warnings:?}");
        assert!(warnings.contains(&"low-text".to_owned()), "{warnings:?}");
        let all_as = |value: &str| -> String {
            (0x20..0x7f)
                .map(|code| format!("1 beginbfchar <{code:02X}> <{value}> endbfchar "))
                .collect()
        };
        let (lost, warnings) = with_map(&all_as("E000"));
        assert!(lost < 0.1, "{lost}");
        assert!(warnings.contains(&"low-text".to_owned()), "{warnings:?}");
        // Where a map says nothing but U+FFFD, the names of the font's own signs are read.
        let (named, _) = with_map(&all_as("FFFD"));
        assert!(named > 0.9, "{named}");
    }

    #[test]
    fn unmapped_glyphs_weigh_four_times() {
        assert!((quality("a", Counts { mapped: 90, unmapped: 10 }) - 0.6).abs() < 0.001);
    }
}
