//! Citation keys: `ihc-2024-wp-1805`, `pld-1998-sc-388`, `peca-2016`.
//!
//! A key holds `a-z`, `0-9` and hyphens, 64 at most. It depends on the corpus alone: where two works
//! would share one, *all* of them are told apart, and the bare key then names none of them.

use std::collections::BTreeMap;

use super::number::LawReport;
use super::work::{Case, Detail, Work};
use crate::model::{Date, Kind, SourceId, court};

/// The longest key, in bytes.
pub const MAX_BYTES: usize = 64;

/// What a work brings to the assigning of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseKey {
    /// The source.
    pub id: SourceId,
    /// The key, as long as no other work wants it too.
    pub key: String,
    /// Whether a person chose it.
    pub chosen: bool,
    /// `MMDD` of the work's date, where its day is known.
    pub month_day: Option<String>,
}

/// Returns the keys of a whole corpus, by source.
pub fn assign_keys(works: &[Work]) -> BTreeMap<SourceId, String> {
    let bases: Vec<BaseKey> = works.iter().map(base_key).collect();
    assign(&bases)
}

/// Returns the keys for `bases`: the order of the input does not matter.
pub fn assign(bases: &[BaseKey]) -> BTreeMap<SourceId, String> {
    let mut keys: BTreeMap<SourceId, String> = BTreeMap::new();
    for sharing in group_by(bases, |base| base.key.clone()).into_values() {
        let (chosen, derived): (Vec<_>, Vec<_>) = sharing.into_iter().partition(|base| base.chosen);
        let alone = |bases: &[&BaseKey]| bases.iter().all(|base| base.id == bases[0].id);
        let chosen_ok = !chosen.is_empty() && alone(&chosen);
        for base in &chosen {
            let key = if chosen_ok { base.key.clone() } else { with_hash(&base.key, base.id) };
            keys.insert(base.id, key);
        }
        if chosen.is_empty() && !derived.is_empty() && alone(&derived) {
            keys.insert(derived[0].id, derived[0].key.clone());
            continue;
        }
        let derived: Vec<BaseKey> = derived.into_iter().map(with_day).collect();
        for sharing in group_by(&derived, |base| base.key.clone()).into_values() {
            for base in &sharing {
                let is_clear = sharing.len() == 1 && base.month_day.is_some();
                let key = if is_clear { base.key.clone() } else { with_hash(&base.key, base.id) };
                keys.insert(base.id, key);
            }
        }
    }
    keys
}

/// Returns the bare keys that several works would share, with these works, for the message
/// "`key` is ambiguous". A key that a person chose for one work is never ambiguous.
pub fn ambiguous(bases: &[BaseKey]) -> BTreeMap<String, Vec<SourceId>> {
    let groups = group_by(bases, |base| base.key.clone());
    let mut shared = BTreeMap::new();
    for (key, sharing) in groups {
        if sharing.iter().filter(|base| base.chosen).count() == 1 {
            continue;
        }
        let mut ids: Vec<SourceId> = sharing.iter().map(|base| base.id).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() > 1 {
            shared.insert(key, ids);
        }
    }
    shared
}

/// Returns the key that a work would have alone in a corpus, and what tells it from others.
pub fn base_key(work: &Work) -> BaseKey {
    let day = work.date.map(|date| date.value);
    let month_day = day.and_then(|day| Some(format!("{:02}{:02}", day.month()?, day.day()?)));
    let chosen = work.chosen_key.as_deref().filter(|key| is_key(key));
    let key = chosen.map_or_else(|| derived_key(work), str::to_owned);
    BaseKey { id: work.id, key, chosen: chosen.is_some(), month_day }
}

