//! The caption of a case: own numbers, bench and the parties of both sides.

use super::lines::{Line, squeeze};
use super::{bench, connected, counsel, court, dates, docket, judge, number, party, report};
use crate::model::{PageNo, Role};

/// The lines of the head, with what was found in them.
pub(super) struct Title {
    pub(super) numbers: Vec<(String, PageNo)>,
    /// The case in which the first number is an application: `Review No. 29 of 2031 IN Appeal No. 3 of 2030`.
    pub(super) made_in: Option<(String, PageNo)>,
    pub(super) side_a: Vec<String>,
    pub(super) side_b: Vec<String>,
    pub(super) parties_page: PageNo,
    pub(super) parties_confidence: f32,
    pub(super) bench: Vec<(String, PageNo)>,
    /// The first line behind side B.
    pub(super) end: usize,
}

impl Title {
    /// Returns a title that says nothing.
    pub(super) const fn empty() -> Self {
        Self {
            numbers: Vec::new(),
            made_in: None,
            side_a: Vec::new(),
            side_b: Vec::new(),
            parties_page: PageNo::FIRST,
            parties_confidence: 0.9,
            bench: Vec::new(),
            end: 0,
        }
    }
}

/// What a line of the head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// A court line, a form number, a heading: ends what came before.
    Stop,
    /// `Against …`, `On appeal from …`.
    Against,
    /// `PRESENT:`, `Before`, `CORAM`.
    Bench,
    Number,
    /// A party, perhaps.
    Text,
}

pub(super) fn zone(line: &Line) -> Zone {
    let letters = line.squeezed();
    let starts = |words: &[&str]| words.iter().any(|word| letters.starts_with(word));
    if starts(&[
        "AGAINST",
        "ONAPPEALFROM",
        "APPEALFROM",
        "APPEALSFROM",
        "ONAPPEAL",
        "FROMTHECOURT",
        "CERTIORARITO",
        "FROMTHEORDER",
        "FROMTHEJUDGMENT",
        "IMPUGNED",
        "ONWRITOFCERTIORARI",
        "ONPETITIONFOR",
    ]) {
        return Zone::Against;
    }
    let bench = matches!(letters.as_str(), "PRESENT" | "BEFORE" | "CORAM" | "BENCH")
        || ["present:", "before:", "before :", "coram:", "present :", "bench:"]
            .iter()
            .any(|word| line.text.to_lowercase().starts_with(word))
        || (line.text.starts_with("Before ") && letters.contains("JUDGE"))
        || (line.text.starts_with("PRESENT ") && letters.contains("JUSTICE"));
    if bench {
        return Zone::Bench;
    }
    // The stamp of an American court: `Case 8:16-cv-01261 Document 40 Filed …`.
    let stamp = dates::is_stamp(&line.text);
    let report = letters.contains("SUPREMECOURTREPORTS") || report::is_scr(&line.text);
    let court_line = court::named(&line.plain()).is_some();
    if line.is_rule() || stamp || report || is_furniture(&letters) || court_line {
        return Zone::Stop;
    }
    if number::is_number_line(&line.text) {
        return Zone::Number;
    }
    Zone::Text
}

/// Tells whether a line of a head is neither name nor number: forms, headings, places, stamps.
fn is_furniture(letters: &str) -> bool {
    const WHOLE: &[&str] = &[
        "ORDER",
        "JUDGMENT",
        "JUDGEMENT",
        "SYLLABUS",
        "BETWEEN",
        "IN",
        "AND",
        "ISLAMABAD",
        "LAHORE",
        "KARACHI",
        "PESHAWAR",
        "QUETTA",
        "OPINION",
        "DECISION",
        "BEFORE",
        "CIRCUIT",
        "PER",
        "STRAND",
        "LONDON",
        "O",
        "WO",
        "THESTRAND",
        "CLERK",
        "CLERKOFCOURT",
    ];
    const STARTS: &[&str] = &[
        "JUDICIALDEP",
        "ORDERSHEET",
        "JUDGMENTSHEET",
        "JUDGEMENTSHEET",
        "FORMNO",
        "STEREO",
        "HCJD",
        "ROYALCOURTSOF",
        "NEUTRALCITATION",
        "NCN",
        "EASTERTERM",
        "MICHAELMASTERM",
        "HILARYTERM",
        "TRINITYTERM",
        "SLIPOPINION",
        "NOTE",
        "DATE",
        "FORTHE",
        "APPEALCASE",
        "OCTOBERTERM",
        "FILED",
        "DIVISION",
        "LONDONWC",
        "HEARD",
        "CENTRALDISTRICT",
        "SNOOF",
        "PROCEEDING",
        "ORDERPROCEEDING",
        "SRNO",
        "SERIALNO",
        "DOCKET",
        "EASTERNDISTRICT",
    ];
    let jurisdiction = letters.ends_with("JURISDICTION") && letters.len() < 60;
    // `along with`, `and 91 other connected appeals as per Annexure A` below a number.
    let connected =
        ["ALONGWITH", "AND", "WITH", "CONNECTED"].iter().any(|w| letters.starts_with(w))
            && (letters == "ALONGWITH" || letters.contains("CONNECTED"));
    WHOLE.contains(&letters)
        || STARTS.iter().any(|start| letters.starts_with(start))
        || jurisdiction
        || connected
}

