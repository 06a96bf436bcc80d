//! Thousands of changed quotations from the texts of the starter corpus: no changed number,
//! negation, name or dropped word ever passes, and true quotations are found on their pages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;
use crate::model::Paragraph;
use crate::model::document::Role;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

/// Returns the running text of every Markdown file of the starter corpus, paragraph by paragraph.
fn corpus_texts() -> Vec<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .map(|entry| entry.path().to_owned())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    files.sort();
    let mut texts: Vec<Vec<String>> = files.iter().map(|path| paragraphs(path)).collect();
    texts.push(GENERATED.iter().map(|text| (*text).to_owned()).collect());
    texts.retain(|text| !text.is_empty());
    texts
}

fn paragraphs(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let body = body.map_or(text.as_str(), |(_, body)| body);
    body.split("\n\n")
        .map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "))
        // Signs of Markdown would be read away before a text is kept.
        .filter(|one| {
            one.len() > 40 && !one.contains(['#', '*', '|', '`', '[', '<', '>', '_', '…'])
        })
        .collect()
}

/// Our own sentences with what the corpus has little of.
const GENERATED: [&str; 4] = [
    "The Authority shall not direct any licensee to record more than 4 million calls under section 54 of the Act unless Justice Sattar’s order of 25 June 2024 permits it, and no officer may keep the record of 37 subscribers for longer than 90 days without a warrant.",
    "Counsel for the petitioner said that Rs. 1,250,000 was paid on 3 March 2021 to Telenor and that the Ministry must never ask for it again; Justice Minallah observed that it cannot be so unless Parliament says it in section 5(2) of the Telegraph Act, 1885.",
    "The committee of 12 members met in Lahore on 7 May 2019, heard Ms. Farieha Aziz for two hours, and resolved that none of the 64 complaints should be closed until the Federal Investigation Agency has answered in writing.",
    "عدالت نے پی ٹی اے کو ۲۰ لاکھ صارفین کی نگرانی سے روک دیا اور حکم دیا کہ سیکشن 54 کے تحت کوئی کال ریکارڈ نہیں کی جائے گی جب تک وارنٹ جاری نہ ہو",
];

/// Sets paragraphs as a PDF would: lines of 70 characters, long words cut at line ends, pages that
/// end in the middle of a paragraph, heads and feet on each.
fn typeset(paragraphs: &[String]) -> Vec<Page> {
    let mut lines: Vec<(String, bool)> = Vec::new();
    for paragraph in paragraphs {
        let mut line = String::new();
        let first = lines.len();
        for word in paragraph.split(' ') {
            let n = line.chars().count() + word.chars().count();
            if n > 70 && !line.is_empty() {
                let letters: Vec<char> = word.chars().collect();
                // A cut between plain letters, as printers do it.
                if letters.len() > 8 && letters.iter().all(char::is_ascii_lowercase) {
                    line.push_str(&letters[..4].iter().collect::<String>());
                    line.push('-');
                    lines.push((std::mem::take(&mut line), false));
                    line.push_str(&letters[4..].iter().collect::<String>());
                    line.push(' ');
                    continue;
                }
                lines.push((std::mem::take(&mut line).trim_end().to_owned(), false));
            }
            line.push_str(word);
            line.push(' ');
        }
        lines.push((line.trim_end().to_owned(), false));
        lines[first].1 = true;
    }
    lines.chunks(14).enumerate().map(|(page_idx, lines)| typeset_page(page_idx, lines)).collect()
}

fn typeset_page(page_idx: usize, lines: &[(String, bool)]) -> Page {
    let mut page = Page::empty(PageNo::from_idx(page_idx), PageOrigin::TextLayer);
    page.push("W.P. No. 77/2021", Role::Header);
    for (line, begins) in lines {
        if *begins || page.paragraphs.len() == 1 {
            let idx = page.push(line, Role::Body);
            page.paragraphs[idx].continues = !begins;
        } else {
            page.text.push('\n');
            page.text.push_str(line);
            let end = page.text.len();
            let last: &mut Paragraph = page.paragraphs.last_mut().unwrap();
            last.span.end = end;
        }
    }
    page.push(&format!("Page {}", page_idx + 1), Role::Footer);
    page
}

/// A changed quotation, and whether it may pass.
struct Mutant {
    kind: &'static str,
    text: String,
    may_pass: bool,
}

