//! HTML: the whole visible text in document order, its main part marked, and what it says of itself.
//!
//! A *block* is a paragraph with its place in the tree. The main part is chosen among blocks by
//! [`main_part`]; the others become navigation. So a wrong choice costs rank, never text.

mod blocks;
mod cards;
mod main_part;
mod meta;
mod names;
mod others;
mod shallow;

use dom_query::Document;

use super::draft::Draft;
use super::{ExtractError, Job, encoding};
use crate::model::{Extracted, PageNo, PageOrigin, Role, WarningKind};
use blocks::Block;
pub(super) use meta::declared_encoding;
pub(super) use shallow::shallow;

/// Raised whenever the output changes.
pub(super) const VERSION: &str = "8";

/// Reads a page. What brought it knows its encoding better than its own markup, as in the HTML
/// standard.
pub(super) fn read(bytes: &[u8], job: &Job<'_>) -> Result<Extracted, ExtractError> {
    let own = declared_encoding(bytes);
    let labels: Vec<&str> = job.charset.into_iter().chain(own.as_deref()).collect();
    let decoded = encoding::decode_as(bytes, &labels);
    let mut draft = Draft::new(job, "html", VERSION, PageOrigin::Markup);
    if decoded.is_bad {
        draft.warn(WarningKind::BadEncoding, format!("read as {}", decoded.encoding));
    }
    read_page(&decoded.text, job, &mut draft);
    Ok(draft.finish())
}

/// Reads the text of one page into `draft`, with its record.
pub(super) fn read_page(html: &str, job: &Job<'_>, draft: &mut Draft<'_>) {
    let shown = blocks::with_shadow_trees(html);
    let told = blocks::with_told_text(&shown);
    let html = &*shallow::shallow(&told);
    let mut document = Document::from(html);
    let mut walk = blocks::of(&document, job.limits.markup_depth);
    (job.beat)();
    if !walk.blocks.iter().any(|block| block.n_words > 0) {
        // A page that only scripts would fill often says its text for readers without them.
        document = Document::from(blocks::without_noscript(html));
        walk = blocks::of(&document, job.limits.markup_depth);
    }
    let mut found = meta::of(&document, html);
    cards::mark(&document, &mut walk.blocks);
    if !walk.is_too_deep {
        others::mark(&document, &mut walk.blocks, found.title.as_deref());
    }
    (job.beat)();
    let mut chosen = if walk.is_too_deep {
        draft.warn(WarningKind::Partial, "nested deeper than the limit; flattened");
        main_part::by_prose(&walk.blocks)
    } else {
        main_part::choose(&document, &walk.blocks, found.title.as_deref())
    };
    (job.beat)();
    let headline = meta::headline(&walk.blocks, &chosen, found.title.as_deref());
    if let Some(is_main) = headline.and_then(|idx| chosen.get_mut(idx)) {
        *is_main = true;
    }
    main_part::complete(&walk.blocks, &mut chosen, headline, found.description.as_deref());
    meta::complete(&mut found, &walk.blocks, &chosen, headline);
    push(&walk.blocks, &chosen, headline, draft);
    if let Some(body) = found.body.take() {
        push_unshown(&body, &walk.blocks, draft);
    }
    *draft.record() = found.into_record();
    if draft.record().main_date().is_none() {
        draft.warn(WarningKind::NoDate, "");
    }
}

/// Pushes blocks; those that are not chosen become navigation.
fn push(blocks: &[Block], chosen: &[bool], headline: Option<usize>, draft: &mut Draft<'_>) {
    for (idx, block) in blocks.iter().enumerate() {
        let role = match chosen.get(idx) {
            Some(true) if headline == Some(idx) => Role::Heading,
            Some(true) => block.role,
            _ => Role::Navigation,
        };
        draft.push_labelled(&block.text, role, block.lang, block.label.clone());
    }
}

