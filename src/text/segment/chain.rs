//! Which of the numbers that begin paragraphs are the court's own: the chain that explains them best.
//!
//! Lists, quoted judgments and numbered parties begin paragraphs with numbers, too. Whoever decides
//! number by number loses the rest of a judgment with one wrong step. So all chains are weighed at
//! once: each number taken counts for its chain, each one passed over against it, and so does each
//! gap; the weightiest chain wins (dynamic programming, one pass over the numbers).

use std::collections::{BTreeMap, HashMap};

use super::candidate::{Candidate, Trust};
use super::mark::Form;

/// A number that is taken.
const TAKEN: f32 = 1.0;
/// One with a single blank behind it: any wrapped line may begin so.
const TAKEN_WEAK: f32 = 0.9;
/// One in a quotation, or set off like one; one of a heading.
const TAKEN_QUOTED: f32 = 0.4;
const TAKEN_TITLED: f32 = 0.3;
/// What one counts less whose list began with 1 below another number: of two chains alike, that one
/// is the court's that was there first.
const LISTED: f32 = 0.05;
/// A number passed over, unless it is of a list or doubtful: more than it would count if taken, so
/// that of two chains the one wins that leaves lists behind, not paragraphs.
const PASSED: f32 = 1.5;
/// The very next number follows, and is not taken: a list would be torn in two.
const TORN: f32 = 1.7;
/// What the first and each further missing number costs.
const GAP: [f32; 2] = [1.0, 1.5];
/// A chain that begins with 2, behind an unnumbered opening, and one that begins later.
const BEGINS_AT_2: f32 = 0.2;
const BEGINS_LATER: f32 = 0.5;
/// A new order begins after a signature, or a new part under a heading.
const ANEW_AFTER_END: f32 = 0.3;
const ANEW_UNDER_HEADING: f32 = 0.8;
/// More different numbers than this are no numbering of which a part begins anew.
const MAX_VALUES: usize = 2000;
/// So far back the court's slip may count, and so many numbers it may have: `14. 12. 15.`
const MAX_SLIP: u16 = 3;

/// Returns the numbers of the court's own run or runs, as indices into `candidates`, in order.
pub(super) fn best(candidates: &[Candidate<'_>]) -> Vec<usize> {
    let chosen = Chains::new(candidates).heaviest();
    with_slips(candidates, &chosen)
}

/// The best chain that ends with a number.
#[derive(Clone, Copy)]
struct End {
    weight: f32,
    before: Option<usize>,
}

struct Chains<'c, 'a> {
    all: &'c [Candidate<'a>],
    /// What it costs to pass over all numbers before this one; one longer than `all`.
    passed: Vec<f32>,
    /// Which numbers belong to a list that begins below another number.
    listed: Vec<bool>,
    /// Where the certain numbers of each value stand, in order.
    places: HashMap<u16, Vec<usize>>,
    /// The next number at or behind this one that follows a signature.
    next_end: Vec<usize>,
}

