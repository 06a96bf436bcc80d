//! Every field of the query language, over files whose records are known.

use serde_json::Value;

use crate::common::{Files, World, scan_pdf};

const ORDER: &str = "corpus/orders/wp-901-2031.pdf";
const STORY: &str = "corpus/news/story.md";
const PAGE: &str = "corpus/web/statement.html";
const NOTE: &str = "corpus/notes/visit.txt";
const URDU: &str = "corpus/urdu/khabar.md";
const FIRST: &str = "corpus/more/first.md";
const SECOND: &str = "corpus/more/second.md";
const SCAN: &str = "corpus/more/scan.pdf";

/// The usual files and two orders whose record stands at their head.
fn courts() -> World {
    let order = |court: &str, judge: &str, number: &str, hearing: &str, text: &str| {
        format!(
            "---\nkind: order\ntitle: A case\ncourt: {court}\njudges: [{judge}]\n\
             numbers: [{number}]\ndates: {{decision: 2030-05-06, hearing: {hearing}}}\n---\n\n{text}\n"
        )
    };
    let first = order(
        "Tidal Court of Gwadar",
        "Justice Bilal Lantern Zaman",
        "W.P. No. 12/2030",
        "2030-04-01",
        "The heron was heard.\n\nReliance is placed on PLD 1998 SC 388.",
    );
    let second = order(
        "Lahore High Court",
        "Mst. Harbour Zaman",
        "W.P. No. 13/2030",
        "2030-04-02",
        "The egret was heard, and the heron left.",
    );
    let files = Files::usual()
        .and("more/first.md", first)
        .and("more/second.md", second)
        .and("more/scan.pdf", scan_pdf(1));
    let world = World::with(&files);
    world.run(&["list", "new", "brief"]).ends(0);
    world.run(&["list", "add", "brief", FIRST]).ends(0);
    world
}