/// Pushes the text of an article that stands in the page's data and not, or cut short, in what it shows:
/// scripts show it to whoever opens the page.
fn push_unshown(body: &str, shown: &[Block], draft: &mut Draft<'_>) {
    let unshown = Document::from(&*shallow::shallow(&if body.contains("</p>") {
        body.to_owned()
    } else {
        // Lines of plain text are paragraphs.
        let escaped = body.replace('&', "&amp;").replace('<', "&lt;");
        escaped.lines().map(|line| format!("<p>{line}</p>")).collect()
    }));
    let unshown = blocks::of(&unshown, usize::MAX).blocks;
    let letters = |blocks: &[Block]| -> String {
        blocks.iter().flat_map(|block| block.text.chars()).filter(|c| c.is_alphanumeric()).collect()
    };
    let is_long = unshown.iter().map(|block| block.n_words).sum::<usize>() >= MIN_UNSHOWN_WORDS;
    let shown = letters(shown);
    let body = letters(&unshown);
    // Scripts may set other quotation marks, notes or links between: parts are looked for, not the whole.
    let chars: Vec<char> = body.chars().collect();
    let parts: Vec<String> = chars.chunks_exact(40).map(|part| part.iter().collect()).collect();
    let n_shown = parts.iter().filter(|part| shown.contains(part.as_str())).count();
    if !is_long || n_shown * 2 >= parts.len() {
        return;
    }
    draft.warn(
        WarningKind::HiddenText,
        "the article stands whole in the data of the page alone; read from there",
    );
    for block in unshown {
        draft.push_labelled(&block.text, block.role, block.lang, block.label);
    }
}

/// Words of an article in the page's data below which it is a summary.
const MIN_UNSHOWN_WORDS: usize = 80;

/// Reads a fragment whose whole text is wanted (in Markdown, in a mail) into `draft`.
pub(super) fn push_fragment(html: &str, draft: &mut Draft<'_>) {
    let document = Document::from(&*shallow::shallow(html));
    for block in blocks::of(&document, usize::MAX).blocks {
        draft.push_labelled(&block.text, block.role, block.lang, block.label);
    }
}

/// The page that values of visible text are read on: a web page has but one.
const PAGE: PageNo = PageNo::FIRST;

