//! The numbers that Word draws before paragraphs: they stand in no text and must be counted.

use std::collections::{HashMap, HashSet};

use crate::extract::xml::Element;

/// How deep Word's lists nest.
const N_LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: i64,
    format: String,
    /// `%1.%2` …: the numbers of the levels from 1 in the text around them.
    text: String,
    /// Counts anew after a paragraph of this level or one above; 0: never. Word's own numbers, from 1.
    restart: Option<usize>,
    /// Prints the numbers of all levels in figures.
    is_legal: bool,
    /// The style that stands for this level.
    style: Option<String>,
}

/// A use of a list, with what it changes.
#[derive(Clone, Debug)]
struct Use {
    list: String,
    starts: HashMap<usize, i64>,
    levels: HashMap<usize, Level>,
}

/// What a paragraph style says about numbers.
#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    num_id: Option<String>,
    level: Option<usize>,
}

/// The lists of a document and where their counters stand.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, Vec<Option<Level>>>,
    /// Lists that only name a style, whose list they are.
    links: HashMap<String, String>,
    uses: HashMap<String, Use>,
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default_style: Option<String>,
    counted: Counted,
}

/// How far the paragraphs are counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counted {
    lists: HashMap<String, [Option<i64>; N_LEVELS]>,
    /// Uses that a paragraph has begun: only the first one of a use begins at its own start, whatever
    /// level it is of.
    started: HashSet<String>,
}

/// The number of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// As Word draws it: `12.`, `(a)`, `[7]`.
    Number(String),
    /// A bullet.
    Bullet,
}

impl Numbering {
    /// Reads `numbering.xml` and `styles.xml`.
    pub(super) fn new(numbering: Option<&Element>, styles: Option<&Element>) -> Self {
        let mut lists = Self::default();
        if let Some(styles) = styles {
            styles.each(&mut |style| {
                if style.name == "style"
                    && let Some(id) = style.attr("styleId")
                {
                    let is_default = matches!(style.attr("default"), Some("1" | "true" | "on"));
                    if is_default && style.attr("type") == Some("paragraph") {
                        lists.default_style = Some(id.to_owned());
                    }
                    let number = style.at(&["pPr", "numPr"]);
                    lists.styles.insert(
                        id.to_owned(),
                        Style {
                            based_on: style.val("basedOn").map(str::to_owned),
                            num_id: number.and_then(|n| n.val("numId")).map(str::to_owned),
                            level: number.and_then(|n| n.val("ilvl")?.parse().ok()),
                        },
                    );
                }
            });
        }
        if let Some(numbering) = numbering {
            numbering.each(&mut |element| match element.name.as_str() {
                "abstractNum" => lists.add_list(element),
                "num" => lists.add_use(element),
                _ => {}
            });
        }
        lists
    }

    fn add_list(&mut self, list: &Element) {
        let Some(id) = list.attr("abstractNumId") else { return };
        let mut levels = vec![None; N_LEVELS];
        for level in list.elements().filter(|element| element.name == "lvl") {
            let idx = level.attr("ilvl").and_then(|idx| idx.parse::<usize>().ok());
            if let Some(slot) = idx.and_then(|idx| levels.get_mut(idx)) {
                *slot = Some(read_level(level));
            }
        }
        if let Some(style) = list.val("numStyleLink") {
            self.links.insert(id.to_owned(), style.to_owned());
        }
        self.lists.insert(id.to_owned(), levels);
    }

    fn add_use(&mut self, num: &Element) {
        let (Some(id), Some(list)) = (num.attr("numId"), num.val("abstractNumId")) else { return };
        let mut starts = HashMap::new();
        let mut levels = HashMap::new();
        for change in num.elements().filter(|element| element.name == "lvlOverride") {
            let Some(level) = change.attr("ilvl").and_then(|idx| idx.parse().ok()) else {
                continue;
            };
            if let Some(start) = change.val("startOverride").and_then(|start| start.parse().ok()) {
                starts.insert(level, start);
            }
            if let Some(inner) = change.child("lvl") {
                levels.insert(level, read_level(inner));
            }
        }
        self.uses.insert(id.to_owned(), Use { list: list.to_owned(), starts, levels });
    }