/// Reads numbers, bench and parties from the head.
pub(super) fn read_title(head: &[Line], court_idx: usize, country: &str) -> Title {
    let versus_at = find_versus(head, court_idx, country);
    let page = versus_at
        .as_ref()
        .and_then(|(idx, _)| head.get(*idx))
        .map_or(PageNo::FIRST, |line| line.page);
    let mut title = Title { parties_page: page, end: court_idx + 1, ..Title::empty() };
    // Without parties on two sides the title ends at the counsel, the table or the text.
    let limit = versus_at.as_ref().map_or_else(
        || {
            let end =
                head.iter().skip(court_idx + 1).position(|line| is_body(line) || is_counsel(line));
            head.len().min(court_idx + 1 + end.unwrap_or(24).min(24))
        },
        |(idx, _)| *idx,
    );
    let mut names: Vec<usize> = Vec::new();
    let mut against: Option<Against> = None;
    let mut bench = false;
    let mut depth = 0;
    // `IN` stands alone between the number of an application and that of its case.
    let mut is_in = false;
    for (idx, line) in head.iter().enumerate().take(limit) {
        // `W.P. 5/2031 & CM 6/2031 (INTERIM` goes on in the next line.
        if depth > 0 {
            depth += bracket_depth(&line.text);
            continue;
        }
        if let Some(open) = against.as_mut() {
            if open.goes_on(line) {
                continue;
            }
            against = None;
        }
        // `AT NASHVILLE`, `TENTH CIRCUIT` and a stamped date go with the court line.
        let seat = country == "us"
            && ((idx == court_idx + 1 && line.text.starts_with("AT "))
                || (line.text.len() < 30 && line.squeezed().ends_with("CIRCUIT"))
                || dates::is_date_alone(&line.text));
        let was_in = std::mem::take(&mut is_in);
        match if seat { Zone::Stop } else { zone(line) } {
            Zone::Stop => {
                names.clear();
                is_in = line.squeezed() == "IN" && !title.numbers.is_empty();
                // A rule ends the bench of an English judgment.
                bench = bench && !line.is_rule();
            }
            Zone::Against => {
                names.clear();
                bench = false;
                against = Some(Against::new(line));
            }
            Zone::Bench => {
                names.clear();
                bench = true;
                title.bench.extend(bench::of_line(line));
            }
            Zone::Number if idx < court_idx && country == "pk" => {}
            Zone::Number => {
                names.clear();
                bench = false;
                if line.text.len() < 90 && !line.text.starts_with('(') {
                    depth = bracket_depth(&line.text).clamp(0, 1);
                }
                let mut found = number::own_numbers(&line.text);
                // A form that waits for its number: `Civil Action No. 1:21-cv-______`.
                found.retain(|number| !number.contains("__"));
                // `No.2` is that of a party; American dockets alone bear no type.
                found.retain(|number| country == "us" || !number::is_bare(number));
                if country == "pk" && title.made_in.is_none() {
                    let above = title.numbers.first().map(|(number, _)| number.as_str());
                    let made_in = number::made_in(&line.plain(), was_in, above, &mut found);
                    title.made_in = made_in.map(|number| (number, line.page));
                }
                title.numbers.extend(found.into_iter().map(|number| (number, line.page)));
            }
            Zone::Text if bench => match judge::bench_name(&line.plain()) {
                Some(name) if bench::looks_judicial(&line.text) || title.bench.is_empty() => {
                    title.bench.push((name, line.page));
                }
                _ => {
                    bench = false;
                    names.push(idx);
                }
            },
            Zone::Text => names.push(idx),
        }
    }
    let Some((versus_idx, versus)) = versus_at else {
        // `1. A  2. B  ……Petitioners`: an application without a respondent.
        let lines: Vec<String> =
            names.iter().filter_map(|&idx| head.get(idx)).map(Line::plain).collect();
        if lines.last().is_some_and(|last| party::ends_with_role(last)) {
            title.side_a = names_of(&lines);
        } else if country == "pk"
            && let Some(rows) = counsel_rows(head, court_idx)
        {
            (title.side_a, title.side_b, title.parties_page) = (rows.a, rows.b, rows.page);
            title.parties_confidence = 0.8;
        } else if country == "us"
            && let Some(line) = head.iter().take(limit).find(|line| is_in_re(line))
        {
            // `In re: Kite`: a matter has one side.
            title.side_a = vec![party::clean(line.text.split('\t').next().unwrap_or_default())];
            title.parties_page = line.page;
        }
        if title.numbers.is_empty() && country == "us" && !title.side_a.is_empty() {
            title.numbers = docket::numbers(head);
        }
        title.end = limit;
        return title;
    };
    let (mut side_b, end) = read_side_b(head, versus_idx, &versus);
    let mut side_a = read_side_a(head, &names, versus_idx, &versus);
    let alone = versus.before.is_empty() && versus.after.is_empty();
    if let Some((left, right)) = columns(head, versus_idx).filter(|_| alone) {
        side_a.extend(left);
        side_b = right;
    }
    if let Some(first) = side_a.first_mut() {
        if let Some((number, name)) = number::at_front(first).filter(|_| country == "pk") {
            let page = head.get(versus_idx).map_or(PageNo::FIRST, |line| line.page);
            title.numbers.push((number, page));
            *first = name.to_owned();
        }
        if let Some(name) = first.strip_prefix("Short Title:") {
            *first = name.to_owned();
        }
    }
    // Numbers may stand in the right column of an American caption, behind the names.
    if title.numbers.is_empty() && country == "us" {
        title.numbers = docket::numbers(head);
    }
    title.side_a = names_of(&side_a);
    title.side_b = names_of(&side_b);
    title.end = end;
    if title.side_a.is_empty() || title.side_b.is_empty() {
        title.side_a.clear();
        title.side_b.clear();
    }
    if country == "in" && title.numbers.is_empty() {
        // A law report prints the number in brackets below the parties.
        let behind = head.get(title.end..).unwrap_or_default().iter().take(2);
        let found = behind.flat_map(|line| {
            number::own_numbers(&line.text).into_iter().map(|number| (number, line.page))
        });
        title.numbers.extend(found.take(1));
    } else if matches!(country, "pk" | "in") {
        let (numbers, end) = connected::numbers(head, title.end);
        title.numbers.extend(numbers);
        title.end = end;
    }
    title
}