/// Tells whether a text has the form of a key.
pub fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_BYTES
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Returns the key by the rules of the work's kind, or `u-` and 8 hex digits of the id.
fn derived_key(work: &Work) -> String {
    let date = work.date.map(|date| date.value);
    let year = date.map(|date| date.year().to_string());
    let title = work.short_title.as_deref().or(work.title.as_deref());
    let parts: Vec<String> = match &work.detail {
        Detail::Case(case) => case_parts(case, work, date),
        Detail::Statute(statute) => {
            let name = work.short_title.as_deref().or(statute.name.as_deref());
            let (name, _) = super::work::without_year(name.unwrap_or_default());
            vec![
                slug(&name),
                statute.year.map(|year| year.to_string()).or(year).unwrap_or_default(),
            ]
        }
        Detail::Instrument(instrument) => match &instrument.number {
            Some(number) => vec![slug(&number.replace('.', ""))],
            None => vec![slug(title.unwrap_or_default()), year.unwrap_or_default()],
        },
        Detail::Treaty(treaty) => vec![
            slug(title.unwrap_or_default()),
            treaty.adopted.map(|date| date.year().to_string()).or(year).unwrap_or_default(),
        ],
        Detail::UnDocument(document) => match &document.symbol {
            Some(symbol) => vec!["un".to_owned(), slug(symbol)],
            None => vec!["un".to_owned(), year.unwrap_or_default(), first_word(title)],
        },
        Detail::Report(report) => {
            let body = report.authors.first().map(String::as_str).or(work.publisher.as_deref());
            match &report.number {
                Some(number) => vec![body_slug(body), index_slug(number)],
                None => {
                    let body = body_slug(body);
                    let word = first_word_but(title, &body);
                    vec![body, year.unwrap_or_default(), word]
                }
            }
        }
        Detail::Published(published) => {
            let outlet = published.outlet.as_deref().or(work.publisher.as_deref());
            let author = published.authors.first().map(String::as_str);
            let (who, when) = if work.kind == Kind::News {
                (outlet_slug(outlet), date.map(|date| date.to_string()))
            } else {
                (body_slug(author.or(outlet)), year)
            };
            let word = first_word_but(title, &who);
            vec![who, when.unwrap_or_default(), word]
        }
        Detail::Filed(filed) => {
            let who = filed.authors.first().or(filed.court.as_ref()).map(String::as_str);
            let what = filed.numbers.first().map_or_else(|| first_word(title), |n| slug(n));
            vec![body_slug(who), year.unwrap_or_default(), what]
        }
    };
    let key =
        cut(&parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("-"));
    // A year alone names nothing.
    if key.bytes().any(|byte| byte.is_ascii_lowercase()) {
        key
    } else {
        format!("u-{}", work.id.short(8))
    }
}

/// Returns `pld 1998 sc 388`, else `court year type no`.
fn case_parts(case: &Case, work: &Work, date: Option<Date>) -> Vec<String> {
    if let Some(LawReport { series, year, court, volume, page, .. }) = case.parsed_report() {
        return vec![
            slug(&series.replace('.', "")),
            year.to_string(),
            slug(&volume.unwrap_or_default()),
            slug(&court.unwrap_or_default().replace('.', "")),
            slug(&page),
        ];
    }
    let court = case.court_id.map(str::to_owned);
    let court = court.unwrap_or_else(|| court_slug(case.court.as_deref().unwrap_or_default()));
    let of_order = date.map(|date| date.year().to_string());
    match (case.parsed_number(), case.numbers.first()) {
        (Some(number), _) => vec![
            court,
            of_order.unwrap_or_else(|| number.year.to_string()),
            number.type_id().to_owned(),
            slug(&number.number),
        ],
        (None, Some(number)) => {
            vec![court, of_order.unwrap_or_default(), slug(&number.replace('.', ""))]
        }
        (None, None) => {
            let name = case.short_name().or_else(|| work.title.clone()).unwrap_or_default();
            vec![court, of_order.unwrap_or_default(), slug(&name)]
        }
    }
}