/// Returns the word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Returns the words with one replaced, its outer signs kept; an empty one is dropped.
fn replaced(words: &[&str], at: usize, with: &str) -> String {
    let mut out: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    out[at] = words[at].replacen(bare(words[at]), with, 1);
    out.retain(|word| !word.is_empty());
    out.join(" ")
}

/// Returns the changes that the words allow: each must not pass, unless it is marked or the like.
fn mutants(words: &[&str], other: &[&str], dice: &mut Dice) -> Vec<Mutant> {
    let n = words.len();
    let mut all = Vec::new();
    let mut bad = |kind, text| all.push(Mutant { kind, text, may_pass: false });
    for at in 1..n - 1 {
        let word = bare(words[at]);
        if let Some(place) = word.find(|c: char| c.is_ascii_digit()) {
            let digit = word.as_bytes()[place] - b'0';
            let next = char::from(b'0' + (digit + 1 + u8::try_from(dice.roll(8)).unwrap()) % 10);
            let changed = format!("{}{next}{}", &word[..place], &word[place + 1..]);
            bad("digit", replaced(words, at, &changed));
            bad("digit-added", replaced(words, at, &format!("{word}{next}")));
            bad("number-dropped", replaced(words, at, ""));
        }
        let swap = |from: &[&str], to: &[&str]| {
            from.iter().position(|one| *one == word).map(|idx| to[idx].to_owned())
        };
        let units = swap(
            &[
                "million", "billion", "June", "July", "March", "August", "two", "three", "one",
                "days", "lakh",
            ],
            &[
                "billion", "million", "July", "June", "April", "April", "three", "two", "two",
                "hours", "crore",
            ],
        );
        if let Some(with) = units {
            bad("unit", replaced(words, at, &with));
        }
        let turned = swap(
            &[
                "not", "no", "any", "unless", "shall", "may", "must", "never", "only", "without",
                "cannot", "none", "نہیں", "نہ",
            ],
            &[
                "now",
                "any",
                "no",
                "if",
                "may",
                "shall",
                "may",
                "ever",
                "also",
                "with",
                "can",
                "all",
                "نہایت",
                "یہ",
            ],
        );
        if let Some(with) = turned {
            bad("negation", replaced(words, at, &with));
            bad(
                "negation-dropped",
                words[..at].iter().chain(&words[at + 1..]).copied().collect::<Vec<_>>().join(" "),
            );
            bad("negation-hidden", [&words[..at], &["…"], &words[at + 1..]].concat().join(" "));
            bad(
                "negation-bracketed",
                [&words[..at], &["[then]"], &words[at + 1..]].concat().join(" "),
            );
        }
        let is_name = word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().count() > 3
            && word.chars().all(char::is_alphabetic);
        if is_name && bare(words[at - 1]).chars().all(char::is_lowercase) {
            bad(
                "name",
                replaced(words, at, if word == "Minallah" { "Sattar" } else { "Minallah" }),
            );
        }
    }
    let inner = 1 + dice.roll(n - 2);
    bad("dropped", [&words[..inner], &words[inner + 1..]].concat().join(" "));
    let wide = (inner + 4).min(n - 1);
    bad("dropped-many", [&words[..inner], &words[wide..]].concat().join(" "));
    bad("added", [&words[..inner], &["secretly"], &words[inner..]].concat().join(" "));
    bad("negation-added", [&words[..inner], &["not"], &words[inner..]].concat().join(" "));
    bad("word", replaced(words, inner, "elephants"));
    bad("exchanged", {
        let mut out = words.to_vec();
        out.swap(inner, inner - 1);
        out.join(" ")
    });
    if n >= 8 && other.len() >= 8 {
        bad("spliced", [&words[..n / 2], &other[other.len() / 2..]].concat().join(" "));
        bad("halves", [&words[n / 2..], &["…"], &words[..n / 2]].concat().join(" "));
    }
    let mut good = |kind, text| all.push(Mutant { kind, text, may_pass: true });
    let text = words.join(" ");
    good("capitals", text.to_uppercase());
    good("straight", text.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace('–', "-"));
    good("no-break", text.replacen(' ', "\u{A0}", 2));
    good("soft-hyphen", text.replacen('e', "\u{AD}e", 1));
    good("decomposed", unicode_normalization::UnicodeNormalization::nfd(text.chars()).collect());
    good("letters-ur", text.replace('ی', "ي").replace('ک', "ك"));
    if n >= 9 {
        let cut = n / 3;
        good("ellipsis", [&words[..cut], &["…"], &words[cut + 2..]].concat().join(" "));
        good("dots", [&words[..cut], &[". . ."], &words[cut + 2..]].concat().join(" "));
        good("bracket-dots", [&words[..cut], &["[...]"], &words[cut + 2..]].concat().join(" "));
        for sign in ["(…)", "(...)", "....", "…,", "… .", "[ … ]", "* * *"] {
            good("ellipsis-forms", [&words[..cut], &[sign], &words[cut + 2..]].concat().join(" "));
        }
        let glued = format!("{}…{}", words[..cut].join(" "), words[cut + 2..].join(" "));
        good("ellipsis-glued", glued);
        let without_signs = words[..cut].join(" ");
        let without_signs = without_signs.trim_end_matches([',', ';', '.', ':']);
        good("ellipsis-clean", format!("{without_signs} ... {}", words[cut + 2..].join(" ")));
        let late = words[cut + 2..].join(" ").replacen(' ', " [and so on] ", 1);
        good("two-marks", format!("{} … {late}", words[..cut].join(" ")));
        good("ends-in-ellipsis", format!("… {} …", words.join(" ")));
    }
    good("emphasis", format!("{text} (emphasis added)"));
    all
}

