//! Queries that would hurt an engine that recurses, multiplies or walks without a limit. Used by the
//! tests, which say what comes of them, and by the benchmark, which says how long it takes.

/// Returns each query with its name: 27, as SEARCHING lists the kinds.
pub(crate) fn queries() -> Vec<(&'static str, String)> {
    let listed = |n: usize, one: &dyn Fn(usize) -> String, sign: &str| {
        (0..n).map(one).collect::<Vec<_>>().join(sign)
    };
    vec![
        ("brackets × 1,000", format!("{}law{}", "(".repeat(1_000), ")".repeat(1_000))),
        ("brackets × 10,000", format!("{}law{}", "(".repeat(10_000), ")".repeat(10_000))),
        ("brackets × 100,000", format!("{}law{}", "(".repeat(100_000), ")".repeat(100_000))),
        ("open brackets × 4,000", "(".repeat(4_000)),
        ("closing brackets × 4,000", ")".repeat(4_000)),
        ("NOT × 1,000", format!("{}law", "NOT ".repeat(1_000))),
        ("NOT × 10,000", format!("{}law", "NOT ".repeat(10_000))),
        ("OR × 100,000", "law OR ".repeat(100_000)),
        ("OR × 128 words", listed(128, &|n| format!("law{n}"), " OR ")),
        ("phrase of 10,000 words", format!("\"{}\"", "law ".repeat(10_000))),
        ("phrase of 128 words", format!("\"{}\"", "the ".repeat(128))),
        ("phrase of 128 words, 255 moves", format!("\"{}\"~255", "the ".repeat(128))),
        ("quotes × 100,000", "\"".repeat(100_000)),
        ("quotes × 4,000", "\"".repeat(4_000)),
        ("boost of 1e39", "law^1e39 order^99999999999999999999999999999999999999999".to_owned()),
        ("set of 50,000", format!("tag:{}", "pta,".repeat(50_000))),
        ("set of 100 tags", format!("tag:{}", "pta,".repeat(100))),
        ("infix of two letters × 100", listed(100, &|_| "*ab*".to_owned(), " OR ")),
        ("infix of common letters × 128", listed(128, &|_| "*e*n*t*".to_owned(), " OR ")),
        ("prefix of two letters × 128", listed(128, &|_| "co*".to_owned(), " ")),
        ("stars × 2,000", format!("a{}b", "*a".repeat(2_000))),
        ("question marks × 4,000", format!("ab{}", "?".repeat(4_000))),
        ("fuzzy × 128", listed(128, &|n| format!("surveillance{n}~2"), " OR ")),
        ("w/255 × 127", listed(128, &|_| "the".to_owned(), " w/255 ")),
        ("w/5 of brackets × 40", listed(40, &|_| "(the OR of OR and)".to_owned(), " w/5 ")),
        ("wildcards within a phrase × 60", format!("\"{}\"", "th* ".repeat(60))),
        ("dates × 120", listed(120, &|n| format!("date:{}..", 1_900 + n), " OR ")),
    ]
}
