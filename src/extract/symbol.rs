//! The letters of the Symbol font, which old files hold as places in the font and not as characters.

/// What stands at the places 0x20 to 0x7E, after Adobe's table of the font.
const LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// What stands at the places 0xA1 to 0xFE.
const HIGH: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{F8FF}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// Returns the character at a place of the Symbol font; places of the private use area (`F061`) mean
/// the same as their last byte.
pub(super) fn letter(place: u32) -> Option<char> {
    match place {
        0x20..=0x7E => LOW.chars().nth((place - 0x20) as usize),
        0xA1..=0xFE => HIGH.chars().nth((place - 0xA1) as usize),
        0xF020..=0xF0FF => letter(place - 0xF000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_by_the_table() {
        assert_eq!((LOW.chars().count(), HIGH.chars().count()), (0x7F - 0x20, 0xFF - 0xA1));
        for (place, sign) in [
            (0x61, 'α'),
            (0x41, 'Α'),
            (0x70, 'π'),
            (0x7A, 'ζ'),
            (0x5A, 'Ζ'),
            (0xB7, '•'),
            (0xA3, '≤'),
            (0xB3, '≥'),
            (0xB4, '×'),
            (0xB9, '≠'),
            (0xE5, '∑'),
            (0xF2, '∫'),
            (0xF0AE, '→'),
            (0xD7, '⋅'),
            (0xFE, '⎭'),
        ] {
            assert_eq!(letter(place), Some(sign), "{place:x}");
        }
        assert_eq!(letter(0x80), None);
    }
}