    /// Returns the numbering that a style says or inherits: the list and the level.
    fn of_style(&self, style: &str) -> Option<(String, Option<usize>)> {
        let mut style = style;
        let mut level = None;
        for _ in 0..20 {
            let found = self.styles.get(style)?;
            level = level.or(found.level);
            if let Some(num_id) = &found.num_id {
                return Some((num_id.clone(), level));
            }
            style = found.based_on.as_deref()?;
        }
        None
    }

    /// Returns the list that a use is of, through a style that it may only name.
    fn list_of(&self, num_id: &str) -> Option<String> {
        let mut list = self.uses.get(num_id)?.list.clone();
        for _ in 0..5 {
            let Some(style) = self.links.get(&list) else { break };
            let (num_id, _) = self.of_style(style)?;
            let next = self.uses.get(&num_id)?.list.clone();
            if next == list {
                break;
            }
            list = next;
        }
        Some(list)
    }

    fn level<'a>(&'a self, used: &'a Use, list: &str, idx: usize) -> Option<&'a Level> {
        used.levels.get(&idx).or_else(|| self.lists.get(list)?.get(idx)?.as_ref())
    }

    /// Returns how far the paragraphs are counted, for [`Self::count_on`].
    pub(super) fn counted(&self) -> Counted {
        self.counted.clone()
    }

    /// Goes on from where `counted` was.
    pub(super) fn count_on(&mut self, counted: Counted) {
        self.counted = counted;
    }

    /// Counts a paragraph with these properties (`w:pPr`); `None` if it has no number.
    pub(super) fn next(&mut self, properties: Option<&Element>) -> Option<Mark> {
        // A paragraph that names no style is of the default one, which may number it.
        let default = self.default_style.clone();
        let style =
            properties.and_then(|properties| properties.val("pStyle")).or(default.as_deref());
        let direct = properties.and_then(|properties| properties.child("numPr"));
        let inherited = style.and_then(|style| self.of_style(style));
        let num_id = match direct.and_then(|number| number.val("numId")) {
            Some(num_id) => num_id.to_owned(),
            None => inherited.as_ref()?.0.clone(),
        };
        // 0 takes the number away that the style would give.
        if num_id == "0" {
            return None;
        }
        let list = self.list_of(&num_id)?;
        let by_style = || {
            let levels = self.lists.get(&list)?;
            levels.iter().position(|level| {
                style.is_some() && level.as_ref().and_then(|level| level.style.as_deref()) == style
            })
        };
        let idx = direct
            .and_then(|number| number.val("ilvl")?.parse::<usize>().ok())
            .or_else(by_style)
            .or_else(|| inherited.and_then(|(_, level)| level))
            .unwrap_or(0)
            .min(N_LEVELS - 1);
        self.count(&num_id, &list, idx);
        self.mark(&num_id, &list, idx)
    }

    /// Moves the counters on by one paragraph of level `idx`.
    fn count(&mut self, num_id: &str, list: &str, idx: usize) {
        let Some(used) = self.uses.get(num_id).cloned() else { return };
        let start = self.level(&used, list, idx).map_or(1, |level| level.start);
        let restarts: Vec<bool> = (0..N_LEVELS)
            .map(|deeper| {
                let restart = self.level(&used, list, deeper).and_then(|level| level.restart);
                deeper > idx && restart.is_none_or(|after| after > idx)
            })
            .collect();
        let is_first = self.counted.started.insert(num_id.to_owned());
        let counters = self.counted.lists.entry(list.to_owned()).or_default();
        if let Some(counter) = counters.get_mut(idx) {
            *counter = Some(match (*counter, used.starts.get(&idx)) {
                (_, Some(&start)) if is_first => start,
                (Some(last), _) => last.saturating_add(1),
                (None, Some(&start)) => start,
                (None, None) => start,
            });
        }
        for (counter, restart) in counters.iter_mut().zip(restarts) {
            if restart {
                *counter = None;
            }
        }
    }

