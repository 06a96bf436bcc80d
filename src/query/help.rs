//! What `misl help query` and the page's help say about the language.

/// The query language with examples; lines of 80 columns at most.
pub const HELP: &str = include_str!("help.txt");

#[cfg(test)]
mod tests {
    use super::super::testing::Known;
    use super::super::{QueryError, parse};
    use super::*;

    /// Returns the examples: what stands at the start of lines that are set in by two blanks.
    fn examples() -> Vec<&'static str> {
        HELP.lines()
            .filter_map(|line| line.strip_prefix("  "))
            .filter(|line| !line.starts_with(|c: char| c.is_uppercase()) || line.contains("   "))
            .map(|line| line.split("  ").next().unwrap_or_default().trim())
            .filter(|example| !example.is_empty())
            .collect()
    }

    #[test]
    fn lines_fit_the_screen() {
        assert!(HELP.lines().all(|line| line.chars().count() <= 80));
    }

    #[test]
    fn every_example_is_read_without_repair() {
        let examples = examples();
        assert!(examples.len() > 30, "{}", examples.len());
        for example in examples {
            match parse(example, &Known) {
                Ok(_) => {}
                // The documents and references of the examples are nobody's.
                Err(QueryError::UnknownValue { what: "document" | "reference", .. }) => {}
                Err(error) => panic!("{example}: {error}"),
            }
        }
    }
}