#[test]
fn every_field_finds_what_it_names() {
    let world = courts();
    let id = world.json(&["show", FIRST])["id"].as_str().unwrap().to_owned();
    let doc = format!("doc:{}", &id[..12]);
    let not_doc = format!("heron -doc:{}", &id[..12]);
    let like = format!("like:{}", &id[..12]);
    let all = [ORDER, STORY, PAGE, NOTE, URDU, FIRST, SECOND, SCAN];
    let without =
        |left_out: &[&str]| all.into_iter().filter(|path| !left_out.contains(path)).collect();
    let table: Vec<(&str, Vec<&str>)> = vec![
        ("tag:lims", vec![ORDER, STORY]),
        ("tag:lims,peca", vec![ORDER, STORY]),
        ("mention:lims", vec![ORDER, STORY]),
        ("mention:lims w/10 \"Islamabad High Court\"", vec![STORY]),
        ("court:lhc", vec![SECOND]),
        ("court:\"Lahore High Court\"", vec![SECOND]),
        ("court:\"Tidal Court of Gwadar\"", vec![FIRST]),
        ("court:tidal", vec![FIRST]),
        ("court:lhc,tidal", vec![FIRST, SECOND]),
        ("judge:\"Bilal Lantern Zaman\"", vec![FIRST]),
        ("judge:lantern", vec![FIRST]),
        ("judge:HARBOUR", vec![SECOND]),
        ("kind:order", vec![ORDER, FIRST, SECOND]),
        ("type:order", vec![ORDER, FIRST, SECOND]),
        ("source:more/", vec![FIRST, SECOND, SCAN]),
        ("source:MORE/F", vec![FIRST]),
        ("source:/more", vec![]),
        ("source:/corpus/more", vec![FIRST, SECOND, SCAN]),
        ("list:brief", vec![FIRST]),
        ("title:kite", vec![STORY, PAGE]),
        ("title:\"the kite\"", vec![STORY, PAGE]),
        ("title:firewalls", vec![STORY, PAGE]),
        ("number:\"WP 901 of 2031\"", vec![ORDER]),
        ("number:\"W.P. 13/2030\"", vec![SECOND]),
        ("cites:\"PLD 1998 SC 389\"", vec![]),
        ("cites:\"PLD 1998 SC 388\"", vec![ORDER, FIRST]),
        ("lang:ur", vec![URDU]),
        ("lang:urdu", vec![URDU]),
        ("page:2", vec![ORDER]),
        ("page:2 ledger", vec![ORDER]),
        ("page:1 ledger", vec![]),
        ("para:6", vec![ORDER]),
        ("para:1 petitioner", vec![ORDER]),
        ("para:2 petitioner", vec![]),
        ("date:2030", vec![FIRST, SECOND]),
        ("date:2030-05-06", vec![FIRST, SECOND]),
        ("date:2030-05-07", vec![]),
        ("date:..2031-03-09", vec![ORDER, STORY, FIRST, SECOND]),
        ("from:2031-03-10", vec![PAGE, URDU]),
        ("to:06.05.2030", vec![FIRST, SECOND]),
        ("date:۲۰۳۰", vec![FIRST, SECOND]),
        ("hearing:2030-04-01", vec![FIRST]),
        ("hearing:2030-04", vec![FIRST, SECOND]),
        ("published:2031-03-12", vec![PAGE]),
        ("missing:date", vec![NOTE, SCAN]),
        ("missing:court", vec![STORY, PAGE, NOTE, URDU, SCAN]),
        ("missing:judge", without(&[FIRST, SECOND])),
        ("missing:number", without(&[ORDER, FIRST, SECOND])),
        ("missing:title", vec![SCAN]),
        ("missing:kind", vec![NOTE, SCAN]),
        ("missing:page-label", without(&[ORDER])),
        ("missing:text", vec![SCAN]),
        ("missing:date,text kind:order", vec![]),
        (&doc, vec![FIRST]),
        (&not_doc, vec![SECOND]),
        (&like, vec![ORDER, SECOND]),
    ];
    let mut wrong = Vec::new();
    for (query, expect) in table {
        let mut expect = expect;
        expect.sort_unstable();
        let found = world.found(query);
        if found != expect {
            wrong.push(format!("{query}\n  expected {expect:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_unknown_value_is_refused_with_what_is_near() {
    let world = courts();
    for (query, hint) in [
        ("judge:lanterm", "did you mean `bilal lantern zaman`"),
        ("judge:zaman", "may mean"),
        ("judge:nosuchman", "no judge `nosuchman`"),
        ("judge:pta", "no judge `pta`"),
        ("court:pta", "no court `pta`"),
        ("court:tidel", "did you mean `Tidal Court of Gwadar`"),
        ("court:ihk", "did you mean `ihc`"),
        ("kind:ordre", "did you mean `order`"),
        ("list:breif", "did you mean `brief`"),
        ("missing:dat", "did you mean `date`"),
        ("missing:pages", "one of date, title"),
        ("lang:urd", "did you mean"),
        ("sort:newst x", "did you mean `newest`"),
        ("tag:limz", "did you mean"),
        ("doc:nosuchdocument", "no document"),
        ("jugde:lantern", "did you mean `judge`"),
    ] {
        world.run(&["search", query]).ends(2).notes(hint);
    }
}

#[test]
fn what_is_read_as_a_value_reads_the_same() {
    let world = courts();
    for query in ["court:tidal judge:lantern", "court:lhc judge:harbour"] {
        let first = world.json(&["search", query]);
        let read_as = first["query"]["read_as"].as_str().unwrap();
        let again = world.json(&["search", read_as]);
        assert_eq!(first["total_documents"], 1);
        assert_eq!(again["query"]["read_as"], read_as);
        assert_eq!(again["documents"], first["documents"]);
        assert_eq!(again["query"]["notes"], Value::Array(Vec::new()));
    }
}

#[test]
fn the_day_to_which_a_case_is_put_off_is_found_and_shown() {
    let world = World::new();
    world.write(
        "next.md",
        b"---\nkind: order\ncourt: Islamabad High Court\nnumbers: [\"W.P. No. 7/2031\"]\n\
          dates: {decision: 2031-05-06, next-hearing: 2031-06-17}\n---\n\nThe kites are to be heard again.\n",
    );
    world.run(&["ingest"]).ends(0);
    assert_eq!(world.json(&["search", "hearing:2031-06-17"])["total_documents"], 1);
    assert_eq!(world.run(&["search", "date:2031-06-17"]).status, 1);
    let timeline = world.json(&["timeline", "kites"]).to_string();
    assert!(timeline.contains("next-hearing") && timeline.contains("2031-06-17"), "{timeline}");
}