/// Reads the table of counsel between the court line and the text.
fn counsel_rows(head: &[Line], court_idx: usize) -> Option<counsel::Sides> {
    let behind = head.get(court_idx + 1..)?;
    let is_text = |line: &Line| {
        judge::author(&line.text).is_some()
            || matches!(line.squeezed().as_str(), "ORDER" | "JUDGMENT" | "JUDGEMENT")
    };
    let end = behind.iter().position(is_text).unwrap_or(behind.len());
    counsel::sides(behind.get(..end)?)
}

/// Tells whether a line names a matter of one side: `In re: Kite`.
fn is_in_re(line: &Line) -> bool {
    let letters = line.squeezed();
    letters.starts_with("INRE")
        && letters.len() > 8
        && line.text.len() < 120
        && ["In re", "IN RE", "In Re"].iter().any(|words| line.text.starts_with(words))
}

/// A paragraph about the decision below, which may run over several lines.
struct Against {
    depth: i32,
    bracketed: bool,
    n_lines: usize,
    ended: bool,
}

impl Against {
    fn new(line: &Line) -> Self {
        let mut against = Self {
            depth: 0,
            bracketed: line.text.trim_start().starts_with('('),
            n_lines: 0,
            ended: false,
        };
        against.read(line);
        against
    }