    /// Draws the mark of a paragraph of level `idx` with the counters as they stand.
    fn mark(&self, num_id: &str, list: &str, idx: usize) -> Option<Mark> {
        let used = self.uses.get(num_id)?;
        let level = self.level(used, list, idx)?;
        if level.format == "bullet" {
            return Some(Mark::Bullet);
        }
        let counters = self.counted.lists.get(list)?;
        let mut drawn = String::new();
        let mut chars = level.text.chars().peekable();
        while let Some(c) = chars.next() {
            let shown = chars.peek().and_then(|next| next.to_digit(10)).filter(|_| c == '%');
            let Some(shown) = shown.and_then(|n| (n as usize).checked_sub(1)) else {
                drawn.push(c);
                continue;
            };
            chars.next();
            let of = self.level(used, list, shown);
            let start = of.map_or(1, |level| level.start);
            let value = counters.get(shown).copied().flatten().unwrap_or(start);
            let format = match of {
                Some(_) if level.is_legal => "decimal",
                Some(of) => of.format.as_str(),
                None => "decimal",
            };
            drawn.push_str(&number(value, format));
        }
        let drawn = drawn.trim().to_owned();
        (!drawn.is_empty()).then_some(Mark::Number(drawn))
    }
}

fn read_level(level: &Element) -> Level {
    Level {
        start: level.val("start").and_then(|start| start.parse().ok()).unwrap_or(0),
        format: level.val("numFmt").unwrap_or("decimal").to_owned(),
        text: level.val("lvlText").unwrap_or_default().to_owned(),
        restart: level.val("lvlRestart").and_then(|restart| restart.parse().ok()),
        is_legal: level.is_on("isLgl"),
        style: level.val("pStyle").map(str::to_owned),
    }
}

/// Writes a number in one of Word's formats; those not known are written in figures.
pub(in crate::extract) fn number(value: i64, format: &str) -> String {
    match format {
        "lowerLetter" => letters(value).to_lowercase(),
        "upperLetter" => letters(value),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperRoman" => roman(value),
        "decimalZero" => format!("{value:02}"),
        "none" => String::new(),
        "chicago" => {
            let marks = ["*", "†", "‡", "§"];
            let idx = usize::try_from(value.max(1) - 1).unwrap_or(0);
            marks.get(idx % 4).copied().unwrap_or("*").repeat(idx / 4 + 1)
        }
        _ => value.to_string(),
    }
}

/// Writes 1, 2 … 27 as `A`, `B` … `AA`; 28 is `BB`, as Word counts.
fn letters(value: i64) -> String {
    let Ok(idx) = u32::try_from(value - 1) else { return value.to_string() };
    if idx >= 26 * 30 {
        return value.to_string();
    }
    let letter = char::from_u32(u32::from('A') + idx % 26).unwrap_or('A');
    letter.to_string().repeat(idx as usize / 26 + 1)
}

