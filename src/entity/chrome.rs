//! What stands around a text and names nobody: addresses of the net, menus, buttons, invitations,
//! pointers to other stories, credits of pictures.

use super::evidence::words;
use crate::model::Span;

/// Tells whether the span is a part of an address of the net, which names nobody.
pub(super) fn is_in_address(text: &str, span: &Span) -> bool {
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | ',' | ';');
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.rfind(is_end).map_or(0, |at| at + 1);
    let after = text.get(span.end..).unwrap_or_default();
    let end = span.end + after.find(is_end).unwrap_or(after.len());
    let token = text.get(start..end).or_else(|| text.get(span.start..end)).unwrap_or_default();
    if token.len() == span.len() {
        return false;
    }
    if is_in_host(text, span) {
        return true;
    }
    // `spy[.]example[.]com`, as reports of spyware defuse their links.
    let lower = token.to_ascii_lowercase().replace("[.]", ".").replace("(.)", ".");
    lower.contains("://")
        || lower.starts_with("www.")
        || (lower.contains('@') && lower.contains('.'))
        || lower.trim_end_matches(['.', '/']).rsplit_once('.').is_some_and(|(name, ending)| {
            !name.is_empty()
                && ADDRESS_ENDINGS.contains(&ending.split('/').next().unwrap_or(ending))
        })
}

