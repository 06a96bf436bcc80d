//! The order of lists: by collation, never by bytes.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};

use super::LatinOrder;
use super::run::language_of;
use crate::model::Lang;

/// Compares titles as readers of a language expect.
pub(super) struct Sorter {
    collator: Option<CollatorBorrowed<'static>>,
    latin: LatinOrder,
}

impl Sorter {
    /// Returns a sorter for lists in `lang`; the collation data is compiled in.
    pub(super) fn new(lang: Lang, latin: LatinOrder) -> Self {
        let preferences = match lang {
            Lang::Ur => CollatorPreferences::from(&icu_locale_core::locale!("ur")),
            Lang::Fa => CollatorPreferences::from(&icu_locale_core::locale!("fa")),
            _ => CollatorPreferences::default(),
        };
        let collator = Collator::try_new(preferences, CollatorOptions::default()).ok();
        Self { collator, latin }
    }

    /// Compares two titles; marks and quotes at their beginnings do not count.
    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        let (a_key, b_key) = (bare(a), bare(b));
        let is_latin = |text: &str| !language_of(text).is_some_and(Lang::is_rtl);
        let by_script = match self.latin {
            LatinOrder::First => is_latin(b_key).cmp(&is_latin(a_key)),
            LatinOrder::Collated => Ordering::Equal,
        };
        let by_letters = self
            .collator
            .as_ref()
            .map_or_else(|| a_key.cmp(b_key), |collator| collator.compare(a_key, b_key));
        by_script.then(by_letters).then_with(|| a.cmp(b))
    }
}

/// Returns the text from its first letter or digit on.
fn bare(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lang: Lang, latin: LatinOrder, mut given: Vec<&str>, expect: &[&str]) {
        let sorter = Sorter::new(lang, latin);
        given.sort_by(|a, b| sorter.compare(a, b));
        assert_eq!(given, expect);
    }

    #[test]
    fn latin_titles_by_letters_not_bytes() {
        check(
            Lang::En,
            LatinOrder::First,
            vec!["zebra", "Éclair", "apple", "“Banana”", "Dawn"],
            &["apple", "“Banana”", "Dawn", "Éclair", "zebra"],
        );
    }

    #[test]
    fn urdu_titles_in_the_order_of_the_alphabet() {
        // ٹ follows ت, and پ follows ب; by code point both would come after ی of Arabic letters.
        check(
            Lang::Ur,
            LatinOrder::First,
            vec!["گواہ", "ٹیلی کام", "پیکا", "Dawn", "بینچ", "تحریری"],
            &["Dawn", "بینچ", "پیکا", "تحریری", "ٹیلی کام", "گواہ"],
        );
    }
}