/// The letters of a text in small form, for knowing what truly stands in it.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Tells whether the swapped halves stand in this order, too: judgments repeat themselves.
fn in_order(whole: &str, mutant: &Mutant) -> bool {
    let Some((head, tail)) = mutant.text.split_once('…').filter(|_| mutant.kind == "halves")
    else {
        return false;
    };
    let head = letters(head);
    let after = whole.find(&head).and_then(|at| whole.get(at + head.len()..));
    after.is_some_and(|after| after.contains(&letters(tail)))
}

/// What became of the quotations.
#[derive(Default)]
struct Outcome {
    n_true: usize,
    n_found: usize,
    n_good: usize,
    n_good_found: usize,
    n_mutants: usize,
    by_kind: BTreeMap<&'static str, usize>,
    wrong: Vec<String>,
    missed: Vec<String>,
}

impl Outcome {
    /// Checks a true quotation and its changes against a document; `whole` is the letters of all.
    fn take(
        &mut self,
        source: &Source<'_>,
        pages: &[Page],
        quote: &[&str],
        other: &[&str],
        whole: &str,
        dice: &mut Dice,
    ) {
        let verbatim = quote.join(" ");
        self.n_true += 1;
        let checked = source.verify(&verbatim, None);
        let stands = checked.places.iter().any(|place| on_pages(pages, place, &verbatim));
        if checked.verdict.passes() && stands {
            self.n_found += 1;
        } else {
            self.missed.push(format!("true: {verbatim}\n  {checked:?}"));
        }
        for mutant in mutants(quote, other, dice) {
            // What happens to stand elsewhere in the text is no mutant.
            if !mutant.may_pass
                && (whole.contains(&letters(&mutant.text)) || in_order(whole, &mutant))
            {
                continue;
            }
            let checked = source.verify(&mutant.text, None);
            let passes = checked.verdict.passes();
            if mutant.may_pass {
                self.n_good += 1;
                let hides = checked.verdict == Verdict::NegationChanged;
                if passes || hides {
                    self.n_good_found += 1;
                } else {
                    self.missed.push(format!("{}: {}\n  {checked:?}", mutant.kind, mutant.text));
                }
            } else {
                self.n_mutants += 1;
                *self.by_kind.entry(mutant.kind).or_default() += 1;
                if passes {
                    self.wrong.push(format!("{}: {}\n  {checked:?}", mutant.kind, mutant.text));
                }
            }
        }
    }

    /// Prints the figures; fails for a change that passed, or where too few were found.
    fn report(mut self, what: &str, least: usize) {
        let Self { n_true, n_found, n_good, n_good_found, n_mutants, .. } = self;
        println!(
            "{what}: true {n_found}/{n_true}, marked {n_good_found}/{n_good}, changed {n_mutants}, {} passed",
            self.wrong.len()
        );
        println!("{:?}", self.by_kind);
        self.missed.sort();
        println!("missed: {}\n{}", self.missed.len(), first(&self.missed));
        assert!(self.wrong.is_empty(), "{} passed:\n{}", self.wrong.len(), first(&self.wrong));
        assert!(n_mutants >= least, "only {n_mutants} changes");
        assert!(n_found * 100 >= n_true * 99, "{n_found} of {n_true}:\n{}", first(&self.missed));
        assert!(
            n_good_found * 100 >= n_good * 99,
            "{n_good_found} of {n_good}:\n{}",
            first(&self.missed)
        );
    }
}