    fn read(&mut self, line: &Line) {
        for c in line.text.chars() {
            self.depth += match c {
                '(' | '[' => 1,
                ')' | ']' => -1,
                _ => 0,
            };
        }
        self.n_lines += 1;
        self.ended =
            if self.bracketed { self.depth <= 0 } else { line.text.trim_end().ends_with('.') };
    }

    /// Reads `line` where it still belongs to the paragraph.
    fn goes_on(&mut self, line: &Line) -> bool {
        if self.ended || self.n_lines > 12 {
            return false;
        }
        let letters = line.squeezed();
        // Without brackets, the paragraph goes on while lines speak of a decision.
        let speaks = line.text.starts_with(|c: char| c.is_lowercase() || c == '(')
            || ["DATED", "PASSED", "COURT", "JUDGMENT", "TRIBUNAL", "NO", "DISTRICT", "CIRCUIT"]
                .iter()
                .any(|word| letters.contains(word));
        let goes_on =
            (self.bracketed && self.depth > 0) || (speaks && party::versus(&line.text).is_none());
        if goes_on {
            self.read(line);
        }
        goes_on
    }
}

/// Finds the line with `versus`, behind the court line or (law reports) behind the bench.
fn find_versus(head: &[Line], court_idx: usize, country: &str) -> Option<(usize, party::Versus)> {
    let between = head.iter().position(|line| line.squeezed() == "BETWEEN");
    let from = between.unwrap_or(0).max(court_idx);
    for (idx, line) in head.iter().enumerate().skip(from) {
        // The text has begun: what is cited there is no cause title. Sindh prints the head of the
        // table above bench and parties.
        if idx > court_idx && is_body(line) {
            let near = head.get(idx + 1..).unwrap_or_default().iter().take(4);
            let goes_on = country == "pk"
                && judge::author(&line.text).is_none()
                && near.clone().any(|line| zone(line) == Zone::Bench);
            if goes_on {
                continue;
            }
            return None;
        }
        let short = line.text.len() < 200;
        // A list of cases behind the first page of an American order is no caption.
        if country == "us" && head.get(court_idx).is_some_and(|court| line.page > court.page) {
            return None;
        }
        let plain_and = line.squeezed() == "AND";
        if let Some(versus) = party::versus(&line.text).filter(|_| short && !is_citing(&line.text))
            && (!plain_and || between.is_some())
            && zone(line) != Zone::Against
        {
            return Some((idx, versus));
        }
    }
    None
}

/// Tells whether the case that a line names is cited there: `See A v. B, 200 U. S. 321`.
fn is_citing(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["see ", "in ", "cf. "].iter().any(|word| lower.starts_with(word)) || lower.contains(" u. s. ")
}

/// Tells whether a line opens the table of an order sheet or the text.
pub(super) fn is_body(line: &Line) -> bool {
    let letters = line.squeezed();
    letters.contains("ORDERWITHSIGNATURE")
        || letters.starts_with("ORDERWITH")
        || judge::author(&line.text).is_some()
}

fn read_side_a(
    head: &[Line],
    names: &[usize],
    versus_idx: usize,
    versus: &party::Versus,
) -> Vec<String> {
    let mut side: Vec<String> = Vec::new();
    let versus_line = head.get(versus_idx);
    let in_line = !versus.before.is_empty();
    // Only lines directly above, one behind the other.
    let mut expected = versus_idx;
    for &idx in names.iter().rev() {
        let Some(line) = head.get(idx) else { continue };
        let adjacent = idx + 1 == expected && side.len() < 12;
        let same_paragraph = versus_line.is_some_and(|other| other.paragraph == line.paragraph);
        if !adjacent || (in_line && !versus.wrapped && !same_paragraph) {
            break;
        }
        side.insert(0, line.plain());
        expected = idx;
    }
    if in_line {
        side.push(versus.before.clone());
    }
    drop_matter(head, names, &mut side);
    side
}

