//! Pages that are made in odd ways: their text is found all the same.

use super::read;
use crate::extract::{Job, Limits};
use crate::model::Role;

const TEXT: [&str; 6] = [
    "The bench heard both sides for the whole of the day, and it reserved the order until the first week of March.",
    "Counsel for the petitioner said that his client had been held without any charge for more than ninety days.",
    "The officer told the court that no record was kept.",
    "A report of the commission, read out in court, named nine others who were taken in the same week.",
    "The judge remarked that a citizen cannot vanish from a police station.",
    "Nobody from the ministry was present when the matter was called.",
];

const TITLE: &str = "<title>Order reserved in the matter</title>";
const HEADLINE: &str = "<h1>Order reserved in the matter</h1>";

/// Returns a list of links, as menus are.
fn menu(n: usize) -> String {
    let item = |n| format!("<li><a href=m{n}>Section {n}</a></li>");
    format!("<ul>{}</ul>", (0..n).map(item).collect::<String>())
}

fn paragraphs() -> String {
    TEXT.map(|text| format!("<p>{text}</p>")).concat()
}

/// Returns the texts of the main part.
fn main_part(page: &str) -> Vec<String> {
    let limits = Limits::default();
    let job = Job { name: "x.html", limits: &limits, beat: &|| (), passwords: &[], charset: None };
    let read = read(page.as_bytes(), &job).unwrap();
    let page = &read.pages[0];
    let main = page.paragraphs.iter().filter(|p| p.role != Role::Navigation);
    main.map(|p| page.paragraph_text(p).to_owned()).collect()
}

/// Checks that the main part is the headline and the text.
#[track_caller]
fn check(body: &str) {
    let main = main_part(&format!("{TITLE}<body>{body}</body>"));
    let expect: Vec<&str> = std::iter::once("Order reserved in the matter").chain(TEXT).collect();
    assert_eq!(main, expect);
}

#[test]
fn a_cell_of_a_layout_table_whose_text_is_parted_by_breaks() {
    let text = TEXT.map(|text| format!("<font size=2>{text}</font><br><br>")).concat();
    check(&format!(
        "<table><tr><td colspan=3>{}</td></tr><tr><td>{}</td><td>{HEADLINE}{text}</td><td>{}</td></tr></table>",
        menu(10),
        menu(12),
        menu(9)
    ));
}

#[test]
fn a_shadow_tree_that_the_page_declares() {
    check(&format!(
        "{}<article-view><template shadowrootmode=open>{HEADLINE}{}</template></article-view>\
         <template><p>{{{{ nothing }}}}</p></template>",
        menu(10),
        paragraphs()
    ));
}

#[test]
fn an_article_in_the_footer_or_the_header() {
    check(&format!("{}<footer>{HEADLINE}{}</footer>", menu(14), paragraphs()));
    check(&format!("<header>{HEADLINE}{}</header>{}", paragraphs(), menu(14)));
}

#[test]
fn the_rest_of_a_text_behind_a_button() {
    let [first, rest @ ..] = TEXT;
    let rest = rest.map(|text| format!("<p>{text}</p>")).concat();
    check(&format!(
        "{}<div>{HEADLINE}<p>{first}</p><div style='display:none'>{rest}</div><a href=#>Read more</a></div>",
        menu(14)
    ));
}

#[test]
fn a_sentence_that_each_section_repeats() {
    const REFRAIN: &str = "The government has not replied to the communication of the group, and the case \
        therefore remains open until there is an answer.";
    let section = |name: &str| {
        format!(
            "<section><h2>{name}</h2><p>{name} was taken from the house of the family in the night by \
             men in plain clothes in March.</p><p>{REFRAIN}</p><p>No.</p></section>"
        )
    };
    let sections = ["Ali", "Sana", "Omar"].map(section).concat();
    let main = main_part(&format!("{TITLE}<main>{HEADLINE}{}{sections}</main>", paragraphs()));
    assert_eq!(main.iter().filter(|text| *text == REFRAIN).count(), 3, "{main:#?}");
    assert_eq!(main.iter().filter(|text| *text == "No.").count(), 3);
}

#[test]
fn cases_below_an_article_whose_links_are_sources() {
    let case = |name: &str| {
        format!(
            "<div class=entry><h3>{name}</h3><p>{name} was taken from the bazaar in March by men of an agency, \
             and his family went to the High Court in the town, which called for a report from the police. \
             <a href=p>Petition of the family, the High Court</a></p>\
             <p><a href=o>Order of the High Court</a></p></div>"
        )
    };
    let cases = ["Ali Baloch", "Sana Mengal", "Omar Bugti", "Javed Rind"].map(case).concat();
    let long = [TEXT[0], TEXT[1], TEXT[3], TEXT[4]].map(|text| format!("<p>{text}</p>")).concat();
    let again = long.replace("The ", "That ").replace("Counsel", "One").replace("A report", "One");
    let main = main_part(&format!(
        "{TITLE}<main>{HEADLINE}<div class=article-body>{long}{again}</div><h2>The cases</h2>\
         <div class=entries>{cases}</div></main>"
    ));
    let n_cases = main.iter().filter(|text| text.contains("was taken from the bazaar")).count();
    assert_eq!(n_cases, 4, "{main:#?}");
    assert!(main.iter().any(|text| text == "The cases"));
}
