//! Compressed RTF of Outlook messages (MS-OXRTFCP): LZ77 with a dictionary that knows RTF.

/// What the window holds before the first byte.
const START: &[u8] =
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \
    \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier\
    {\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

const WINDOW: usize = 4096;

/// Unpacks `bytes` to at most `max` bytes; `None` if they are no compressed RTF.
///
/// Checksums are not compared: what a damaged stream still gives is worth having.
pub(super) fn unpack(bytes: &[u8], max: usize) -> Option<Vec<u8>> {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?.first_chunk::<4>()?;
        usize::try_from(u32::from_le_bytes(*four)).ok()
    };
    let (packed, unpacked) = (number(0)?, number(4)?.min(max));
    let body = bytes.get(16..bytes.len().min(packed.saturating_add(4)).max(16))?;
    match bytes.get(8..12)? {
        b"LZFu" => Some(inflate(body, unpacked)),
        b"MELA" => Some(body.get(..unpacked.min(body.len())).unwrap_or_default().to_vec()),
        _ => None,
    }
}

fn inflate(body: &[u8], max: usize) -> Vec<u8> {
    let mut window = [0_u8; WINDOW];
    for (to, from) in window.iter_mut().zip(START) {
        *to = *from;
    }
    let mut at = START.len();
    let mut out = Vec::new();
    let mut input = body.iter().copied();
    let mut put = |byte: u8, at: &mut usize, window: &mut [u8; WINDOW]| {
        if let Some(place) = window.get_mut(*at) {
            *place = byte;
        }
        *at = (*at + 1) % WINDOW;
        out.push(byte);
        out.len() < max
    };
    'runs: while let Some(flags) = input.next() {
        for bit in 0..8 {
            let Some(first) = input.next() else { break 'runs };
            if flags & (1 << bit) == 0 {
                if !put(first, &mut at, &mut window) {
                    break 'runs;
                }
                continue;
            }
            let Some(second) = input.next() else { break 'runs };
            let token = usize::from(u16::from_be_bytes([first, second]));
            let (from, len) = (token >> 4, (token & 15) + 2);
            // A token that points to the place of writing ends the text.
            if from == at {
                break 'runs;
            }
            for step in 0..len {
                let byte = window.get((from + step) % WINDOW).copied().unwrap_or_default();
                if !put(byte, &mut at, &mut window) {
                    break 'runs;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    // Both are the examples of MS-OXRTFCP, section 3.
    const HELLO: &[u8] = b"\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125\x42\x32\
        \x0a\xf3 hel\x09\x00 bw\x05\xb0ld}\x0a\x80\x0f\xa0";
    const OVERLAP: &[u8] =
        b"\x1a\0\0\0\x1c\0\0\0LZFu\xe2\xd4\x4b\x51\x41\x00\x04 WXYZ\x0dn}\x01\x0e\xb0";

    #[test]
    fn the_examples_of_the_specification() {
        assert_eq!(START.len(), 207);
        let hello = b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n";
        assert_eq!(unpack(HELLO, 1 << 20).unwrap(), hello);
        assert_eq!(unpack(OVERLAP, 1 << 20).unwrap(), b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
    }

    #[test]
    fn stored_and_cut() {
        assert_eq!(unpack(b"\x11\0\0\0\x05\0\0\0MELA\0\0\0\0{abc}", 100).unwrap(), b"{abc}");
        assert_eq!(unpack(HELLO, 6).unwrap(), b"{\\rtf1");
        assert_eq!(unpack(&HELLO[..24], 100).unwrap(), b"{\\rtf1\\ansi\\ansicpg");
        assert_eq!(unpack(b"short", 100), None);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>) {
            let mut packed = b"\xff\xff\0\0\xff\xff\0\0LZFu\0\0\0\0".to_vec();
            packed.extend(bytes);
            let unpacked = unpack(&packed, 500).unwrap();
            proptest::prop_assert!(unpacked.len() <= 500);
        }
    }
}
