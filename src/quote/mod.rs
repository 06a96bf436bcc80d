//! Does this quotation stand in that source?

use crate::model::{Locator, Page};
use crate::text::fold;

/// Interim answer.
pub struct Verdict(bool);
impl Verdict {
    /// Whether it passes.
    pub fn passes(&self) -> bool {
        self.0
    }
    /// What to do.
    pub fn hint(&self) -> String {
        String::new()
    }
}
impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not found")
    }
}
/// Interim.
pub fn verify(quote: &str, pages: &[Page], at: Option<&Locator>) -> Verdict {
    let page = at.and_then(Locator::page);
    Verdict(pages.iter().filter(|p| page.is_none_or(|n| n == p.number)).any(|p| fold(&p.text).contains(&fold(quote))))
}