#[cfg(test)]
mod tests_odd;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Limits;
    use crate::model::record::DateRole;

    fn read_text(text: &str) -> Extracted {
        let limits = Limits::default();
        let job =
            Job { name: "x.html", limits: &limits, beat: &|| (), passwords: &[], charset: None };
        read(text.as_bytes(), &job).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expect: &[(&str, Role)]) {
        let read = read_text(text);
        let page = &read.pages[0];
        let found: Vec<_> =
            page.paragraphs.iter().map(|p| (page.paragraph_text(p), p.role)).collect();
        assert_eq!(found, expect);
    }

    /// Sentences that no one would take for a menu.
    const PROSE: &str = "<p>The bench heard both sides for the whole of the day, and it reserved the order \
        until the first week of the month that follows.</p>";

    /// Returns the texts of the main part.
    fn main_part(text: &str) -> Vec<String> {
        let read = read_text(text);
        let page = &read.pages[0];
        let main = page.paragraphs.iter().filter(|p| p.role != Role::Navigation);
        main.map(|p| page.paragraph_text(p).to_owned()).collect()
    }

    #[test]
    fn what_stands_between_headline_and_text_introduces_it() {
        let page = format!(
            "<html><head><title>Papers are closed</title><meta name=description content=\"The minister says 'no notice' was given to the three papers\"></head>\
             <body><nav><a href=a>Home</a> <a href=b>World and region today</a></nav>\
             <div class=head><h1>Papers are closed</h1>\
             <div>The minister says ‘no notice’ was given to the three papers</div>\
             <div class=standfirst>Closed without a word, say editors</div></div>\
             <figure><img src=x><figcaption>The gate of the paper on Monday</figcaption></figure>\
             <ul><li>Share this story with friends</li></ul>\
             <div class=text>{}</div>\
             <footer><p>All rights of the paper are reserved.</p></footer></body></html>",
            PROSE.repeat(4)
        );
        let main = main_part(&page);
        assert_eq!(
            main[..4],
            [
                "Papers are closed",
                "The minister says ‘no notice’ was given to the three papers",
                "Closed without a word, say editors",
                "The gate of the paper on Monday",
            ]
        );
        assert_eq!(main.len(), 8, "{main:?}");
    }

    #[test]
    fn a_menu_without_links_is_no_report() {
        let menu: String = (0..400).map(|n| format!("<p>Topic {n} of ours</p>")).collect();
        let told: String = (0..5).map(|n| PROSE.replace("month", &format!("month {n}"))).collect();
        let main = main_part(&format!(
            "<title>Order reserved</title><body><div class=m>{menu}</div>\
             <div class=x><h1>Order reserved</h1><div>{told}</div></div></body>"
        ));
        assert_eq!(main.len(), 6, "{main:#?}");
        // Where little is running text, the rest of the article is no menu.
        let prices: String =
            (0..60).map(|n| format!("<tr><td>Form {n}</td><td>Rs {n}</td></tr>")).collect();
        let main = main_part(&format!(
            "<title>Fees of court</title><body><div class=m>{menu}</div>\
             <div class=x><h1>Fees of court</h1><table>{prices}</table><div>{PROSE}</div></div></body>"
        ));
        assert!(main.iter().any(|text| text.starts_with("Form 59")), "{main:#?}");
        assert!(!main.iter().any(|text| text.starts_with("Topic")), "{main:#?}");
    }

    #[test]
    fn cards_of_other_stories_are_not_the_article() {
        let told: String = (0..9).map(|n| PROSE.replace("month", &format!("month {n}"))).collect();
        let cards: String = (0..4)
            .map(|n| {
                format!(
                    "<div class=k7x><h3><a href=s{n}>Another story of the day {n}</a></h3>\
                     <p>The minister {n} said on Monday that the bill would be laid before the house on \
                     Tuesday, and that it was not his.</p></div>"
                )
            })
            .collect();
        let page = |last: &str| {
            format!(
                "<title>Order reserved</title><body><main><h1>Order reserved</h1>{told}<div>{cards}</div>\
                 {last}</main></body>"
            )
        };
        let main = main_part(&page(&PROSE.replace("month", "last month")));
        assert!(!main.iter().any(|text| text.contains("minister")), "{main:#?}");
        assert_eq!(main.len(), 11, "{main:#?}");
        // A page of cards is about them.
        let main = main_part(&format!("<body><h1>News of the day</h1><div>{cards}</div></body>"));
        assert_eq!(main.iter().filter(|text| text.contains("minister")).count(), 4, "{main:#?}");
    }

    #[test]
    fn comments_may_be_longer_than_the_article() {
        let said = |who: &str, n: usize| -> String {
            (0..n).map(|n| PROSE.replace("bench", &format!("{who} {n}"))).collect()
        };
        let page = |name: &str| {
            format!(
                "<title>Order reserved</title><body><div class=wrap><h1>Order reserved</h1>\
                 <div class={name}>{}</div><div class=comments>{}</div></div></body>",
                said("bench", 5),
                said("reader", 20)
            )
        };
        let main = main_part(&page("article-body"));
        assert!(!main.iter().any(|text| text.contains("reader")), "{main:#?}");
        assert_eq!(main.len(), 6, "{main:#?}");
        // Where nothing says what the article is, most of the page is no surroundings.
        assert!(main_part(&page("x")).iter().any(|text| text.contains("reader")));
    }

    #[test]
    fn captions_of_the_lead_picture_are_text() {
        let told: String = (0..4).map(|n| PROSE.replace("month", &format!("month {n}"))).collect();
        let page = |above: &str, below: &str| {
            format!(
                "<title>Order reserved</title><body><article><div>{above}</div><h1>Order reserved</h1>\
                 <div>{below}</div><div class=t>{told}</div></article></body>"
            )
        };
        let caption =
            "The gate of the court on Monday, where the people had waited (A. Writer/News)";
        let figure = format!("<figure><img src=x><figcaption>{caption}</figcaption></figure>");
        assert_eq!(main_part(&page(&figure, ""))[0], caption);
        let named =
            format!("<img src=x alt='{caption}'><div class='wp-caption-text'>{caption}</div>");
        let main = main_part(&page("", &named));
        assert_eq!(main.iter().filter(|text| *text == caption).count(), 1, "{main:#?}");
        // A script shows this one.
        let scripted =
            format!("<figure><img src=x alt='{caption}' data-caption='{caption}'></figure>");
        assert_eq!(main_part(&page("", &scripted))[1], caption);
    }

    #[test]
    fn a_note_stands_in_the_element_that_says_so() {
        let page = "<title>Court closed</title><body><div class=side><p>Log in</p><p>Your name</p></div>\
            <div class=post><h1>Court closed</h1><div class=entry-content><p>The court is closed on Monday \
            and Tuesday</p><p>Urgent matters are heard in the other building of the court</p></div></div>\
            <div class=w><p>Powered by us</p></div></body>";
        assert_eq!(main_part(page).len(), 3, "{:#?}", main_part(page));
    }

    #[test]
    fn an_article_keeps_its_first_and_last_paragraphs() {
        // A choice that takes the middle of an article alone.
        let aside = "<div class=x><div class=y>";
        let page = format!(
            "<body><h1>Order reserved</h1><article><div class=abstract>{}</div>\
             {aside}{}</div></div><div class=z>{}</div></article>\
             <div class=other><p>Another story was told at length on another day, by people who had not \
             been there, for those who never would go to that place.</p></div></body>",
            PROSE.replace("bench", "first bench"),
            PROSE.repeat(6),
            PROSE.replace("bench", "last bench"),
        );
        let main = main_part(&page).join("\n");
        assert!(main.contains("first bench") && main.contains("last bench"), "{main}");
    }

    #[test]
    fn the_element_that_holds_the_article_says_so() {
        let page = format!(
            "<body><header role=banner><h2>Leader resigns and says why, in a long line that has no end</h2>\
             <div><main><div class='col article-body'>{}</div>\
             <div class=teasers><a href=a>One more story of the day</a></div></main></div></header></body>",
            PROSE.repeat(2)
        );
        assert_eq!(main_part(&page).iter().filter(|text| text.starts_with("The bench")).count(), 2);
    }

    #[test]
    fn a_printed_day_is_the_day_of_its_readers() {
        let page = |at: &str| {
            format!(
                "<head><meta property='article:published_time' content='{at}'></head>\
                 <body><h1>Order reserved</h1><p>5 November 2021</p>{}</body>",
                PROSE.repeat(3)
            )
        };
        let day = |at: &str| {
            let record = read_text(&page(at)).record;
            record.main_date().unwrap().value.value.to_string()
        };
        assert_eq!(day("2021-11-04T23:00:00Z"), "2021-11-05");
        assert_eq!(day("2021-11-04T23:00:00+01:00"), "2021-11-04");
        assert_eq!(day("2021-11-03T23:00:00Z"), "2021-11-03");
    }

    #[test]
    fn a_text_in_the_data_of_the_page_alone_is_read() {
        let told =
            "The bench heard both sides for the whole of the day, and it reserved the order.";
        let body = (0..8).map(|n| format!("{n} {told}")).collect::<Vec<_>>().join("\\n");
        let page = |shown: &str| {
            format!(
                "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"T\",\
                 \"articleBody\":\"{body}\"}}</script><body><h1>T</h1>{shown}</body>"
            )
        };
        let unshown = read_text(&page("<p>Read on in our app.</p>"));
        assert!(unshown.pages[0].text.contains(&format!("7 {told}")), "{}", unshown.pages[0].text);
        assert!(unshown.warnings.iter().any(|warning| warning.kind == WarningKind::HiddenText));
        let shown =
            read_text(&page(&(0..8).map(|n| format!("<p>{n} {told}</p>")).collect::<String>()));
        assert_eq!(shown.pages[0].text.matches(told).count(), 8);
        assert!(shown.warnings.iter().all(|warning| warning.kind != WarningKind::HiddenText));
    }

    #[test]
    fn an_article_for_readers_without_scripts_is_read() {
        let page = |told: &str| {
            format!(
                "<body><nav><a href=a>Home</a></nav><div class=post>\
                 <script type='text/template'>{told}</script><noscript>{told}</noscript></div></body>"
            )
        };
        let main = main_part(&page(&PROSE.repeat(3).replace("first week", "last week")));
        assert!(main.iter().any(|text| text.contains("last week")), "{main:?}");
        // A request is none.
        assert_eq!(
            main_part(&page("<p>Please enable JavaScript to read this page.</p>")),
            ["Home"]
        );
    }

    #[test]
    fn fences_that_are_never_closed_are_read_once() {
        // Each was parsed to the end of the page: as the square of their number, and far too deep.
        let page = format!("<body>{}</noscript></body>", "<noscript><p>one</p>".repeat(3_000));
        let read = read_text(&page);
        assert!(read.pages[0].text.contains("one"));
    }

    #[test]
    fn what_the_paper_says_of_itself_is_not_its_text() {
        let page = format!(
            "<title>Order reserved</title><body><h1>Order reserved</h1><article><div class=text>{}\
             <p>Sign up to our newsletter for more.</p><p>Advertisement</p>\
             <p><a href=x>Read more: Another bench heard another matter</a></p>\
             <p>Subscribers of the company complained that their calls were heard.</p>{}\
             <p><img src=x alt='A picture of the old gate'>Sara Khan</p></div>\
             <h3>More</h3><p class=c>Courts and law</p>\
             <div class=author-box><p>A. Writer has written on courts for us since the day the paper was founded, \
             and lives in the city of her birth.</p></div></article></body>",
            PROSE.repeat(3).replace("first week", "last week"),
            PROSE.replace("bench", "other bench"),
        );
        let main = main_part(&page);
        assert_eq!(main[0], "Order reserved");
        assert_eq!(main.iter().filter(|text| text.starts_with("The ")).count(), 4, "{main:#?}");
        assert!(main.iter().any(|text| text.starts_with("Subscribers of")), "{main:#?}");
        // A signature stands where the text stands.
        assert_eq!(main.last().unwrap(), "Sara Khan");
        assert_eq!(main.len(), 7, "{main:#?}");
    }

    #[test]
    fn what_stands_in_for_a_film_is_read() {
        check(
            "<p>One</p><object data=x><p>Two</p></object>",
            &[("One", Role::Body), ("Two", Role::Body)],
        );
    }

    #[test]
    fn the_server_knows_the_encoding_better_than_the_page() {
        let limits = Limits::default();
        let text = |charset, page: &[u8]| {
            let job =
                Job { name: "x.html", limits: &limits, beat: &|| (), passwords: &[], charset };
            read(page, &job).unwrap().pages[0].text.clone()
        };
        // Lahore in the eight bits of windows-1256.
        let bare = b"<p>\xE1\xC7\xE5\xE6\xD1";
        let wrong = [b"<meta charset=iso-8859-1>".as_slice(), bare].concat();
        assert_eq!(text(Some("windows-1256"), bare), "لاهور");
        assert_eq!(text(Some("windows-1256"), &wrong), "لاهور");
        let right = [b"<meta charset=windows-1256>".as_slice(), bare].concat();
        assert_eq!(text(None, &right), "لاهور");
        // Nobody's encoding, and one in which these bytes are no text.
        assert_eq!(text(Some("x-none"), &right), "لاهور");
        assert_eq!(text(Some("utf-8"), &right), "لاهور");
    }

    #[test]
    fn blocks_are_paragraphs_in_order() {
        check(
            "<h1>Order</h1><p>One <b>two</b>\n three<br><br>four</p>loose<ul><li>a<ul><li>b</ul></ul>\
             <blockquote><p>said</blockquote><details><summary>More</summary>inside</details>",
            &[
                ("Order", Role::Heading),
                ("One two three", Role::Body),
                ("four", Role::Body),
                ("loose", Role::Body),
                ("a", Role::List),
                ("b", Role::List),
                ("said", Role::Quote),
                ("More", Role::Body),
                ("inside", Role::Body),
            ],
        );
    }

    #[test]
    fn tables_by_row_and_layout_tables_by_block() {
        check(
            "<table><tr><th>No.<th>Date<tr><td>1805<td><p>25 June</p></table>\
             <table><tr><td><p>one</p><p>two</p><p>three</p><p>four</p><td>menu</table>",
            &[
                ("No.\tDate", Role::Table),
                ("1805\t25 June", Role::Table),
                ("one", Role::Body),
                ("two", Role::Body),
                ("three", Role::Body),
                ("four", Role::Body),
                ("menu", Role::Body),
            ],
        );
    }

    #[test]
    fn what_is_not_visible_is_not_text() {
        check(
            "<p>seen<script>var a;</script><style>p{}</style><template>t</template></p>\
             <p hidden>h</p><p style='display: none'>n</p><noscript>please enable</noscript>",
            &[("seen", Role::Body)],
        );
        check(
            "<noscript><p>Read without scripts</p></noscript>",
            &[("Read without scripts", Role::Body)],
        );
    }

    /// A page in the manner of a news site, in our own words.
    const NEWS: &str = r#"<!doctype html><html lang="en"><head><title>Room hears calls - Watch</title>
