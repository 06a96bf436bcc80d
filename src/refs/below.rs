//! The court below, in judgments of the Supreme Court that name its cases without it.

use crate::model::case_type::CaseType;

use super::case::{Cases, is_pakistani};
use super::report::Reading;
use super::tables::Inner;

/// How far before its court `Against the judgment dated …` may begin, in bytes.
const AGAINST: usize = 120;

impl Cases<'_> {
    /// Finds for a judgment of the Supreme Court the only court of its text that can have a case of this
    /// kind, where its head says that the judgment below is that court's.
    pub(super) fn court_below(&self, r: Reading<'_>, kind: &CaseType, year: u16) -> Option<String> {
        if kind.courts.is_empty() || self.own_court != Some("scp") {
            return None;
        }
        let mut named = self.courts.iter().filter_map(|court| {
            let model = r.tables.courts.get(court.2)?.model.as_deref()?;
            (is_pakistani(model) && kind.fits(model, year)).then_some((court.0, model))
        });
        let (at, only) = named.next()?;
        let from = at.saturating_sub(AGAINST);
        let from = (from..=at).find(|&from| r.text.is_char_boundary(from))?;
        let head = r.get(from, at).to_ascii_lowercase();
        let below = ["against ", "appeal from"].iter().any(|words| head.contains(words))
            || ["passed by", "passed by the"].iter().any(|words| head.trim_end().ends_with(words));
        let alone = named.all(|(_, other)| other == only);
        (below && alone).then(|| Inner::court_in_ids(only).to_owned())
    }
}
