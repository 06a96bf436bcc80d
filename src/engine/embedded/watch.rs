//! When a search has to end. The caller is asked by work done, wherever work is done: by documents
//! alone, a query that finds nothing would be asked about at its end.

use std::cell::Cell;

/// Work between two questions: entries, positions and terms read, some ten nanoseconds each. Tests
/// have small corpora.
const WORK_BETWEEN_STOPS: u64 = if cfg!(test) { 64 } else { 16_384 };
/// Work that a stopped search may yet do to show what it has, each time that it is granted.
const GRACE: u64 = 30_000;
/// What it costs to open the postings of a term.
pub(super) const OPENING: u64 = 32;

/// Counts work, and asks the caller now and then whether to go on.
///
/// After a "no", and once what is granted is used up, cursors end as if there were nothing more.
/// Who reads them asks [`Self::goes_on`] before it believes them.
pub(super) struct Watch<'a> {
    stop: &'a dyn Fn() -> bool,
    /// Work before the next question, or the end.
    left: Cell<u64>,
    is_stopped: Cell<bool>,
    is_over: Cell<bool>,
}

impl<'a> Watch<'a> {
    /// Starts with no work done.
    pub(super) const fn new(stop: &'a dyn Fn() -> bool) -> Self {
        Self {
            stop,
            left: Cell::new(WORK_BETWEEN_STOPS),
            is_stopped: Cell::new(false),
            is_over: Cell::new(false),
        }
    }

    /// Counts work; tells whether to go on.
    #[inline]
    pub(super) fn spend(&self, work: u64) -> bool {
        match self.left.get().checked_sub(work) {
            Some(left) if !self.is_over.get() => {
                self.left.set(left);
                true
            }
            _ => self.ask(),
        }
    }

    /// Asks now, whatever was done since the last time; tells whether to go on.
    #[cold]
    pub(super) fn ask(&self) -> bool {
        if !self.is_stopped.get() && !(self.stop)() {
            self.left.set(WORK_BETWEEN_STOPS);
            return true;
        }
        self.is_stopped.set(true);
        self.is_over.set(true);
        false
    }

    /// Tells whether what was read can be believed: nothing was cut off.
    pub(super) const fn goes_on(&self) -> bool {
        !self.is_over.get()
    }

    /// Tells whether the caller has stopped the search.
    pub(super) const fn is_stopped(&self) -> bool {
        self.is_stopped.get()
    }

    /// Lets a stopped search do a little more.
    pub(super) fn grant(&self) {
        if self.is_stopped() {
            self.left.set(GRACE);
            self.is_over.set(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caller_is_asked_by_work_and_no_more_after_a_no() {
        let n_asked = Cell::new(0);
        let stop = || {
            n_asked.set(n_asked.get() + 1);
            n_asked.get() > 2
        };
        let watch = Watch::new(&stop);
        assert!(watch.spend(WORK_BETWEEN_STOPS) && n_asked.get() == 0);
        assert!(watch.spend(1) && n_asked.get() == 1);
        assert!(watch.spend(WORK_BETWEEN_STOPS * 9) && n_asked.get() == 2);
        assert!(!watch.spend(WORK_BETWEEN_STOPS + 1) && !watch.goes_on());
        assert!(!watch.spend(0) && !watch.ask() && n_asked.get() == 3);
        watch.grant();
        assert!(watch.spend(GRACE) && watch.goes_on() && watch.is_stopped());
        assert!(!watch.spend(1) && !watch.goes_on() && n_asked.get() == 3);
    }
}