<meta property="og:site_name" content="Watch"><meta property="og:title" content="Room hears calls">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Room hears calls",
"datePublished":"2024-07-02T09:00:00+05:00","dateModified":"2024-07-03","author":[{"name":"A. Writer"}],
"publisher":{"@type":"Organization","name":"Watch"}}]}</script>
<link rel="canonical" href="https://watch.example/2024/07/02/room"></head><body>
<div class="top">Friday, September 12, 2025</div><nav><ul><li><a href="/">Home</a><li><a href="/n">News</a></ul></nav>
<main><article><h1>Room hears calls</h1><p class="by">By A. Writer</p>
<div class="text"><p>The regulator, a court order says, has let companies build a room in which calls, messages and movements are heard and kept for agencies that no law names.</p>
<p>The companies, the order goes on, paid for the room, brought the machines into the country, and were given no paper that shows who asked for it.</p>
<p>Short one.</p>
<p>Rights groups, in letters to the ministry, asked for a law on data protection, for a list of the people who gave the orders, and for an end of it.</p></div></article>
<div class="related-posts"><h3>Related</h3><ul><li><a href="/x">A leak of a thousand records was sold, it is said</a></ul></div>
<section id="comments"><h3>Comments</h3><p>I have always thought that they listen to me, and now I know, said one reader of this page, at length.</p></section></main>
<footer>All rights reserved</footer></body></html>"#;

    #[test]
    fn the_main_part_is_marked_and_the_rest_is_kept() {
        let read = read_text(NEWS);
        let page = &read.pages[0];
        let of = |role: Role| -> Vec<_> {
            page.paragraphs
                .iter()
                .filter(|p| p.role == role)
                .map(|p| page.paragraph_text(p))
                .collect()
        };
        let body = of(Role::Body);
        assert!(body.iter().any(|text| text.starts_with("The regulator")), "{body:#?}");
        assert!(body.contains(&"Short one."));
        assert!(body.iter().any(|text| text.starts_with("Rights groups")));
        assert_eq!(of(Role::Heading), ["Room hears calls"]);
        let rest = of(Role::Navigation);
        for start in ["Friday", "Home", "Related", "A leak", "I have always", "All rights"] {
            assert!(rest.iter().any(|text| text.starts_with(start)), "{start}: {rest:#?}");
        }
    }

    #[test]
    fn the_record_says_where_it_came_from() {
        let record = read_text(NEWS).record;
        assert_eq!(record.title.as_ref().unwrap().value, "Room hears calls");
        assert_eq!(record.publisher.as_ref().unwrap().value, "Watch");
        assert_eq!(record.authors[0].value, "A. Writer");
        assert_eq!(record.url.as_ref().unwrap().value, "https://watch.example/2024/07/02/room");
        assert_eq!(record.main_date().unwrap().value.value.to_string(), "2024-07-02");
        let captured = record.dates.iter().find(|date| date.value.role == DateRole::Captured);
        assert_eq!(captured.unwrap().value.value.to_string(), "2025-09-12");
    }

    #[test]
    fn a_date_in_the_menu_is_no_publication() {
        let read = read_text("<div>Friday, September 12, 2025</div><h1>T</h1><p>Text.</p>");
        assert_eq!(read.record.main_date(), None);
        assert!(read.warnings.iter().any(|warning| warning.kind == WarningKind::NoDate));
    }

    #[test]
    fn deep_nesting_ends() {
        let deep = format!("{}<p>bottom</p>", "<div>".repeat(5000));
        let read = read_text(&deep);
        assert_eq!(read.pages[0].text, "bottom");
        assert!(read.warnings.iter().any(|warning| warning.kind == WarningKind::Partial));
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(64))]
        #[test]
        fn never_panics(bytes: Vec<u8>, parts in proptest::collection::vec(
            proptest::sample::select(vec!["<p>", "</p>", "<table>", "<tr>", "<td>", "<a href=x>", "</a>",
                "<ul><li>", "<script>", "{\"@type\":\"Article\"}", "text, and more. ", "<br>", "</div>",
                "<div class=comments>", "<h1>", "<meta property=og:title content=x>", "<pre>\n", "<time>",
                "2 July 2024 ", "<template>", "<svg>", "<math>", "<select>", "</table>", "<frameset>"]), 0..40))
        {
            let limits = Limits::default();
            let job = Job { name: "", limits: &limits, beat: &|| (), passwords: &[], charset: None };
            read(&bytes, &job).unwrap();
            read(parts.concat().as_bytes(), &job).unwrap();
        }
    }
}