/// Reads a table of three columns whose cells the reader parted: `Kite Makers`, `Versus`,
/// `(Private) Limited` under the first, and the other side right of `Versus`.
fn columns(head: &[Line], versus_idx: usize) -> Option<(Vec<String>, Vec<String>)> {
    let versus = head.get(versus_idx).filter(|line| line.role == Role::Table)?;
    let middle = versus.left?;
    let cells = head.get(versus_idx + 1..)?.iter();
    let cells: Vec<&Line> = cells.take_while(|line| line.paragraph == versus.paragraph).collect();
    let (left, right): (Vec<&Line>, Vec<&Line>) =
        cells.into_iter().partition(|line| line.left.is_some_and(|left| left < middle - 20));
    let sides = !right.is_empty() && right.iter().all(|line| line.left > versus.left);
    let texts = |lines: Vec<&Line>| lines.into_iter().map(Line::plain).collect();
    sides.then(|| (texts(left), texts(right)))
}

/// Drops `IN RE: KITE LITIGATION`, a paragraph above the names of an American caption.
fn drop_matter(head: &[Line], names: &[usize], side: &mut Vec<String>) {
    let first = names.len().checked_sub(side.len()).and_then(|at| head.get(*names.get(at)?));
    let Some(first) = first.filter(|line| is_in_re(line) || line.squeezed() == "INRE") else {
        return;
    };
    let n_matter = names
        .iter()
        .filter_map(|&idx| head.get(idx))
        .filter(|line| line.paragraph == first.paragraph)
        .count();
    if n_matter < side.len() {
        side.drain(..n_matter);
    }
}

/// Reads side B and returns where it ends.
fn read_side_b(head: &[Line], versus_idx: usize, versus: &party::Versus) -> (Vec<String>, usize) {
    let mut side: Vec<String> = Vec::new();
    let in_line = !versus.after.is_empty() && !versus.before.is_empty();
    let mut open = 0_i32;
    let mut last_paragraph = head.get(versus_idx).map(|line| line.paragraph);
    if !versus.after.is_empty() {
        open = bracket_depth(&versus.before) + bracket_depth(&versus.after);
        side.push(versus.after.clone());
    }
    let mut idx = versus_idx + 1;
    while let Some(line) = head.get(idx) {
        // A cell of the table's head that was drawn into the line of the name.
        let is_head = Some(line.paragraph) == last_paragraph
            && !side.is_empty()
            && party::without_table_head(&format!("- {}", line.text)) == "-";
        if is_head {
            idx += 1;
            continue;
        }
        // Directly below a `v.` that stands alone one long line may name a whole side.
        let longest = if side.is_empty() { 1_000 } else { 160 };
        if side.len() >= 14 || line.text.len() > longest || ends_side_b(line) {
            break;
        }
        if in_line {
            let before = side.last().map(String::as_str).unwrap_or_default().trim_end();
            let unfinished = before.ends_with([',', '&'])
                || before.ends_with(" and")
                || before.ends_with(" of")
                || before.ends_with(" the");
            let goes_on = open > 0
                || unfinished
                || Some(line.paragraph) == last_paragraph
                || line.text.starts_with(char::is_lowercase);
            if !goes_on {
                break;
            }
            open += bracket_depth(&line.text);
        }
        side.push(party::without_table_head(&line.text));
        last_paragraph = Some(line.paragraph);
        idx += 1;
        let role_behind = line.text.contains("…") || line.text.contains("..");
        if role_behind
            && !party::is_role_line(&line.text)
            && party::clean(&line.text).len() + 8 < line.text.len()
        {
            break;
        }
    }
    (side, idx)
}

fn bracket_depth(text: &str) -> i32 {
    text.chars().map(|c| i32::from(c == '(') - i32::from(c == ')')).sum()
}

/// Tells whether a line names the counsel of a side: `Petitioner by: …`.
fn is_counsel(line: &Line) -> bool {
    let head: String = squeeze(&line.text).chars().take(24).collect();
    ["PETITIONER", "APPELLANT", "APPLICANT", "RESPONDENT", "PLAINTIFF", "STATE"]
        .iter()
        .any(|role| head.starts_with(role))
        && head.contains("BY")
}