/// Returns a short name of a court without an id, so that the number behind it is never cut off:
/// `ca1` for the United States Court of Appeals for the First Circuit.
fn court_slug(name: &str) -> String {
    const CIRCUITS: [(&str, &str); 13] = [
        ("first", "ca1"),
        ("second", "ca2"),
        ("third", "ca3"),
        ("fourth", "ca4"),
        ("fifth", "ca5"),
        ("sixth", "ca6"),
        ("seventh", "ca7"),
        ("eighth", "ca8"),
        ("ninth", "ca9"),
        ("tenth", "ca10"),
        ("eleventh", "ca11"),
        ("district of columbia", "cadc"),
        ("federal", "cafc"),
    ];
    let lower = name.trim().to_lowercase();
    let circuit = lower.strip_suffix(" circuit").filter(|all| all.contains("court of appeals"));
    let short = circuit.and_then(|all| {
        CIRCUITS.iter().find(|(word, _)| all.strip_suffix(word).is_some_and(|t| t.ends_with(' ')))
    });
    short.map_or_else(|| body_slug(Some(name)), |(_, short)| (*short).to_owned())
}

/// Returns letters and digits of `text`, the rest as single hyphens; Urdu is transliterated.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            // An apostrophe divides no word.
            '\'' | '’' => {}
            _ => match letters(c) {
                Some(letters) => out.push_str(letters),
                None if out.ends_with('-') || out.is_empty() => {}
                None => out.push('-'),
            },
        }
    }
    cut(&out)
}

/// Returns the Latin letters for an Urdu or accented one; `None`: it divides words.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ا' | 'أ' | 'إ' | 'ٱ' | 'ع' | 'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => "a",
        'آ' => "aa",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ٹ' | 'ط' | 'ة' | 'ۃ' => "t",
        'ث' | 'س' | 'ص' | 'š' => "s",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ہ' | 'ھ' | 'ه' | 'ۂ' | 'ۀ' | 'ە' => "h",
        'خ' => "kh",
        'د' | 'ڈ' => "d",
        'ذ' | 'ز' | 'ض' | 'ظ' => "z",
        'ر' | 'ڑ' => "r",
        'ژ' => "zh",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ک' | 'ك' | 'ڪ' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' | 'ں' | 'ñ' => "n",
        'و' | 'ؤ' | 'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ō' => "o",
        'ی' | 'ي' | 'ى' | 'ئ' | 'í' | 'ì' | 'î' | 'ï' | 'ī' => "i",
        'ے' | 'ۓ' | 'é' | 'è' | 'ê' | 'ë' | 'ē' => "e",
        'ú' | 'ù' | 'û' | 'ü' | 'ū' => "u",
        'ç' => "c",
        '۰' | '٠' => "0",
        '۱' | '١' => "1",
        '۲' | '٢' => "2",
        '۳' | '٣' => "3",
        '۴' | '٤' => "4",
        '۵' | '٥' => "5",
        '۶' | '٦' => "6",
        '۷' | '٧' => "7",
        '۸' | '٨' => "8",
        '۹' | '٩' => "9",
        // Marks on letters: they go without dividing a word.
        'ء' | '\u{64B}'..='\u{655}' | '\u{670}' | '\u{640}' | '\u{300}'..='\u{36F}' => "",
        _ => return None,
    })
}

/// Returns what a body is called in a key: its acronym where the name has one in brackets, the short
/// name of a well-known one or of a court, else the words that say something: `citizen-lab`.
fn body_slug(body: Option<&str>) -> String {
    let body = body.unwrap_or_default();
    if let Some(acronym) = acronym_in(body) {
        return slug(acronym);
    }
    let all = slug(body);
    if let Some((_, short)) = WELL_KNOWN.iter().find(|(name, _)| *name == all) {
        return (*short).to_owned();
    }
    if let Some(court) = court::COURTS.iter().find(|court| court.name.eq_ignore_ascii_case(body)) {
        return court.id.to_owned();
    }
    let mut words = String::new();
    for word in all.split('-').filter(|word| !word.is_empty() && !SMALL_WORDS.contains(word)) {
        if !words.is_empty() && words.len() + 1 + word.len() > MAX_BODY_BYTES {
            break;
        }
        if !words.is_empty() {
            words.push('-');
        }
        words.push_str(word);
    }
    words
}