#[test]
fn changed_quotations_never_pass_and_true_ones_are_found() {
    let texts = corpus_texts();
    let mut dice = Dice(20_240_625);
    let mut outcome = Outcome::default();
    for (text_idx, text) in texts.iter().enumerate() {
        let pages = typeset(text);
        let source = Source::new(&pages);
        let whole = letters(&text.join(" "));
        for (paragraph_idx, paragraph) in text.iter().enumerate() {
            let words: Vec<&str> = paragraph.split(' ').collect();
            if words.len() < 8 {
                continue;
            }
            let others = &texts[(text_idx + 1) % texts.len()];
            let other: Vec<&str> = others[paragraph_idx % others.len()].split(' ').collect();
            for _ in 0..=words.len() / 15 {
                let len = (8 + dice.roll(22)).min(words.len());
                let start = dice.roll(words.len() - len + 1);
                let quote = &words[start..start + len];
                outcome.take(&source, &pages, quote, &other, &whole, &mut dice);
            }
        }
    }
    outcome.report("starter corpus", 3_000);
}

/// Misreads a letter in about every twelfth word, as OCR does: never a digit.
fn misread(paragraph: &str, dice: &mut Dice) -> String {
    let pairs = [("m", "rn"), ("d", "cl"), ("h", "li"), ("w", "vv"), ("e", "c"), ("u", "n")];
    let mut words: Vec<String> = paragraph.split(' ').map(str::to_owned).collect();
    for word in &mut words {
        let is_plain = word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_plain && dice.roll(12) == 0 {
            let (from, to) = pairs[dice.roll(pairs.len())];
            *word = word.replacen(from, to, 1);
        }
    }
    words.join(" ")
}

/// Quotations of what a scanner misread: found on the right page, said to be looked at, and no
/// changed one among them.
#[test]
fn quotations_of_scans_are_found_and_changed_ones_never_pass() {
    let texts = corpus_texts();
    let mut dice = Dice(20_261_122);
    let (mut n_true, mut n_found, mut n_mutants) = (0, 0, 0);
    let mut missed = Vec::new();
    for text in &texts {
        let noisy: Vec<String> = text.iter().map(|one| misread(one, &mut dice)).collect();
        let mut pages = typeset(&noisy);
        for page in &mut pages {
            page.origin = PageOrigin::Ocr;
        }
        let clean = typeset(text);
        let (source, original) = (Source::new(&pages), Source::new(&clean));
        for paragraph in text {
            let words: Vec<&str> = paragraph.split(' ').collect();
            if words.len() < 12 {
                continue;
            }
            let len = (12 + dice.roll(12)).min(words.len());
            let start = dice.roll(words.len() - len + 1);
            let quote = &words[start..start + len];
            let verbatim = quote.join(" ");
            n_true += 1;
            let checked = source.verify(&verbatim, None);
            let meant = original.verify(&verbatim, None);
            let pages_of = |checked: &Checked| -> Vec<PageNo> {
                checked.places.iter().map(|place| place.page).collect()
            };
            let is_known = checked.passes() || checked.verdict == Verdict::OcrLike;
            if is_known && pages_of(&checked).iter().any(|page| pages_of(&meant).contains(page)) {
                n_found += 1;
            } else {
                missed.push(format!("{verbatim}\n  {checked:?}"));
            }
            for mutant in mutants(quote, &[], &mut dice).into_iter().filter(|one| !one.may_pass) {
                let verdict = source.verify(&mutant.text, None).verdict;
                let stands = original.verify(&mutant.text, None).passes();
                n_mutants += 1;
                assert!(stands || !verdict.passes(), "{}: {}", mutant.kind, mutant.text);
                let is_grave =
                    !matches!(mutant.kind, "word" | "exchanged" | "added" | "dropped-many");
                assert!(stands || !is_grave || verdict != Verdict::OcrLike, "{}", mutant.text);
            }
        }
    }
    println!("scans: true {n_found}/{n_true}, changed {n_mutants}, 0 passed");
    assert!(n_found * 100 >= n_true * 99, "{n_found} of {n_true}:\n{}", first(&missed));
}

