//! Runs of words as numbers: how alike two texts are, and a small sketch that guesses it.
//!
//! A text is the set of its runs of so many neighbouring words. Two texts are as alike as the share
//! of runs that both have (Jaccard). A [`Sketch`] is 128 bytes from which that share can be
//! guessed, and by whose [bands](Sketch::bands) alike texts meet without comparing each with each.

/// How many words a run has by which near copies are found.
pub const COPY_WORDS: usize = 5;

/// How many words a run has that says "this is the same sentence".
pub const QUOTE_WORDS: usize = 8;

/// How many numbers a sketch has.
const PLACES: usize = 128;

/// How many of these make a band: two texts that are 0.71 alike share one in every second case.
const BAND: usize = 8;

/// Texts with fewer runs are alike too easily: two forms, two covers.
const FEWEST_RUNS: usize = 50;

/// Returns a number for each run of `n_words` words, in the order of the text; equal runs have
/// equal numbers. A shorter text has no runs.
pub fn runs<'a>(words: impl Iterator<Item = &'a str>, n_words: usize) -> Vec<u64> {
    let words: Vec<u64> = words.map(of_word).collect();
    runs_of(&words, n_words)
}

/// Returns the same for words given by their numbers; see [`of_word`].
pub fn runs_of(words: &[u64], n_words: usize) -> Vec<u64> {
    words
        .windows(n_words.max(1))
        .map(|run| run.iter().fold(0, |sum: u64, word| scatter(sum.rotate_left(7) ^ word)))
        .collect()
}

/// Returns the runs as a set: sorted, each once.
pub fn as_set(mut runs: Vec<u64>) -> Vec<u64> {
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Returns how many numbers two sets have in common; both are sorted, each number once.
pub fn common(one: &[u64], other: &[u64]) -> usize {
    let mut others = other.iter().peekable();
    let in_other = |number: &&u64| {
        while others.next_if(|other| other < number).is_some() {}
        others.peek() == Some(number)
    };
    one.iter().filter(in_other).count()
}

/// Returns how alike two sets are, 0 to 1; two empty sets are not alike at all.
pub fn alike(one: &[u64], other: &[u64]) -> f64 {
    let common = common(one, other);
    share(common, one.len() + other.len() - common)
}

#[expect(clippy::cast_precision_loss, reason = "no text has 2^52 words")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What can be told of a text's runs from 128 numbers.
///
/// Of each number the last byte is kept: two differing numbers agree in it once in 256 times, and
/// what a sketch proposes is compared word by word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch([u8; PLACES]);

impl Sketch {
    /// Returns the sketch of some runs, in any order; `None` where they are too few to tell anything.
    ///
    /// Every run falls into one of the places and the smallest number there stays. A place that is
    /// left empty takes that of another one, chosen by its own number alone, so that alike texts
    /// choose alike.
    pub fn of(runs: &[u64]) -> Option<Self> {
        let mut least: [Option<u32>; PLACES] = [None; PLACES];
        for &run in runs {
            let number = low_half(run);
            if let Some(place) = least.get_mut(place_of(run)) {
                *place = Some(place.map_or(number, |least| least.min(number)));
            }
        }
        // Each filled place is a run of its own; only short texts need to be counted.
        let n_different = least.iter().flatten().count();
        if n_different < FEWEST_RUNS && as_set(runs.to_vec()).len() < FEWEST_RUNS {
            return None;
        }
        let mut filled = [0; PLACES];
        for (at, place) in filled.iter_mut().enumerate() {
            // Some place holds a number, and the chain of places comes to every one.
            let mut chain = (at as u64) << 32;
            let mut found = least.get(at).copied().flatten();
            while found.is_none() {
                chain += 1;
                found = least.get(place_of(scatter(chain))).copied().flatten();
            }
            *place = last_byte(found.unwrap_or_default());
        }
        Some(Self(filled))
    }

    /// Returns how alike the two texts may be, 0 to 1; off by 0.05 as a rule.
    pub fn guess(&self, other: &Self) -> f64 {
        share(self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count(), PLACES)
    }

    /// Returns a number for each band. Texts that share one at the same place may be alike.
    pub fn bands(&self) -> Vec<u64> {
        let band = |numbers: &[u8]| {
            numbers.iter().fold(0, |sum: u64, &n| scatter(sum.rotate_left(7) ^ u64::from(n)))
        };
        self.0.chunks(BAND).map(band).collect()
    }

    /// Returns the sketch as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// Returns the sketch of these bytes; `None` where they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if let Ok(numbers) = bytes.try_into() {
            return Some(Self(numbers));
        }
        // Earlier programs kept the numbers whole.
        let (numbers, rest) = bytes.as_chunks::<4>();
        let numbers = numbers.iter().map(|bytes| last_byte(u32::from_le_bytes(*bytes)));
        let numbers: Vec<u8> = numbers.collect();
        if rest.is_empty() { numbers.try_into().ok().map(Self) } else { None }
    }
}