/// Tells whether a line behind `versus` belongs to no party any more.
fn ends_side_b(line: &Line) -> bool {
    const STARTS: &[&str] = &[
        "SNO",
        "SRNO",
        "SERIALNO",
        "DATEOF",
        "DATESOF",
        "HEARINGDATE",
        "FORTHE",
        "FORAPP",
        "FORPET",
        "FORRES",
        "PETITIONERBY",
        "PETITIONERSBY",
        "APPELLANTBY",
        "APPELLANTSBY",
        "RESPONDENTBY",
        "RESPONDENTSBY",
        "RESPONDENTNO",
        "RESPONDENTSNO",
        "APPLICANTBY",
        "APPLICANTSBY",
        "PLAINTIFFBY",
        "STATEBY",
        "COUNSEL",
        "THROUGH",
        "INATTENDANCE",
        "ONCOURT",
        "CERTIORARI",
        "ARGUED",
        "DECIDED",
        "COMPUTERAIDED",
        "INTHEMATTER",
        "PROCEEDING",
        "PRESENTFOR",
        "COMPLAINTTO",
        "MOTIONTO",
    ];
    let letters = line.squeezed();
    let by = letters.ends_with("BY") && letters.len() < 40;
    let labelled = STARTS.iter().any(|start| letters.starts_with(start));
    let order = letters.starts_with("ORDERWITH") || letters.contains("ORDERSHEET");
    let dated = dates::starts_with_date(&line.text);
    let numbered = number::is_number_line(&line.text);
    let counsel = letters.contains("ADVOCATE")
        || letters.contains("INSTRUCTEDBY")
        || line.text.trim_end().ends_with(" QC")
        || line.text.trim_end().ends_with(" KC");
    let other_zone = matches!(zone(line), Zone::Stop | Zone::Against | Zone::Bench);
    by || labelled
        || order
        || dated
        || numbered
        || counsel
        || counsel::is_row(line)
        || other_zone
        || judge::author(&line.text).is_some()
        || party::versus(&line.text).is_some_and(|versus| versus.before.is_empty())
}

/// Makes names of the lines of one side: joined where one name runs on, apart where numbered or
/// where each line bears a name of its own.
fn names_of(lines: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let numbered = lines.iter().filter(|line| without_number(line).is_some()).count() >= 2;
    let mut ended = true;
    for line in lines {
        if party::is_role_line(line) {
            ended = true;
            continue;
        }
        let (text, starts) = match without_number(line) {
            Some(rest) if numbered => (rest, true),
            _ => (line.as_str(), false),
        };
        let cleaned = text.trim();
        if starts || (ended && !names.is_empty() && !numbered) || names.is_empty() {
            if ended && !names.is_empty() && !starts {
                // Lines behind a role line (`Respondents`) are addresses or counsel.
                break;
            }
            names.push(cleaned.to_owned());
        } else if let Some(last) = names.last_mut() {
            last.push(' ');
            last.push_str(cleaned);
        }
        ended = false;
    }
    names
        .iter()
        .flat_map(|name| officials(name))
        .map(party::clean)
        .filter(|name| is_name(name))
        .collect()
}

/// Parts a long row of American officials: each ends with the capacity in which it is sued.
fn officials(names: &str) -> Vec<&str> {
    const CAPACITY: &str = "official capacity";
    if names.len() < 160 {
        return vec![names];
    }
    names
        .split_inclusive(CAPACITY)
        .map(|name| name.trim_start_matches([',', ';', ' ', '.']).trim_start_matches("and "))
        .filter(|name| !name.is_empty())
        .collect()
}

fn is_name(name: &str) -> bool {
    name.chars().any(char::is_alphabetic) && name.len() < 300 && name != "No" && !name.contains('#')
}

/// Returns what follows `1.` or `(1)`.
fn without_number(line: &str) -> Option<&str> {
    let text = line.trim().trim_start_matches('(');
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let rest = rest.strip_prefix([')', '.'])?;
    ((1..=2).contains(&digits) && !rest.trim().is_empty()).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_row_of_officials_is_parted() {
        let row = "STATE OF KITES, ex rel. MIRA DELL, GOVERNOR, in her official capacity, HEAD OF THE \
                   BUREAU, NADIR KHAN, in his official capacity, and DIRECTOR OF THE OFFICE OF KITES AND \
                   STRINGS, BOB DELL, in his official capacity.";
        let names = names_of(&[row.to_owned()]);
        assert_eq!(names.len(), 3);
        assert_eq!(names[1], "HEAD OF THE BUREAU, NADIR KHAN, in his official capacity");
    }
}