/// Writes a Roman number; outside 1 to 3999 figures.
fn roman(value: i64) -> String {
    const PARTS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&value) {
        return value.to_string();
    }
    let mut rest = value;
    let mut drawn = String::new();
    for (part, letters) in PARTS {
        while rest >= part {
            drawn.push_str(letters);
            rest -= part;
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::xml::parse;

    #[test]
    fn numbers_as_word_writes_them() {
        let drawn = |value, format| number(value, format);
        assert_eq!(drawn(4, "lowerRoman"), "iv");
        assert_eq!(drawn(28, "lowerLetter"), "bb");
        assert_eq!(drawn(7, "decimalZero"), "07");
        assert_eq!(drawn(1999, "upperRoman"), "MCMXCIX");
    }

    #[test]
    fn levels_count_and_restart() {
        let numbering = br#"<numbering><abstractNum abstractNumId="1">
            <lvl ilvl="0"><start val="1"/><numFmt val="decimal"/><lvlText val="[%1]"/></lvl>
            <lvl ilvl="1"><start val="1"/><numFmt val="lowerLetter"/><lvlText val="(%2)"/></lvl>
            <lvl ilvl="2"><start val="1"/><numFmt val="decimal"/><lvlText val="%1.%2.%3"/><isLgl/></lvl>
            </abstractNum><num numId="5"><abstractNumId val="1"/></num>
            <num numId="6"><abstractNumId val="1"/><lvlOverride ilvl="0"><startOverride val="40"/></lvlOverride></num>
            </numbering>"#;
        let root = parse(numbering, 20).unwrap().root;
        let mut lists = Numbering::new(Some(&root), None);
        let mut next = |num: u32, level: u32| {
            let xml =
                format!("<pPr><numPr><ilvl val='{level}'/><numId val='{num}'/></numPr></pPr>");
            let root = parse(xml.as_bytes(), 20).unwrap().root;
            match lists.next(root.child("pPr")) {
                Some(Mark::Number(drawn)) => drawn,
                _ => String::new(),
            }
        };
        let drawn = [
            next(5, 0),
            next(5, 1),
            next(5, 1),
            next(5, 2),
            next(5, 0),
            next(5, 1),
            next(6, 0),
            next(6, 0),
            next(5, 0),
        ];
        assert_eq!(drawn, ["[1]", "(a)", "(b)", "1.2.1", "[2]", "(a)", "[40]", "[41]", "[42]"]);
        assert_eq!(next(0, 0), "");
    }

    #[test]
    fn a_list_that_begins_anew_does_so_with_its_first_paragraph_alone() {
        let numbering = br#"<numbering><abstractNum abstractNumId="1">
            <lvl ilvl="0"><start val="1"/><numFmt val="decimal"/><lvlText val="%1"/></lvl>
            <lvl ilvl="1"><start val="1"/><numFmt val="decimal"/><lvlText val="%1.%2"/></lvl>
            </abstractNum><num numId="5"><abstractNumId val="1"/></num>
            <num numId="6"><abstractNumId val="1"/><lvlOverride ilvl="0"><startOverride val="1"/></lvlOverride>
            <lvlOverride ilvl="1"><startOverride val="1"/></lvlOverride></num></numbering>"#;
        let root = parse(numbering, 20).unwrap().root;
        let mut lists = Numbering::new(Some(&root), None);
        let mut next = |num: u32, level: u32| {
            let xml =
                format!("<pPr><numPr><ilvl val='{level}'/><numId val='{num}'/></numPr></pPr>");
            let root = parse(xml.as_bytes(), 20).unwrap().root;
            match lists.next(root.child("pPr")) {
                Some(Mark::Number(drawn)) => drawn,
                _ => String::new(),
            }
        };
        // The sub-paragraphs under 2 are in another use of the list; 3 goes on after them.
        let drawn = [next(5, 0), next(5, 0), next(6, 1), next(6, 1), next(6, 0), next(6, 1)];
        assert_eq!(drawn, ["1", "2", "2.1", "2.2", "3", "3.1"]);
    }

    #[test]
    fn the_default_style_may_number_paragraphs_that_name_none() {
        let numbering = br#"<numbering><abstractNum abstractNumId="1">
            <lvl ilvl="0"><start val="1"/><numFmt val="decimal"/><lvlText val="%1."/></lvl>
            </abstractNum><num numId="5"><abstractNumId val="1"/></num></numbering>"#;
        let styles = br#"<styles><style type="paragraph" default="1" styleId="Plain">
            <pPr><numPr><numId val="5"/></numPr></pPr></style>
            <style type="table" default="1" styleId="Grid"/></styles>"#;
        let numbering = parse(numbering, 20).unwrap().root;
        let styles = parse(styles, 20).unwrap().root;
        let mut lists = Numbering::new(Some(&numbering), Some(&styles));
        let off = parse(b"<pPr><numPr><numId val='0'/></numPr></pPr>", 20).unwrap().root;
        let drawn = [lists.next(None), lists.next(off.child("pPr")), lists.next(None)];
        let number = |drawn: &str| Some(Mark::Number(drawn.to_owned()));
        assert_eq!(drawn, [number("1."), None, number("2.")]);
    }
}