const fn last_byte(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

/// Returns the number of a word: the same on every machine and in every version.
pub fn of_word(word: &str) -> u64 {
    // FNV-1a.
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let mix = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    word.bytes().fold(start, mix)
}

/// Spreads a number over all bits: the last steps of `SplitMix64`.
const fn scatter(mut number: u64) -> u64 {
    number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Returns the place of a run: its highest bits.
fn place_of(run: u64) -> usize {
    usize::try_from(run >> 57).unwrap_or_default() % PLACES
}

/// Returns the lower half of a number.
fn low_half(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the runs of a text of `n` different words, those from `changed` on other ones.
    fn text(n: usize, changed: usize) -> Vec<u64> {
        let word = |at: usize| if at < changed { format!("w{at}") } else { format!("x{at}") };
        let words: Vec<String> = (0..n).map(word).collect();
        as_set(runs(words.iter().map(String::as_str), COPY_WORDS))
    }

    #[test]
    fn runs_are_counted_and_compared() {
        let words = "the order of the court of the day".split(' ');
        assert_eq!(runs(words.clone(), 3).len(), 6);
        let same = as_set(runs(words, 2));
        // `of the` stands twice.
        assert_eq!(same.len(), 6);
        assert!((alike(&same, &same) - 1.0).abs() < 1e-9);
        let one = as_set(runs("a b c d".split(' '), 2));
        let other = as_set(runs("a b c e".split(' '), 2));
        // Both have `a b` and `b c`, of four in all.
        assert!((alike(&one, &other) - 0.5).abs() < 1e-9);
        assert!(alike(&[], &[]) < 1e-9);
        assert!(runs("a b".split(' '), 5).is_empty());
    }

    #[test]
    fn a_sketch_guesses_what_is_alike() {
        for (n, changed) in [(1_000, 1_000), (1_000, 900), (1_000, 600), (400, 380), (90, 80)] {
            let (one, other) = (text(n, n), text(n, changed));
            let exact = alike(&one, &other);
            let guess = Sketch::of(&one).unwrap().guess(&Sketch::of(&other).unwrap());
            assert!((exact - guess).abs() < 0.15, "{n} {changed}: {exact} {guess}");
        }
        let strangers = text(500, 500);
        let others = text(500, 0);
        assert!(Sketch::of(&strangers).unwrap().guess(&Sketch::of(&others).unwrap()) < 0.1);
    }

    #[test]
    fn near_copies_share_a_band() {
        for seed in 0..40 {
            let n = 200 + seed * 37;
            let one = Sketch::of(&text(n, n)).unwrap().bands();
            let other = Sketch::of(&text(n, n - n / 20)).unwrap().bands();
            assert!(one.iter().zip(&other).any(|(one, other)| one == other), "{n}");
        }
    }

    #[test]
    fn bytes_lead_back() {
        let sketch = Sketch::of(&text(300, 300)).unwrap();
        assert_eq!(sketch.to_bytes().len(), 128);
        let whole: Vec<u8> = sketch.to_bytes().iter().flat_map(|byte| [*byte, 7, 8, 9]).collect();
        assert_eq!(Sketch::from_bytes(&whole), Some(sketch.clone()));
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        assert_eq!(Sketch::from_bytes(&[1, 2, 3]), None);
        assert_eq!(Sketch::of(&text(40, 40)), None);
    }
}