impl<'c, 'a> Chains<'c, 'a> {
    fn new(all: &'c [Candidate<'a>]) -> Self {
        let mut passed = vec![0.0];
        let mut places: HashMap<u16, Vec<usize>> = HashMap::new();
        let mut sum = 0.0;
        let mut in_list = false;
        let mut is_below = false;
        let mut before = None;
        let mut listed = Vec::with_capacity(all.len());
        for (idx, one) in all.iter().enumerate() {
            let n = one.mark.value;
            let begins = n == 1 || n == 2 && one.new_part;
            let goes_on = in_list && before.is_some_and(|before| before + 1 == n);
            in_list = one.mark.decimal.is_none() && (begins || goes_on);
            if begins {
                is_below = before.is_some() && !one.after_end && !one.new_part;
            }
            listed.push(in_list && is_below);
            before = Some(n);
            if !in_list && one.is_certain() {
                sum += PASSED;
            }
            passed.push(sum);
            if one.mark.decimal.is_none() && one.is_certain() {
                places.entry(n).or_default().push(idx);
            }
        }
        let mut next_end = vec![all.len(); all.len() + 1];
        for (idx, one) in all.iter().enumerate().rev() {
            next_end[idx] = if one.after_end { idx } else { next_end[idx + 1] };
        }
        Self { all, passed, listed, places, next_end }
    }

    /// Tells whether a number stands behind `idx` and before the next signature.
    fn comes_later(&self, n: u16, idx: usize) -> bool {
        let end = self.next_end.get(idx + 1).copied().unwrap_or(self.all.len());
        let places = self.places.get(&n).map_or(&[][..], Vec::as_slice);
        places.get(places.partition_point(|place| *place <= idx)).is_some_and(|place| *place < end)
    }

    /// Tells whether the next numbers are `n`, `n + 1` …
    fn follows(&self, idx: usize, numbers: &[u16]) -> bool {
        numbers
            .iter()
            .enumerate()
            .all(|(step, n)| self.all.get(idx + 1 + step).is_some_and(|next| next.mark.value == *n))
    }

    /// Tells whether the numbers from here on count up to `n` without a break.
    fn reaches(&self, idx: usize, n: u16) -> bool {
        let Some(first) = self.all.get(idx) else { return false };
        let numbers: Vec<u16> = (first.mark.value + 1..=n).take(MAX_VALUES).collect();
        self.follows(idx, &numbers)
    }

    fn heaviest(&self) -> Vec<usize> {
        let mut ends: Vec<Option<End>> = Vec::with_capacity(self.all.len());
        // The best chains that are open, by their last number: those of `n` and `n.m` together, too.
        let mut open: BTreeMap<(u16, Option<u16>), (f32, usize)> = BTreeMap::new();
        let mut open_whole: BTreeMap<u16, (f32, usize)> = BTreeMap::new();
        let mut best_open: Option<(f32, usize)> = None;
        let mut before_end: Option<(f32, usize)> = None;
        for (idx, one) in self.all.iter().enumerate() {
            if one.after_end {
                before_end = best_open;
                if let Some(last) = idx.checked_sub(1) {
                    keep(&mut before_end, self.left_open(&ends, last));
                }
            }
            let n = one.mark.value;
            let mut best: Option<(f32, Option<usize>)> =
                self.start(idx).map(|weight| (weight - self.passed(idx), None));
            let mut offer = |weight: f32, from: usize| {
                let weight = weight - self.passed(idx);
                // Of equals the nearer one: lists end before the number that they stand under ends.
                if best.is_none_or(|(known, _)| weight >= known) {
                    best = Some((weight, Some(from)));
                }
            };
            // Behind a number that is not its neighbour.
            let befores = befores(one);
            for (before, cost) in &befores {
                let from = match before {
                    Before::Whole(n) => open_whole.get(n),
                    Before::Exact(n, decimal) => open.get(&(*n, *decimal)),
                };
                if let Some(&(weight, from)) = from {
                    offer(weight - cost, from);
                }
            }
            // Behind its neighbour: nothing is torn.
            if let Some(last) = idx.checked_sub(1)
                && let (Some(end), Some(other)) =
                    (ends.get(last).copied().flatten(), self.all.get(last))
                && let Some(cost) = step_cost(other, &befores)
            {
                offer(end.weight + self.passed(last + 1) - cost, last);
            }
            if let Some((weight, from)) = before_end
                && let Some(start) = self.start(idx)
            {
                offer(weight + start - ANEW_AFTER_END, from);
            }
            let is_new_part = one.is_certain()
                && one.mark.decimal.is_none()
                && (n == 1 && one.after_heading || n == 2 && one.new_part);
            if is_new_part && open_whole.len() <= MAX_VALUES {
                let neighbour = idx.checked_sub(1).and_then(|last| {
                    let (weight, from) = self.left_open(&ends, last)?;
                    Some((self.all.get(last)?.mark.value, (weight, from)))
                });
                let open = open_whole.iter().map(|(value, open)| (*value, *open)).chain(neighbour);
                for (value, (weight, from)) in open {
                    let is_over = !self.comes_later(value + 1, idx) || self.reaches(idx, value + 1);
                    if value >= n && is_over {
                        offer(weight - ANEW_UNDER_HEADING, from);
                    }
                }
            }
            ends.push(
                best.map(|(weight, before)| End { weight: weight + self.taken(idx), before }),
            );
            // From here on the number before this one is open for all that follow.
            if let Some(last) = idx.checked_sub(1)
                && let Some((weight, from)) = self.left_open(&ends, last)
                && let Some(other) = self.all.get(last)
            {
                let (value, decimal) = (other.mark.value, other.mark.decimal);
                keep_at(&mut open, (value, decimal), (weight, from));
                keep_at(&mut open_whole, value, (weight, from));
                keep(&mut best_open, Some((weight, from)));
            }
        }
        self.trace(&ends)
    }

    /// Returns what a number counts for its chain.
    fn taken(&self, idx: usize) -> f32 {
        let Some(one) = self.all.get(idx) else { return 0.0 };
        let weight = match (one.trust, one.mark.form) {
            (Trust::Quoted, _) => TAKEN_QUOTED,
            (Trust::Titled, _) => TAKEN_TITLED,
            (_, Form::Blank) => TAKEN_WEAK,
            _ => TAKEN,
        };
        let is_listed = self.listed.get(idx).copied().unwrap_or(false);
        if is_listed { weight - LISTED } else { weight }
    }

    fn passed(&self, idx: usize) -> f32 {
        self.passed.get(idx).copied().unwrap_or(0.0)
    }

    /// Returns the weight of the chain that ends at `idx` for those that follow its neighbour or
    /// later: what is passed over from there on is counted from the beginning.
    fn left_open(&self, ends: &[Option<End>], idx: usize) -> Option<(f32, usize)> {
        let end = ends.get(idx).copied().flatten()?;
        let one = self.all.get(idx)?;
        let is_torn = self.all.get(idx + 1).is_some_and(|next| {
            next.is_certain()
                && next.mark.decimal.is_none()
                && one.mark.value.checked_add(1) == Some(next.mark.value)
        });
        let torn = if is_torn { TORN } else { 0.0 };
        Some((end.weight + self.passed(idx + 1) - torn, idx))
    }

    /// Returns what it weighs to begin a chain here; `None` where none may begin.
    fn start(&self, idx: usize) -> Option<f32> {
        let one = self.all.get(idx)?;
        let n = one.mark.value;
        let is_weak = one.mark.form == Form::Blank;
        if one.trust == Trust::Titled {
            return None;
        }
        if let Some(decimal) = one.mark.decimal {
            return (n <= 1 && decimal == 1).then_some(0.0);
        }
        let is_paren = one.mark.form == Form::Paren;
        match n {
            // One lonely `(1)` or `1 Xyz` is no numbering.
            1 => (!is_weak && !is_paren || self.follows(idx, &[2])).then_some(0.0),
            2 => {
                (!is_paren && (one.is_certain() || self.follows(idx, &[3]))).then_some(-BEGINS_AT_2)
            }
            _ => {
                let next = [n.saturating_add(1), n.saturating_add(2)];
                (!is_weak && self.follows(idx, &next)).then_some(-BEGINS_LATER)
            }
        }
    }

    fn trace(&self, ends: &[Option<End>]) -> Vec<usize> {
        let all_passed = self.passed(self.all.len());
        let mut best: Option<(f32, usize)> = None;
        for (idx, end) in ends.iter().enumerate() {
            let Some(end) = end else { continue };
            keep(&mut best, Some((end.weight - all_passed + self.passed(idx + 1), idx)));
        }
        let mut chosen = Vec::new();
        let mut at = best.map(|(_, idx)| idx);
        while let Some(idx) = at {
            chosen.push(idx);
            at = ends.get(idx).copied().flatten().and_then(|end| end.before);
        }
        chosen.reverse();
        chosen
    }
}

