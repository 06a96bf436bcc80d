//! Of which state a text is that names none, by the numbers that its acts bear.

/// Fewer numbers of one form are chance.
const FEWEST: usize = 1;

/// Returns the state whose acts are numbered as those of the text: `Kite Act, No. 48 of 2007` in Sri Lanka,
/// `Kite Act, 1927 (No. 3 of 1927)` in Ireland; none where an act has a roman number, as Pakistan's have.
pub(super) fn state_of(text: &str) -> Option<&'static str> {
    let b = text.as_bytes();
    let (mut behind, mut bracketed, mut roman) = (0, 0, 0);
    for at in memchr::memmem::find_iter(b, b" of ") {
        let year = b.get(at + 4..at + 8).is_some_and(|year| year.iter().all(u8::is_ascii_digit));
        if !year {
            continue;
        }
        let Some(before) = b.get(at.saturating_sub(24)..at) else { continue };
        let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let letters = before.iter().rev().take_while(|byte| byte.is_ascii_uppercase()).count();
        let head = before.get(..before.len() - digits.max(letters)).unwrap_or_default();
        let head = head.trim_ascii_end();
        if digits == 0 {
            let opens =
                head.ends_with(b"Act") || head.ends_with(b"(") || head.ends_with(b"Ordinance");
            roman += usize::from(letters > 0 && opens);
        } else if head.ends_with(b"(No.") && b.get(at + 8) == Some(&b')') {
            bracketed += 1;
        } else if head.ends_with(b" Act, No.") || head.ends_with(b" Act No.") {
            behind += 1;
        }
    }
    match (roman, behind, bracketed) {
        (1.., ..) => None,
        (_, FEWEST.., bracketed) if bracketed <= behind => Some("lk"),
        (_, _, FEWEST..) => Some("ie"),
        _ => None,
    }
}
