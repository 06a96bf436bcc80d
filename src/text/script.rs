//! Scripts, languages and directions, as far as a reader of this corpus needs to tell them apart.

use unicode_normalization::char::is_combining_mark;

use crate::model::Lang;

/// Tells whether `c` can stand inside a word or name: a letter, or a mark on one.
///
/// The stops and commas of Urdu (`،` `۔`) are none, though they stand in the Arabic block.
pub fn is_letter_or_mark(c: char) -> bool {
    c.is_alphabetic() || (!c.is_ascii() && is_combining_mark(c))
}

/// Tells whether `c` is a letter, mark, digit or sign of the Arabic blocks.
pub const fn is_arabic_script(c: char) -> bool {
    matches!(c,
        '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{0870}'..='\u{08FF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// The direction in which a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// Returns the value of HTML's `dir`.
    pub const fn html(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// Tells whether `c` is a letter of a script that runs from right to left.
pub fn is_rtl_letter(c: char) -> bool {
    (is_arabic_script(c) || matches!(c, '\u{0590}'..='\u{05FF}' | '\u{0700}'..='\u{074F}'))
        && c.is_alphabetic()
}

/// Tells whether the mark turns or holds apart the direction of what follows (UAX #9, explicit formatting).
pub const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Returns the direction of the first letter of `text`; `None` without letters.
pub fn first_direction(text: &str) -> Option<Direction> {
    let letter = text.chars().find(|c| c.is_alphabetic())?;
    Some(if is_rtl_letter(letter) { Direction::Rtl } else { Direction::Ltr })
}

/// Returns the direction that most letters of `text` have; left to right where there is none.
pub fn direction(text: &str) -> Direction {
    let (mut rtl, mut letters) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        rtl += usize::from(is_rtl_letter(c));
    }
    if rtl * 2 > letters { Direction::Rtl } else { Direction::Ltr }
}

/// How many characters are looked at; the language of a paragraph is plain long before.
const LOOKED_AT: usize = 4_000;

/// Returns the language of `text`, from its script first and small lists of words within it.
///
/// A text without letters is `Und`, one of another script too. Latin letters are English unless
/// their words are those of Urdu in Latin letters, or plainly of another language (`Und`).
pub fn lang_of(text: &str) -> Lang {
    let ascii = text.as_bytes().get(..text.len().min(LOOKED_AT)).unwrap_or_default();
    if ascii.is_ascii() {
        // Nearly every paragraph of an English text: letters are bytes.
        let has_letters = ascii.iter().any(u8::is_ascii_alphabetic);
        return if has_letters { latin_lang(text) } else { Lang::Und };
    }
    let mut counts = Counts::default();
    for c in text.chars().take(LOOKED_AT) {
        counts.add(c);
    }
    if counts.letters() == 0 {
        return Lang::Und;
    }
    if counts.other > counts.latin && counts.other > counts.arabic {
        return Lang::Und;
    }
    // Urdu pages are full of Latin names and numbers: a third of the letters is enough.
    if counts.arabic * 2 >= counts.latin {
        return arabic_lang(text, &counts);
    }
    latin_lang(text)
}

/// Returns the language of a text in Latin letters.
fn latin_lang(text: &str) -> Lang {
    if is_roman_urdu(text) {
        Lang::UrLatn
    } else if is_other_latin(text) {
        Lang::Und
    } else {
        Lang::En
    }
}

/// Small words of English that its neighbours lack.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "that", "for", "was", "by", "with", "is", "be", "it", "not", "this",
    "which",
];

/// Small words of German, French, Spanish, Italian, Portuguese, Dutch, Turkish and Indonesian that
/// English lacks.
const OTHER_LATIN: &[&str] = &[
    "der", "das", "und", "nicht", "ist", "mit", "von", "dem", "eine", "einen", "auf", "für",
    "wird", "werden", "sich", "dass", "zu", "le", "la", "les", "des", "est", "dans", "une", "et",
    "que", "qui", "pour", "sur", "du", "aux", "ont", "el", "los", "las", "del", "por", "una",
    "para", "con", "y", "il", "che", "di", "della", "per", "non", "sono", "gli", "não", "uma",
    "os", "das", "dos", "em", "um", "het", "een", "van", "niet", "voor", "zijn", "ve", "bir",
    "için", "ile", "olarak", "yang", "dan", "untuk", "dengan",
];

/// No word of these lists has more bytes.
const LONGEST_SMALL: usize = 6;

/// Tells whether a text is of another language with Latin letters: its small words are, and those of
/// English are missing. Names and maxims inside English (`Juan de la Cruz`, *res judicata*) are few.
fn is_other_latin(text: &str) -> bool {
    // Nearly every paragraph of English says so at once.
    if memchr::memmem::find(text.as_bytes(), b" the ").is_some() {
        return false;
    }
    let (mut words, mut english, mut other) = (0_usize, 0_usize, 0_usize);
    let mut different = Vec::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(200) {
        words += 1;
        // Most words are longer than any of the lists.
        if word.len() > LONGEST_SMALL && word.is_ascii() {
            continue;
        }
        let small = word.to_lowercase();
        english += usize::from(ENGLISH.contains(&small.as_str()));
        // Names have such words too: `Los Angeles`.
        if words > 1 && word.starts_with(char::is_uppercase) {
            continue;
        }
        if let Some(at) = OTHER_LATIN.iter().position(|known| *known == small) {
            other += 1;
            if !different.contains(&at) {
                different.push(at);
            }
        }
    }
    words >= 8 && different.len() >= 2 && other * 5 >= words && english * 4 <= other
}

#[derive(Default)]
struct Counts {
    latin: usize,
    arabic: usize,
    other: usize,
    /// Letters that Urdu alone has (ٹ ڈ ڑ ں ے ہ ھ ۓ ۂ).
    urdu: usize,
    /// Letters that Sindhi alone has.
    sindhi: usize,
    /// Letters of Persian (and Urdu) that Arabic lacks.
    persian: usize,
    /// Letters as Arabic encodes them.
    arabic_only: usize,
}

impl Counts {
    fn add(&mut self, c: char) {
        if c.is_ascii() {
            self.latin += usize::from(c.is_ascii_alphabetic());
        } else if is_arabic_script(c) {
            if !c.is_alphabetic() {
                return;
            }
            self.arabic += 1;
            match c {
                'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' | 'ۓ' | 'ہ' | 'ۂ' => self.urdu += 1,
                'ڪ' | 'ٻ' | 'ڳ' | 'ڄ' | 'ڃ' | 'ڇ' | 'ڏ' | 'ڌ' | 'ڍ' | 'ٿ' | 'ٺ' | 'ٽ' | 'ڦ'
                | 'ڙ' | 'ڻ' | 'ڱ' | 'ڀ' => self.sindhi += 1,
                'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => self.persian += 1,
                'ي' | 'ك' | 'ة' | 'ى' | 'أ' | 'إ' => self.arabic_only += 1,
                _ => {}
            }
        } else if c.is_alphabetic() {
            if matches!(c, '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FB00}'..='\u{FB06}')
            {
                self.latin += 1;
            } else {
                self.other += 1;
            }
        }
    }

    const fn letters(&self) -> usize {
        self.latin + self.arabic + self.other
    }
}

fn arabic_lang(text: &str, counts: &Counts) -> Lang {
    if counts.sindhi > 0 && counts.sindhi * 2 >= counts.urdu {
        return Lang::Sd;
    }
    if counts.urdu > 0 && counts.urdu * 60 >= counts.arabic {
        return Lang::Ur;
    }
    let mut score = [0_i32; 4];
    let words = text.split(|c: char| !is_letter_or_mark(c)).filter(|word| !word.is_empty());
    let (mut n_words, mut is_persian) = (0_usize, false);
    for word in words.take(1_000) {
        n_words += 1;
        is_persian |= PERSIAN_ALONE.contains(&word);
        let lists = [URDU_WORDS, ARABIC_WORDS, PERSIAN_WORDS, SINDHI_WORDS];
        for (points, list) in score.iter_mut().zip(lists) {
            *points += i32::from(list.contains(&word));
        }
    }
    let [urdu, arabic, persian, sindhi] = score;
    if sindhi >= 2 && sindhi > urdu.max(arabic).max(persian) {
        return Lang::Sd;
    }
    // Persian is written with the letters of Arabic keyboards, too.
    let persian = persian.max(i32::from(is_persian));
    let arabic = arabic + i32::from(!is_persian && counts.arabic_only * 8 > counts.arabic);
    // Names and captions without any telling word are taken for the corpus's own language.
    if arabic > urdu && arabic >= persian {
        Lang::Ar
    } else if persian > urdu {
        Lang::Fa
    } else if counts.urdu == 0 && counts.arabic_only > counts.persian {
        Lang::Ar
    } else if counts.urdu == 0 && urdu == 0 && counts.persian > 0 && n_words >= MIN_PERSIAN_WORDS {
        Lang::Fa
    } else {
        Lang::Ur
    }
}

/// Words of Urdu that stand in short texts without one of its own letters.
const URDU_WORDS: &[&str] = &["اور", "کو", "کی", "کا", "پر", "سے", "نے", "کہ", "تھا", "جو", "اس"];

/// Words of Sindhi that no neighbour has, for sentences without one of its own letters.
const SINDHI_WORDS: &[&str] =
    &["آهي", "آهن", "جي", "جا", "ته", "سان", "مان", "هي", "هو", "کي", "هئي", "هئا"];

const ARABIC_WORDS: &[&str] = &[
    "في", "من", "على", "إلى", "عن", "أن", "إن", "التي", "الذي", "هذا", "هذه", "ذلك", "كان", "قد",
    "لا", "ما", "مع", "بعد", "بين", "وقد", "فى", "الى", "على", "كما", "ولا",
];

/// Words from which a text without a letter or word of Urdu is no name or caption of it.
const MIN_PERSIAN_WORDS: usize = 8;

/// Words of Persian that Arabic lacks, in both ways of writing them.
const PERSIAN_ALONE: &[&str] =
    &["است", "را", "این", "اين", "که", "كه", "از", "شده", "می", "مى", "شود"];

const PERSIAN_WORDS: &[&str] = &[
    "است", "را", "این", "آن", "که", "از", "به", "در", "می", "شد", "شده", "برای", "های", "بود",
    "کرد", "خود", "یک", "تا", "نمی", "ها", "هم", "باید", "اند", "شود",
];

/// Words of Urdu in Latin letters that English lacks, in their usual spellings; sorted.
const ROMAN_URDU: &[&str] = &[
    "aap",
    "abhi",
    "adalat",
    "agar",
    "apna",
    "apne",
    "apni",
    "aur",
    "bhi",
    "chahiye",
    "darkhwast",
    "faisla",
    "gaya",
    "gaye",
    "gayi",
    "hai",
    "hain",
    "hoga",
    "hogi",
    "hua",
    "hue",
    "hui",
    "hukumat",
    "hum",
    "jab",
    "ka",
    "kar",
    "karna",
    "karne",
    "karta",
    "karte",
    "ke",
    "khilaf",
    "ki",
    "kisi",
    "kiya",
    "ko",
    "koi",
    "kuch",
    "kya",
    "kyun",
    "kyunke",
    "lekin",
    "liye",
    "magar",
    "mein",
    "nahi",
    "nahin",
    "ne",
    "phir",
    "raha",
    "rahe",
    "rahi",
    "sakta",
    "sakte",
    "se",
    "sirf",
    "tak",
    "tha",
    "thay",
    "thi",
    "unka",
    "unki",
    "uska",
    "uski",
    "wala",
    "wale",
    "wali",
    "woh",
    "ye",
    "yeh",
];

/// The bytes of the longest of [`ROMAN_URDU`].
const LONGEST_ROMAN_URDU: usize = 9;

/// For each first letter the lengths of its words in [`ROMAN_URDU`], a bit each: most English words
/// are told apart by these two alone.
const ROMAN_LENGTHS: [u16; 26] = {
    let mut lengths = [0; 26];
    let mut at = 0;
    while at < ROMAN_URDU.len() {
        let word = ROMAN_URDU[at].as_bytes();
        lengths[(word[0] - b'a') as usize] |= 1 << word.len();
        at += 1;
    }
    lengths
};

/// For each first letter where its words begin in [`ROMAN_URDU`], which is sorted.
const ROMAN_STARTS: [usize; 27] = {
    let mut starts = [ROMAN_URDU.len(); 27];
    let mut at = ROMAN_URDU.len();
    let mut letter = 26;
    while letter > 0 {
        letter -= 1;
        while at > 0 && (ROMAN_URDU[at - 1].as_bytes()[0] - b'a') as usize >= letter {
            at -= 1;
        }
        starts[letter] = at;
    }
    starts
};

fn is_roman_urdu(text: &str) -> bool {
    let (mut words, mut urdu) = (0_usize, 0_usize);
    let mut different = Vec::new();
    let runs = text.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
    for word in runs.filter(|word| !word.is_empty()).take(400) {
        // Plain English shows itself early.
        if words >= 40 && urdu * 8 < words {
            return false;
        }
        words += 1;
        // Inside a sentence capitals make a name of a word: `Ke Ko Street`.
        if words > 1 && word.first().is_some_and(u8::is_ascii_uppercase) {
            continue;
        }
        let first = word.first().map_or(0, u8::to_ascii_lowercase);
        let lengths = ROMAN_LENGTHS.get(usize::from(first.wrapping_sub(b'a')));
        if lengths.is_none_or(|lengths| lengths >> word.len().min(15) & 1 == 0) {
            continue;
        }
        let mut small = [0; LONGEST_ROMAN_URDU];
        let Some(small) = small.get_mut(..word.len()) else { continue };
        small.copy_from_slice(word);
        small.make_ascii_lowercase();
        let letter = usize::from(first.wrapping_sub(b'a'));
        let starts = ROMAN_STARTS.get(letter).zip(ROMAN_STARTS.get(letter + 1));
        let range = starts.map_or(0..0, |(&start, &end)| start..end);
        let same_letter = ROMAN_URDU.get(range.clone()).unwrap_or_default();
        if let Some(at) = same_letter.iter().position(|known| known.as_bytes() == small) {
            let idx = range.start + at;
            urdu += 1;
            if !different.contains(&idx) {
                different.push(idx);
            }
        }
    }
    // One word in four, and more than one word said again and again.
    different.len() >= 3 && urdu * 4 >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Lang) {
        assert_eq!(lang_of(text), expect, "{text}");
    }

    #[test]
    fn no_small_word_is_longer_than_is_said() {
        let longest = ENGLISH.iter().chain(OTHER_LATIN).map(|word| word.len()).max();
        assert_eq!(longest, Some(LONGEST_SMALL));
    }

    #[test]
    fn the_words_can_be_searched() {
        assert!(ROMAN_URDU.is_sorted());
        assert_eq!(ROMAN_URDU.iter().map(|word| word.len()).max(), Some(LONGEST_ROMAN_URDU));
    }

    #[test]
    fn script_comes_first() {
        check("The Court held that the order stands.", Lang::En);
        check("", Lang::Und);
        check("2024 – 06 (%)", Lang::Und);
        check("Суд постановил", Lang::Und);
        check("Cour européenne", Lang::En);
    }

    #[test]
    fn letters_tell_urdu_from_its_neighbours() {
        check("عدالت نے پی ٹی اے سے جواب طلب کر لیا", Lang::Ur);
        check("چیئرمین PTA کو NCCIA اور LIMS کے بارے میں", Lang::Ur);
        check("پاڪستان جي ٻولي", Lang::Sd);
        check("قررت المحكمة في هذا الشأن أن تنظر إلى الدعوى", Lang::Ar);
        check("دادگاه این حکم را صادر کرد که در آن است", Lang::Fa);
        check("آئین پاکستان", Lang::Ur);
        // Persian typed on an Arabic keyboard, and without any telling word.
        check("تعارض احكام وظيفه فقيه است و همان اجراى قوانين و احكام شرعى", Lang::Fa);
        check("بازنگری کامل قانون اساسی با اصلاح اصول متعدد و افزودن فصل جدید", Lang::Fa);
        check("الحكم الذي صدر عنه أمس وبلغ إليه", Lang::Ar);
    }

    #[test]
    fn urdu_in_latin_letters_is_told_by_its_words() {
        check("adalat ne kaha ke yeh darkhwast qabil e samaat nahi hai", Lang::UrLatn);
        check("Mr Ko, Ms Ka and the others went to Kar in May and stayed there", Lang::En);
        check("the order is here and it stands for all of us", Lang::En);
    }

    #[test]
    fn other_languages_in_latin_letters_are_told_by_their_words() {
        check(
            "Das Gericht hat die Klage abgewiesen und die Kosten dem Kläger auferlegt.",
            Lang::Und,
        );
        check(
            "La cour a dit que les données des abonnés ne sont pas protégées par la loi.",
            Lang::Und,
        );
        check(
            "El tribunal ordenó que los datos de la empresa se entreguen por una orden.",
            Lang::Und,
        );
        check(
            "Juan de la Cruz and Maria del Carmen v. Los Angeles County, Las Vegas, per curiam",
            Lang::En,
        );
        check(
            "Cases on res judicata, Van der Merwe, Du Plessis and De la Rey were cited at bar",
            Lang::En,
        );
        check("List of witnesses", Lang::En);
    }

    /// Sentences of our own, as they stand in orders, laws, reports and letters of five languages.
    const LABELLED: &[(Lang, &[&str])] = &[
        (
            Lang::En,
            &[
                "The petitioner has assailed the notification dated 8 July 2024.",
                "Let notice be issued to the respondents for the next date.",
                "Order accordingly.",
                "Mr. Kashif Ali Malik, Advocate for the petitioner.",
                "A. K. Brohi, Kar Sar, Ke Ko Mein Street, Karachi",
                "Writ Petition No. 1805 of 2023",
                "Section 54 of the Pakistan Telecommunication (Re-organization) Act, 1996",
                "Present: Babar Sattar, J.",
                "He said: «ہم سنتے ہیں», and the hearing was adjourned to another day.",
                "The word نگرانی means surveillance in the order of the learned court.",
                "Tribunal de première instance, an expert of which was heard.",
                "Is it so? No. Not at all, se offendendo.",
            ],
        ),
        (
            Lang::Ur,
            &[
                "عدالت نے پی ٹی اے سے دو ہفتوں میں جواب طلب کر لیا۔",
                "درخواست گزار کے وکیل نے کہا کہ شہریوں کی نگرانی قانون کے خلاف ہے۔",
                "حکم جاری کیا گیا۔",
                "سپریم کورٹ آف پاکستان",
                "آئین کی دفعہ ۱۴",
                "مقدمہ نمبر ۱۸۰۵ سال ۲۰۲۳",
                "چیئرمین PTA اور سیکرٹری وزارت داخلہ کو LIMS کے بارے میں رپورٹ جمع کرانے کا حکم",
                "اسلام آباد ہائی کورٹ",
                "کیا فون سنا جا سکتا تھا؟",
                "بنام سرکار",
                "اس پر غور کیا جا رہا تھا",
                "جسٹس بابر ستار",
                "یہ بات اخبار کو بتائی گئی",
                "وزیر اعظم اور وفاقی کابینہ کا اجلاس",
            ],
        ),
        (
            Lang::Ar,
            &[
                "قررت المحكمة تأجيل النظر في الدعوى إلى الأسبوع القادم.",
                "لا يجوز تعريض أحد لتدخل تعسفي في خصوصياته",
                "المادة الثانية عشرة من الإعلان العالمي لحقوق الإنسان",
                "بسم الله الرحمن الرحيم",
                "وقال محامي المدعي إن المراقبة غير قانونية",
                "العهد الدولي الخاص بالحقوق المدنية والسياسية",
                "هذا هو الحكم الذي صدر عن المحكمة",
                "تونس في 3 جويلية 2011",
                "ولا تجسسوا ولا يغتب بعضكم بعضا",
                "منظمة العفو الدولية",
                "الحمد لله رب العالمين",
            ],
        ),
        (
            Lang::Fa,
            &[
                "دادگاه این درخواست را رد کرد.",
                "هیچ کس نباید در زندگی خصوصی خود مورد مداخله قرار گیرد",
                "این قانون برای همه شهروندان است",
                "وکیل گفت که شنود تلفن‌ها غیرقانونی بود",
                "در سال گذشته گزارشی از این سازمان منتشر شد",
                "ماده ۱۲ اعلامیه جهانی حقوق بشر می‌گوید",
                "آن‌ها می‌خواهند به خانه‌های خود برگردند",
                "رئیس قوه قضائیه ایران به این نامه پاسخ نداد",
                "بنی آدم اعضای یک پیکرند که در آفرینش ز یک گوهرند",
            ],
        ),
        (
            Lang::Sd,
            &[
                "سنڌ هاءِ ڪورٽ حڪم جاري ڪيو آهي.",
                "هي درخواست شهرين جي نگرانيءَ خلاف آهي",
                "ٻولي ۽ ثقافت کاتو",
                "وڪيل چيو ته اهو قانون جي خلاف آهي",
            ],
        ),
        (
            Lang::UrLatn,
            &[
                "adalat ne hukumat se do hafton mein jawab talab kar liya",
                "Yeh faisla shehriyon ke haq mein hai aur agencies ke khilaf",
                "hum ne kaha tha ke phone suna ja raha hai lekin kisi ne nahi maana",
                "Aap ki darkhwast par abhi koi faisla nahi hua",
                "PTA ka kehna hai ke LIMS ka istemal sirf qanoon ke mutabiq hota hai",
                "woh kya keh rahe hain, kuch samajh nahi aata",
            ],
        ),
        (
            Lang::Und,
            &["12.", "2024 – 06 (%)", "Верховный суд Российской Федерации", "最高法院", "* * *"],
        ),
    ];

    #[test]
    fn sentences_of_five_languages() {
        let mut wrong = Vec::new();
        let mut n = 0;
        for (lang, sentences) in LABELLED {
            for sentence in *sentences {
                n += 1;
                let found = lang_of(sentence);
                if found != *lang {
                    wrong.push(format!("{}, not {}: {sentence}", found.tag(), lang.tag()));
                }
            }
        }
        assert!(n >= 60);
        assert_eq!(wrong, [""; 0], "{} of {n} wrong", wrong.len());
    }

    #[test]
    fn directions() {
        assert_eq!(direction("عدالت PTA نے کہا"), Direction::Rtl);
        assert_eq!(direction("the word عدالت means court"), Direction::Ltr);
        assert_eq!(first_direction("(12) عدالت"), Some(Direction::Rtl));
        assert_eq!(first_direction("12."), None);
    }

    #[test]
    fn stops_are_no_letters() {
        for stop in ['،', '؛', '؟', '۔', '٪', '\u{200c}', '-'] {
            assert!(!is_letter_or_mark(stop), "{stop}");
        }
        for letter in ['ے', '\u{64e}', 'é', 'a', '\u{301}'] {
            assert!(is_letter_or_mark(letter));
        }
    }
}