fn keep(best: &mut Option<(f32, usize)>, other: Option<(f32, usize)>) {
    if let Some((weight, idx)) = other
        && best.is_none_or(|(known, _)| weight >= known)
    {
        *best = Some((weight, idx));
    }
}

fn keep_at<K: Ord>(open: &mut BTreeMap<K, (f32, usize)>, key: K, chain: (f32, usize)) {
    let mut best = open.get(&key).copied();
    keep(&mut best, Some(chain));
    if let Some(best) = best {
        open.insert(key, best);
    }
}

/// The last number of a chain that a number may go on.
enum Before {
    /// `n`, or `n` with any decimal.
    Whole(u16),
    Exact(u16, Option<u16>),
}

/// Returns what a number may follow, and what each costs.
fn befores(one: &Candidate<'_>) -> Vec<(Before, f32)> {
    let n = one.mark.value;
    let mut befores = Vec::new();
    match one.mark.decimal {
        Some(1) => {
            befores.push((Before::Exact(n, None), 0.0));
            befores.extend(n.checked_sub(1).map(|last| (Before::Whole(last), 0.0)));
        }
        Some(decimal) => {
            befores.extend(decimal.checked_sub(1).map(|last| (Before::Exact(n, Some(last)), 0.0)));
        }
        None => {
            befores.extend(n.checked_sub(1).map(|last| (Before::Whole(last), 0.0)));
            let is_certain = one.mark.form != Form::Blank && one.is_certain();
            for (missing, cost) in (1..).zip(GAP) {
                if let Some(last) = n.checked_sub(1 + missing)
                    && last > 0
                    && is_certain
                {
                    befores.push((Before::Whole(last), cost));
                }
            }
        }
    }
    befores
}