/// Tells whether the span is a label of a host or a part of a file's name: a point and a small letter
/// or `_` joins it to the next one. A sentence goes on with a capital.
fn is_in_host(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let point = |text: &str| {
        ["[.]", "(.)", ".", "_"]
            .into_iter()
            .find_map(|point| text.strip_prefix(point).map(str::to_owned))
    };
    let goes_on = point(after).is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
    });
    let joined = ["[.]", "(.)", ".", "_"].into_iter().any(|point| {
        before.strip_suffix(point).is_some_and(|rest| {
            rest.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
    });
    let name = text.get(span.clone()).unwrap_or_default();
    // A name that a lost blank joins to a sentence's end keeps its capital: `ended.PTA said`.
    let is_small = !name.starts_with(|c: char| c.is_uppercase());
    name.is_ascii() && (goes_on || joined && (is_small || before.ends_with(']')))
}

const ADDRESS_ENDINGS: &[&str] = &[
    "com", "org", "net", "pk", "gov", "edu", "tv", "io", "co", "uk", "eu", "int", "nl", "html",
    "pdf",
];

/// What opens a pointer to another story, a credit of a picture, or a stamp.
const POINTERS: &[&str] = &[
    "یہ بھی پڑھیں",
    "یہ بھی پڑھیے",
    "مزید پڑھیں",
    "یہ پڑھیں",
    "also read",
    "read also",
    "read more",
    "image copyright",
    "تصویر کے کاپی رائٹ",
    "uploaded by",
    "tags:",
];

/// Tells whether a paragraph is a menu (short pieces between bullets, no sentence), a pointer to
/// another story, a credit or a stamp.
pub(super) fn is_menu(text: &str) -> bool {
    if text.len() > 600 {
        return false;
    }
    let opens = |pointer: &str| {
        let head = text.trim_start_matches(|c: char| !c.is_alphanumeric()).get(..pointer.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(pointer))
    };
    if text.len() <= 400 && POINTERS.iter().any(|pointer| opens(pointer)) {
        return true;
    }
    if text.len() <= 200 && (is_share_bar(text) || INVITATIONS.iter().any(|words| opens(words))) {
        return true;
    }
    let pieces: Vec<&str> = text.split(['•', '|', '·', '»', '›', '¦']).map(str::trim).collect();
    pieces.len() >= 4
        && pieces.iter().all(|piece| {
            piece.split_whitespace().count() <= 5 && !piece.ends_with(['.', '?', '!', '۔', ':'])
        })
}

/// What opens an invitation of a site to its readers.
const INVITATIONS: &[&str] = &[
    "follow us",
    "follow @",
    "follow our",
    "find us on",
    "like us on",
    "join us on",
    "connect with us",
    "share on",
    "share this",
    "share via",
    "share it on",
    "tweet this",
    "subscribe to our",
    "sign up for our",
    "join our whatsapp",
    "download our app",
    "also follow us",
    "ہمیں فالو کریں",
    "ہمیں فیس بک",
    "شیئر کریں",
];

/// What buttons to share and follow say.
const BUTTONS: &[&str] = &[
    "share",
    "tweet",
    "post",
    "follow",
    "like",
    "on",
    "via",
    "to",
    "us",
    "and",
    "or",
    "more",
    "email",
    "e-mail",
    "mail",
    "print",
    "copy",
    "link",
    "save",
    "rss",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "reddit",
    "pinterest",
    "instagram",
    "youtube",
    "telegram",
    "x",
    "google",
    "tumblr",
    "tiktok",
    "threads",
    "flipboard",
    "messenger",
    "pocket",
    "viber",
    "skype",
    "sms",
    "bluesky",
    "mastodon",
    "snapchat",
    "vk",
    "this",
    "article",
    "page",
    "story",
    "channel",
    "comments",
    "comment",
    "click",
    "here",
    "plus",
];

/// Tells whether a paragraph consists of the words of such buttons alone, one of them a network.
fn is_share_bar(text: &str) -> bool {
    let mut n_words = 0;
    let plain = words(text).iter().all(|word| {
        n_words += 1;
        BUTTONS.iter().any(|button| button.eq_ignore_ascii_case(word))
    });
    plain && n_words > 0
}

/// Tells whether the sentence of `span` invites readers to follow a site there: `Follow the Kite
/// WhatsApp Channel for updates`.
pub(super) fn is_invitation(text: &str, paragraph: &Span, span: &Span) -> bool {
    let before = text.get(paragraph.start..span.start).unwrap_or_default();
    let sentence = before.rsplit(['.', '!', '?', '\n', '۔']).next().unwrap_or_default();
    let sentence = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let after = text.get(span.end..paragraph.end).unwrap_or_default().to_ascii_lowercase();
    let opens = |words: &str| {
        sentence.get(..words.len()).is_some_and(|head| head.eq_ignore_ascii_case(words))
    };
    let channel = ["channel", "page", "group", "account"]
        .iter()
        .any(|word| after.trim_start().starts_with(word));
    sentence.len() < 80
        && (INVITATIONS.iter().any(|words| opens(words))
            || opens("follow the ") && channel
            || (opens("join ") || opens("subscribe ")) && channel)
}

/// Tells whether a pointer to another story stands right before, in running text: what follows is its
/// headline, whose end nothing marks.
pub(super) fn is_in_headline(text: &str, span: &Span) -> bool {
    let mut from = span.start.saturating_sub(HEADLINE_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..span.start).unwrap_or_default();
    let before = before.rsplit(['۔', '\n', '؟']).next().unwrap_or_default();
    POINTERS.iter().filter(|pointer| !pointer.is_ascii()).any(|pointer| {
        before.split_once(pointer).is_some_and(|(_, after)| after.trim_start().starts_with(':'))
    })
}

/// How long a headline may be, in bytes: about seventy Urdu letters.
const HEADLINE_BYTES: usize = 150;

/// Tells whether an outlet's name alone in brackets ends a paragraph: the credit of a picture.
pub(super) fn is_credit(text: &str, paragraph: &Span, span: &Span) -> bool {
    let before = text.get(paragraph.start..span.start).unwrap_or_default();
    let after = text.get(span.end..paragraph.end).unwrap_or_default();
    before.ends_with('(') && before.trim_end_matches('(').len() > 1 && after.trim_end() == ")"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_in_the_text_and_credits_of_pictures() {
        let text =
            "یہ بھی پڑھیں:اللہ کو پتہ ہے بانی پی ٹی آئی کی رہائی کب ہوگی۔ بانی پی ٹی آئی نے کہا";
        let (first, last) = (text.find("بانی").unwrap(), text.rfind("بانی").unwrap());
        assert!(
            is_in_headline(text, &(first..first + 8)) && !is_in_headline(text, &(last..last + 8))
        );
        let credit = |text: &str| {
            let at = text.find("Reuters").unwrap();
            is_credit(text, &(0..text.len()), &(at..at + 7))
        };
        assert!(credit("Protesters in the street. (Reuters)"));
        assert!(!credit("(Reuters) - The court sat.") && !credit("(Reuters)"));
    }

    #[test]
    fn addresses_and_menus_name_nobody() {
        let text = "see www.dawn.com/news and x@pta.gov.pk";
        for name in ["dawn", "pta"] {
            let at = text.find(name).unwrap();
            assert!(is_in_address(text, &(at..at + name.len())), "{name}");
        }
        assert!(!is_in_address("the PTA/FIA list.", &(4..7)));
        assert!(is_menu("Home • DRM Exclusive • News • Court Updates"));
        assert!(is_menu("یہ بھی پڑھیں: سپریم کورٹ کا فیصلہ") && is_menu("Uploaded By: IT, IHC"));
        assert!(!is_menu("Read the order of the Islamabad High Court."));
        assert!(!is_menu("The court heard the case. | It was adjourned | to a date | in office."));
    }
}