/// Real documents beside the project: judgments, reports and news as they were read, page breaks,
/// hyphens and OCR with them. Where they are not there, the test says so and passes.
pub(crate) fn changed_quotations_of_real_documents(read: &dyn Fn(&Path) -> Option<Vec<Page>>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folders =
        ["ihc", "lhc", "us_courts", "parliament", "reports", "news_html", "urdu", "ocr", "seeds"];
    if !root.is_dir() {
        println!("real documents: not measured, no {}", root.display());
        return;
    }
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let mut here: Vec<PathBuf> = walkdir::WalkDir::new(root.join(folder))
            .into_iter()
            .filter_map(Result::ok)
            .map(|entry| entry.path().to_owned())
            .filter(|path| path.extension().is_some_and(|end| end == "pdf" || end == "html"))
            .filter(|path| path.metadata().is_ok_and(|meta| meta.len() < 1_500_000))
            .collect();
        here.sort();
        // Some of each folder, spread evenly.
        let step = here.len().div_ceil(14).max(1);
        files.extend(here.into_iter().step_by(step));
    }
    let mut dice = Dice(20_260_511);
    let mut outcome = Outcome::default();
    let mut n_documents = 0;
    let mut n_over_pages = 0;
    let mut n_of_scans = 0;
    let mut other: Vec<String> = GENERATED[0].split(' ').map(str::to_owned).collect();
    for path in &files {
        let Some(pages) = read(path) else { continue };
        // The quotations are taken out of the running text over its page breaks.
        let stream = Stream::of_pages(&pages);
        let n_words = stream.words.len();
        if n_words < 200 {
            continue;
        }
        n_documents += 1;
        let source = Source::new(&pages);
        let whole: String = letters(&stream.raw(0..n_words));
        for round in 0..10 {
            let len = 8 + dice.roll(18);
            // Every other quotation lies over the end of a page, where the document has several.
            let breaks: Vec<usize> = (1..n_words)
                .filter(|&at| {
                    let page = |at: usize| stream.part(&stream.words[at]).page_idx;
                    page(at - 1) + 1 == page(at)
                })
                .collect();
            let start = if round % 2 == 1 && !breaks.is_empty() {
                breaks[dice.roll(breaks.len())].saturating_sub(len / 2)
            } else {
                dice.roll(n_words - len)
            };
            // Words are taken whole: `15-day` is two in the stream.
            let is_cut = |at: usize| {
                at > 0 && stream.gap(at - 1).is_some_and(|gap| !gap.contains(char::is_whitespace))
            };
            let start = (start..n_words).find(|&at| !is_cut(at)).unwrap_or(start);
            let end = (start + len).min(n_words);
            let end = (end..n_words).find(|&at| !is_cut(at)).unwrap_or(n_words);
            if stream.is_broken(start + 1, end - 1) {
                continue;
            }
            let text = clean_quote(&stream.raw(start..end));
            let words: Vec<&str> = text.split_whitespace().collect();
            // Text that a quotation cannot be told in: signs of tables, marks of a writer's own.
            if words.len() < 8
                || text.contains(['[', ']', '…', '*', '█', '|'])
                || text.contains("...")
                || text.contains(". .")
            {
                continue;
            }
            let page = |at: usize| stream.part(&stream.words[at]).page_idx;
            n_over_pages += usize::from(page(start) != page(end - 1));
            n_of_scans += usize::from(matches!(
                pages[page(start)].origin,
                PageOrigin::Ocr | PageOrigin::OcrLayer
            ));
            let others: Vec<&str> = other.iter().map(String::as_str).collect();
            outcome.take(&source, &pages, &words, &others, &whole, &mut dice);
            other = words.iter().map(|word| (*word).to_owned()).collect();
        }
    }
    println!(
        "{n_documents} documents, {n_over_pages} quotations over a page break, {n_of_scans} of OCR text"
    );
    outcome.report("real documents", 1_000);
}

/// Types a stretch of a source as a writer does: line breaks are spaces, hyphens of lines go.
fn clean_quote(text: &str) -> String {
    let text = text.replace("-\n", "").replace('\u{AD}', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first(all: &[String]) -> String {
    all.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
}

/// Tells whether the place's own words on its pages begin and end as the quotation does.
fn on_pages(pages: &[Page], place: &Place, quote: &str) -> bool {
    let mut printed = String::new();
    for (number, span) in &place.spans {
        let text = &pages[number.idx()].text[span.clone()];
        printed.push_str(text);
        printed.push(' ');
    }
    letters(&printed) == letters(quote)
}
