//! One word against another: wildcards, typing errors, the nearest of several names.

use crate::text::urdu::letter_as_typed;

/// Tells whether the whole of `word` fits `pattern`, where `*` is any run of characters and `?` one.
pub fn fits(pattern: &str, word: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let word: Vec<char> = word.chars().collect();
    let (mut at, mut next) = (0, 0);
    // The last star and how much of the word it has taken: the one place to come back to, because
    // an earlier star gains nothing from taking more.
    let mut star: Option<(usize, usize)> = None;
    while at < word.len() {
        match pattern.get(next) {
            Some('*') => {
                star = Some((next, at));
                next += 1;
            }
            Some(&c) if c == '?' || c == word[at] => {
                next += 1;
                at += 1;
            }
            _ => {
                let Some((star_at, taken)) = star else { return false };
                star = Some((star_at, taken + 1));
                next = star_at + 1;
                at = taken + 1;
            }
        }
    }
    pattern.iter().skip(next).all(|&c| c == '*')
}

/// Returns how many edits lie between two words, or `None` for more than `most`.
///
/// An edit puts in, takes out or changes one character, or swaps two neighbours; no character is
/// edited twice (optimal string alignment, as tantivy's fuzzy term has it with transpositions).
pub fn edits(one: &str, other: &str, most: usize) -> Option<usize> {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before_last = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, &c) in one.iter().enumerate() {
        let mut now = vec![row + 1; other.len() + 1];
        for (column, &d) in other.iter().enumerate() {
            let change = last[column] + usize::from(c != d);
            now[column + 1] = change.min(last[column + 1] + 1).min(now[column] + 1);
            let swapped = row > 0 && column > 0 && c == other[column - 1] && one[row - 1] == d;
            if swapped {
                now[column + 1] = now[column + 1].min(before_last[column - 1] + 1);
            }
        }
        if now.iter().all(|&cost| cost > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last.last().copied().filter(|&cost| cost <= most)
}

/// Tells whether several words are nothing but names of Latin letters: `پی ٹی اے` spells PTA.
pub fn are_letter_names(words: &[&str]) -> bool {
    words.len() > 1 && words.iter().all(|word| letter_as_typed(word).is_some())
}

/// Returns the candidates nearest to `word`, in order of their names, three at most: those that the
/// fewest edits lead to, one or (from five letters) two; else those that begin with it or that it
/// begins with. Case does not count.
pub fn suggest_near<'a, T: AsRef<str> + ?Sized + 'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a T>,
) -> Vec<&'a str> {
    let word = word.trim().to_lowercase();
    let n_chars = word.chars().count();
    if n_chars < 2 {
        return Vec::new();
    }
    let most = match n_chars {
        2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    let begins = |long: &str, short: &str| short.chars().count() >= 3 && long.starts_with(short);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let candidate = candidate.as_ref();
            let lower = candidate.to_lowercase();
            let cost = edits(&word, &lower, most)
                .or_else(|| (begins(&lower, &word) || begins(&word, &lower)).then_some(most + 1))?;
            Some((cost, candidate))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    let best = near.first().map_or(0, |&(cost, _)| cost);
    near.into_iter().take_while(|&(cost, _)| cost == best).take(3).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, fitting: &[&str], others: &[&str]) {
        for word in fitting {
            assert!(fits(pattern, word), "{pattern} {word}");
        }
        for word in others {
            assert!(!fits(pattern, word), "{pattern} {word}");
        }
    }

    #[test]
    fn stars_and_question_marks() {
        check("surv*", &["surv", "surveillance"], &["sur", "resurvey"]);
        check("wi?dcard", &["wildcard", "wi‌dcard"], &["widcard", "wilddcard"]);
        check("*tapping", &["tapping", "wiretapping"], &["tappings"]);
        check("a*b*c", &["abc", "aXbXbYc", "abbcc"], &["ab", "acb", "abcd"]);
        check("پی*", &["پی", "پیکا"], &["ایپی"]);
        check("*?", &["x", "xy"], &[""]);
    }

    #[test]
    fn long_stars_end_soon() {
        let word = "a".repeat(2_000);
        assert!(!fits(&"a*".repeat(200).replace("**", "*"), &format!("{word}b").replace('a', "b")));
        assert!(!fits(&format!("{}b", "a*".repeat(100)), &word));
    }

    #[test]
    fn a_swap_is_one_edit_and_no_letter_is_edited_twice() {
        assert_eq!(edits("surveilance", "surveillance", 1), Some(1));
        assert_eq!(edits("titel", "title", 2), Some(1));
        assert_eq!(edits("ca", "abc", 3), Some(3));
        assert_eq!(edits("kitten", "sitting", 2), None);
        assert_eq!(edits("kitten", "sitting", 3), Some(3));
        assert_eq!(edits("پیکا", "پیکہ", 1), Some(1));
        assert_eq!(edits("", "ab", 2), Some(2));
    }

    #[test]
    fn letters_spelled_in_urdu() {
        assert!(are_letter_names(&["پی", "ٹی", "اے"]));
        assert!(!are_letter_names(&["پی", "ٹی", "وزیر"]));
        // One letter's name alone is a word: `کے` is "of".
        assert!(!are_letter_names(&["کے"]));
    }

    #[test]
    fn nearest_names() {
        let fields = ["court", "cites", "tag", "title", "judge", "source"];
        assert_eq!(suggest_near("cort", fields), ["court"]);
        assert_eq!(suggest_near("TAGS", fields), ["tag"]);
        assert_eq!(suggest_near("titel", fields), ["title"]);
        assert_eq!(suggest_near("held", fields), [""; 0]);
        assert_eq!(suggest_near("aamer", ["aamer-farooq", "farooq-haider"]), ["aamer-farooq"]);
    }
}