/// Bodies that everybody calls by a shorter name, as slugs.
const WELL_KNOWN: &[(&str, &str)] = &[
    ("amnesty-international", "amnesty"),
    ("human-rights-watch", "hrw"),
    ("digital-rights-foundation", "drf"),
    ("digital-rights-monitor", "drm"),
    ("electronic-frontier-foundation", "eff"),
    ("human-rights-commission-of-pakistan", "hrcp"),
    ("international-commission-of-jurists", "icj"),
    ("pakistan-telecommunication-authority", "pta"),
    ("office-of-the-united-nations-high-commissioner-for-human-rights", "ohchr"),
];

/// Words that say nothing in a name or at the beginning of a title.
const SMALL_WORDS: &[&str] = &["the", "a", "an", "of", "on", "in", "to", "and", "for", "by"];

/// The longest name of a body in a key, in bytes, but for a longer first word.
const MAX_BODY_BYTES: usize = 24;

/// Returns the acronym that stands in brackets after a name: `Digital Rights Foundation (DRF)`.
fn acronym_in(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once('(')?;
    let (inner, _) = rest.split_once(')')?;
    let is_short = (2..=8).contains(&inner.len());
    (is_short && inner.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(inner)
}

/// Returns an outlet's name, or its initials from three words on: `business-recorder`, `drm`.
fn outlet_slug(outlet: Option<&str>) -> String {
    let all = slug(outlet.unwrap_or_default());
    let words: Vec<&str> = all.split('-').filter(|word| !matches!(*word, "the" | "")).collect();
    if words.len() >= 3 {
        words.iter().filter_map(|word| word.get(..1)).collect()
    } else {
        words.join("-")
    }
}

/// Returns an index number with its series joined: `ASA 33/0206/2025` → `asa33-0206-2025`.
fn index_slug(number: &str) -> String {
    match number.split_once(' ') {
        Some((series, rest)) if series.chars().all(char::is_alphabetic) => {
            format!("{}{}", slug(series), slug(rest))
        }
        _ => slug(number),
    }
}

/// Returns the first word of a title that says something; with a single letter, or two of another
/// script, the next one too.
fn first_word(title: Option<&str>) -> String {
    first_word_but(title, "")
}

/// Returns the first word of a title that does not repeat the name of its author.
fn first_word_but(title: Option<&str>, who: &str) -> String {
    let all = slug(title.unwrap_or_default());
    let words = || {
        all.split('-').filter(|word| {
            !matches!(*word, "the" | "a" | "an" | "of" | "on" | "in" | "to" | "and" | "")
        })
    };
    let is_new = |word: &&str| !who.split('-').any(|known| known == *word);
    // A title of nothing but the author's name is better than none.
    let skip = words().position(|word| is_new(&word)).unwrap_or(0);
    let mut words = words().skip(skip);
    let is_foreign = title.is_some_and(|title| title.starts_with(|c: char| !c.is_ascii()));
    let first = words.next().unwrap_or_default();
    match words.next() {
        Some(next) if first.len() == 1 || first.len() == 2 && is_foreign => {
            format!("{first}-{next}")
        }
        _ => first.to_owned(),
    }
}

/// Cuts to the longest key, at a hyphen where one is near.
fn cut(text: &str) -> String {
    let text = text.trim_matches('-');
    if text.len() <= MAX_BYTES {
        return text.to_owned();
    }
    let head = text.get(..MAX_BYTES).unwrap_or(text);
    let end = head.rfind('-').filter(|&at| at > MAX_BYTES / 2).unwrap_or(head.len());
    head.get(..end).unwrap_or(head).trim_end_matches('-').to_owned()
}

/// Returns the base with the month and day of the work at the end of its key.
fn with_day(base: &BaseKey) -> BaseKey {
    let mut base = base.clone();
    if let Some(month_day) = &base.month_day {
        base.key = with_suffix(&base.key, month_day);
    }
    base
}

/// Returns the key with six hex digits of the id at its end.
fn with_hash(key: &str, id: SourceId) -> String {
    with_suffix(key, &id.short(6))
}

/// Returns `key-suffix`, the key cut so that all fits.
fn with_suffix(key: &str, suffix: &str) -> String {
    let room = MAX_BYTES - suffix.len() - 1;
    let head = key.get(..room.min(key.len())).unwrap_or(key).trim_end_matches('-');
    format!("{head}-{suffix}")
}

/// Groups the bases by a key, in the order of the keys, each group ordered by source.
fn group_by(
    bases: &[BaseKey],
    key: impl Fn(&BaseKey) -> String,
) -> BTreeMap<String, Vec<&BaseKey>> {
    let mut groups: BTreeMap<String, Vec<&BaseKey>> = BTreeMap::new();
    for base in bases {
        groups.entry(key(base)).or_default().push(base);
    }
    for group in groups.values_mut() {
        group.sort_by_key(|base| base.id);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::work::tests as works;
    use super::*;
    use crate::model::RecordInput;
    use crate::model::record::OneOrMany;

    #[track_caller]
    fn check(work: &Work, expect: &str) {
        let key = base_key(work).key;
        assert_eq!(key, expect);
        assert!(is_key(&key));
    }

    #[test]
    fn keys_by_kind() {
        check(&works::order(), "ihc-2024-wp-1805");
        check(&works::reported(), "pld-1998-sc-388");
        check(&works::statute(), "peca-2016");
        check(&works::instrument(), "sro-1005-i-2024");
        check(&works::treaty(), "iccpr-1966");
        check(&works::un_document(), "un-a-hrc-41-35");
        check(&works::report(), "amnesty-asa33-0206-2025");
        check(&works::news(), "business-recorder-2024-08-20-sc");
    }

    #[test]
    fn bodies_are_shortened_so_that_they_are_known() {
        for (body, expect) in [
            ("Amnesty International", "amnesty"),
            ("The Citizen Lab", "citizen-lab"),
            ("Privacy International", "privacy-international"),
            ("Digital Rights Foundation (DRF)", "drf"),
            ("Bolo Bhi (Karachi)", "bolo-bhi-karachi"),
            ("US Bureau of Industry and Security", "us-bureau-industry"),
            ("Islamabad High Court", "ihc"),
            ("InterSecLab", "interseclab"),
            ("", ""),
        ] {
            assert_eq!(body_slug(Some(body)), expect, "{body}");
        }
        let mut work = works::report();
        work.title = Some("O Pakistan, We Stand on Guard for Thee".to_owned());
        if let Detail::Report(report) = &mut work.detail {
            report.authors = vec!["Citizen Lab".to_owned()];
            report.number = None;
        }
        check(&work, "citizen-lab-2025-o-pakistan");
    }

    #[test]
    fn courts_without_an_id_leave_room_for_the_number() {
        for (court, expect) in [
            ("United States Court of Appeals for the First Circuit", "ca1"),
            ("United States Court of Appeals for the District of Columbia Circuit", "cadc"),
            ("Supreme Court of North Carolina", "supreme-court-north"),
        ] {
            assert_eq!(court_slug(court), expect, "{court}");
        }
        assert_eq!(
            first_word_but(Some("Amnesty International Report 2007"), "amnesty"),
            "international"
        );
        assert_eq!(first_word(Some("پی ٹی اے کا جواب")), "pi-ti");
    }

    #[test]
    fn urdu_is_transliterated() {
        check(&works::urdu_news(), "roznamh-jng-2024-07-02-adalt");
        assert_eq!(slug("پیکا ۲۰۱۶"), "pika-2016");
    }

    #[test]
    fn a_work_without_words_is_named_by_its_bytes() {
        let work = Work::from_record(SourceId([0xAB; 32]), &crate::model::Record::default());
        check(&work, "u-abababab");
    }

    #[test]
    fn keys_of_every_type_of_number() {
        for (number, expect) in [
            ("W.P. No. 1805/2023", "ihc-2024-wp-1805"),
            ("Writ Petition Nos. 1805 and 2758 of 2023", "ihc-2024-wp-1805-2758"),
            ("C.P. No. 12/2024", "ihc-2024-cp-12"),
            ("C.P.L.A. No. 34/2024", "ihc-2024-cpla-34"),
            ("Civil Petition No. 3597-L of 2023", "ihc-2024-cp-3597-l"),
            ("C.A. No. 977/2018", "ihc-2024-ca-977"),
            ("Crl. A. No. 5/2020", "ihc-2024-crl-a-5"),
            ("Crl. Misc. No. 123-B/2023", "ihc-2024-crl-misc-123-b"),
            ("Crl. Rev. No. 7/2019", "ihc-2024-crl-rev-7"),
            ("Crl. Org. No. 8/2019", "ihc-2024-crl-org-8"),
            ("C.M. No. 3816/2023", "ihc-2024-cm-3816"),
            ("C.M.A. No. 3658 of 2019", "ihc-2024-cma-3658"),
            ("C. R. No. 174-D of 2009", "ihc-2024-cr-174-d"),
            ("I.C.A. 45 of 2019", "ihc-2024-ica-45"),
            ("Const. P. 77 of 1996", "ihc-2024-const-p-77"),
            ("Constitution Petition No.D-1234 of 2019", "ihc-2024-const-p-d-1234"),
            ("H.R.C. No. 3654/2018", "ihc-2024-hrc-3654"),
            ("Suo Motu Case No. 11 of 2011", "ihc-2024-smc-11"),
            ("R.F.A. No. 9/2016", "ihc-2024-rfa-9"),
            ("F.A.O. No. 42/2016", "ihc-2024-fao-42"),
            ("R.S.A. No. 3/2015", "ihc-2024-rsa-3"),
            ("E.F.A. No. 6/2015", "ihc-2024-efa-6"),
            ("I.T.R. No. 21/2012", "ihc-2024-itr-21"),
            ("J.P. No. 4/2017", "ihc-2024-jp-4"),
            ("T.A. No. 2/2013", "ihc-2024-ta-2"),
            ("C.O. No. 15/2014", "ihc-2024-co-15"),
        ] {
            let work = works::work(
                0xEE,
                RecordInput {
                    kind: Some(Kind::Order),
                    court: Some("ihc".to_owned()),
                    petitioner: Some(OneOrMany::One("Asha Nobody".to_owned())),
                    numbers: Some(OneOrMany::One(number.to_owned())),
                    date: "2024-06-25".parse().ok(),
                    ..RecordInput::default()
                },
            );
            check(&work, expect);
            assert!(is_key(expect));
        }
    }

    #[test]
    fn all_who_share_a_key_are_told_apart() {
        let mut works = vec![works::order(), works::order(), works::order()];
        works[1].id = SourceId([0x12; 32]);
        works[1].date.as_mut().unwrap().value = "2024-05-29".parse().unwrap();
        works[2].id = SourceId([0x13; 32]);
        let keys: Vec<String> = assign_keys(&works).into_values().collect();
        assert_eq!(
            keys,
            [
                "ihc-2024-wp-1805-0625-111111",
                "ihc-2024-wp-1805-0529",
                "ihc-2024-wp-1805-0625-131313"
            ]
        );
        works.reverse();
        assert_eq!(assign_keys(&works).into_values().collect::<Vec<_>>(), keys);
        let bases: Vec<BaseKey> = works.iter().map(base_key).collect();
        assert_eq!(ambiguous(&bases)["ihc-2024-wp-1805"].len(), 3);
    }

    #[test]
    fn a_chosen_key_wins() {
        let mut works = vec![works::order(), works::order()];
        works[1].id = SourceId([0x12; 32]);
        works[1].chosen_key = Some("ihc-2024-wp-1805".to_owned());
        let keys = assign_keys(&works);
        assert_eq!(keys[&works[1].id], "ihc-2024-wp-1805");
        assert_eq!(keys[&works[0].id], "ihc-2024-wp-1805-0625");
        works[1].chosen_key = Some("No Key!".to_owned());
        assert_eq!(assign_keys(&works)[&works[1].id], "ihc-2024-wp-1805-0625-121212");
    }

    #[test]
    fn long_keys_are_cut_and_stay_keys() {
        let mut work = works::news();
        work.short_title = None;
        work.title = Some("x".repeat(200));
        let key = base_key(&work).key;
        assert!(is_key(&key), "{key}");
        assert!(is_key(&with_hash(&key, work.id)));
    }
}
