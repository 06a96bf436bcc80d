//! What the classes and ids of elements say: what only surrounds an article, who wrote it, what holds its text.

/// Words in classes and ids that only name what surrounds an article.
const FURNITURE: &[&str] = &[
    "comments",
    "comment",
    "commentlist",
    "disqus",
    "livefyre",
    "respond",
    "replies",
    "related",
    "recommended",
    "recommendations",
    "newsletter",
    "newsletters",
    "outbrain",
    "taboola",
    "trending",
    "mostread",
    "morefrom",
    "readmore",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "bio",
    "authorbio",
    "textwidget",
];

/// Words that name surroundings too, unless the element says that it holds content.
const LIKELY_FURNITURE: &[&str] = &[
    "share",
    "sharing",
    "sharedaddy",
    "social",
    "popular",
    "promo",
    "sponsored",
    "advert",
    "advertisement",
    "cookie",
    "cookies",
    "sidebar",
    "subscribe",
    "signup",
    "paywall",
    "tags",
    "taglist",
    "tagcloud",
    "copyright",
    "disclaimer",
    "disclosure",
];

/// Words of elements that hold content.
const CONTENT: &[&str] =
    &["article", "content", "entry", "story", "main", "body", "post", "text", "page"];

/// Tells whether classes and ids name comments, related stories, share buttons or the like.
pub(super) fn is_furniture(names: &str) -> bool {
    let lower = names.to_ascii_lowercase();
    let words = || lower.split(|c: char| !c.is_ascii_alphanumeric());
    let holds = |list: &[&str]| words().any(|word| list.contains(&word));
    if holds(&["no", "has", "with", "hide"]) {
        return false;
    }
    holds(FURNITURE) || words().any(names_comments) || holds(LIKELY_FURNITURE) && !holds(CONTENT)
}

/// Tells whether a word of a class names what readers write: `commentlinks`, `usercomments`, `kommentare`.
///
/// A `commentary` is what the paper itself writes.
fn names_comments(word: &str) -> bool {
    const STEMS: [&str; 4] = ["kommentare", "commentaires", "comentarios", "reacties"];
    STEMS.contains(&word)
        || word.ends_with("comments")
        || word.starts_with("comment")
            && !word.starts_with("commentar")
            && !word.starts_with("commentator")
}

/// Tells whether classes or ids name the author: what such an element says below a text is about them.
pub(super) fn is_author(names: &str) -> bool {
    let lower = names.to_ascii_lowercase();
    lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        matches!(
            word,
            "author" | "authors" | "writer" | "contributor" | "byline" | "vcard" | "profile"
        )
    })
}

/// Pairs of words by which elements say that they hold an article's text: `entry-content`.
const ARTICLE_BODY: &[(&[&str], &[&str])] = &[
    (&["article", "entry", "post", "story", "news"], &["body", "content", "text"]),
    (&["td"], &["post"]),
    (&["body"], &["article"]),
    (&["content"], &["article"]),
];

/// Tells whether classes or ids name the text of an article: `post-body`, `article__content`,
/// `storyBody`.
pub(super) fn is_article_body(names: &str) -> bool {
    names.split_whitespace().any(|name| {
        let lower = name.to_ascii_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let holds_pair = words.windows(2).any(|pair| {
            let [first, second] = pair else { return false };
            ARTICLE_BODY.iter().any(|(a, b)| a.contains(first) && b.contains(second))
        });
        holds_pair
            || matches!(
                lower.as_str(),
                "articlebody" | "storybody" | "articlecontent" | "entrycontent"
            )
    })
}

/// Tells whether classes or ids name what is said under a picture: `wp-caption-text`, `imageCaption`.
pub(super) fn is_caption(names: &str) -> bool {
    let lower = names.to_ascii_lowercase();
    lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| matches!(word, "caption" | "imagecaption" | "photocaption" | "captiontext"))
}

/// Words of elements that hold what stands between a headline and its text.
const LEADS: &[&str] = &[
    "standfirst",
    "subtitle",
    "subhead",
    "subheadline",
    "subheading",
    "deck",
    "dek",
    "lead",
    "lede",
    "intro",
    "summary",
    "abstract",
    "excerpt",
    "teaser",
    "bajada",
    "sumario",
    "chapo",
    "vorspann",
];

/// Tells whether classes or ids name a standfirst.
pub(super) fn is_lead(names: &str) -> bool {
    let lower = names.to_ascii_lowercase();
    lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| LEADS.contains(&word))
}