/// Returns what it costs to go on behind `from`; `None` where it is none of `befores`.
fn step_cost(from: &Candidate<'_>, befores: &[(Before, f32)]) -> Option<f32> {
    let is_it = |before: &Before| match *before {
        Before::Whole(n) => from.mark.value == n,
        Before::Exact(n, decimal) => (from.mark.value, from.mark.decimal) == (n, decimal),
    };
    befores.iter().find(|(before, _)| is_it(before)).map(|(_, cost)| *cost)
}

/// Adds the court's slips: what it printed twice or out of order between two of its numbers is shown
/// as printed, and so is the number that it printed twice where its run begins. Numbers of a list,
/// which begins with 1, are none.
fn with_slips(candidates: &[Candidate<'_>], chosen: &[usize]) -> Vec<usize> {
    let mut all = Vec::with_capacity(chosen.len());
    if let Some(&first) = chosen.first()
        && let Some(before) = first.checked_sub(1)
        && is_printed_twice(candidates, before, first)
    {
        all.push(before);
    }
    for (at, &idx) in chosen.iter().enumerate() {
        all.push(idx);
        let (Some(&next), Some(last)) = (chosen.get(at + 1), candidates.get(idx)) else { continue };
        let Some(after) = candidates.get(next) else { continue };
        // What is far ahead is quoted from elsewhere.
        let between: Vec<usize> = (idx + 1..next)
            .filter(|&idx| {
                candidates.get(idx).is_some_and(|one| one.mark.value <= after.mark.value)
            })
            .collect();
        let goes_on = after.mark.value == last.mark.value.saturating_add(1);
        let is_slip =
            |one: &Candidate<'_>| may_slip(one) && one.mark.value + MAX_SLIP > last.mark.value;
        let is_short = between.len() <= usize::from(MAX_SLIP);
        let are_slips = between.iter().all(|&idx| candidates.get(idx).is_some_and(is_slip));
        if goes_on && last.mark.decimal.is_none() && is_short && are_slips {
            all.extend(between);
        }
    }
    all
}

/// Tells whether a number that the chain passed over may be one of the court's all the same.
fn may_slip(one: &Candidate<'_>) -> bool {
    let is_strong = one.mark.form != Form::Blank && one.trust == Trust::Printed && !one.after_end;
    is_strong && one.mark.value >= 2 && one.mark.decimal.is_none()
}

/// Tells whether the number at `before` is the one at `first`, with which the run begins, printed
/// twice: both stand in one part, and so many words below it that it numbers a paragraph of text.
fn is_printed_twice(candidates: &[Candidate<'_>], before: usize, first: usize) -> bool {
    /// Fewest bytes of a paragraph that is no name in a list.
    const TEXT: usize = 60;
    let (Some(one), Some(begins)) = (candidates.get(before), candidates.get(first)) else {
        return false;
    };
    // Behind other numbers it is the end of a list, or of a quotation.
    let is_first = before == 0;
    let is_alike = one.mark.value == begins.mark.value && one.mark.form == begins.mark.form;
    is_first
        && is_alike
        && may_slip(one)
        && may_slip(begins)
        && !begins.new_part
        && one.mark.rest.len() >= TEXT
}

#[cfg(test)]
mod tests {
    use super::super::check_labels;

    #[test]
    fn a_number_printed_twice_where_the_run_begins() {
        let long = "The appellant argued that the kites were flown as the rules prescribe it.";
        check_labels(
            &[
                "Through the instant appeal an order has been assailed.",
                &format!("2.\t{long}"),
                "2.\tLet notice be issued to the respondents for tomorrow.",
                "3.\tOffice is directed to transmit a copy of this order.",
            ],
            &["", "2", "2", "3"],
        );
        check_labels(&[&format!("2.\t{long}"), "2.\tNotice for tomorrow."], &["2", "2"]);
        // Another part of the order, and the last of the parties.
        check_labels(
            &[
                "2.\tKite Private Limited.",
                "2.\tLet notice be issued to the respondents for tomorrow.",
                "3.\tOffice is directed to transmit a copy of this order.",
            ],
            &["", "2", "3"],
        );
    }
}
