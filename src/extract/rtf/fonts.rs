//! The fonts of a Rich Text: each brings the encoding of the letters written in it.

use std::collections::HashMap;

use encoding_rs::Encoding;

/// How the bytes of a run are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Letters {
    /// By a code page.
    Coded(&'static Encoding),
    /// As signs of a font of signs: bullets, ticks, arrows.
    Signs,
}

impl Letters {
    /// Decodes `bytes`.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Coded(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            // Its Latin half has digits and punctuation in their usual places.
            Self::Signs => {
                let sign = |&byte: &u8| if byte.is_ascii() { char::from(byte) } else { '•' };
                bytes.iter().map(sign).collect()
            }
        }
    }
}

/// The table of fonts, and what holds where it says nothing.
pub(super) struct Fonts {
    /// By the document's code page.
    default: &'static Encoding,
    /// The font of text before any other is named.
    default_font: i64,
    by_number: HashMap<i64, Letters>,
    /// The fonts that say that they are Western.
    western: Vec<i64>,
    /// The font whose entry is being read.
    current: i64,
}

impl Fonts {
    pub(super) fn new() -> Self {
        Self {
            default: encoding_rs::WINDOWS_1252,
            default_font: 0,
            by_number: HashMap::new(),
            western: Vec::new(),
            current: 0,
        }
    }

    /// Sets the document's code page.
    pub(super) fn set_default(&mut self, encoding: &'static Encoding) {
        self.default = encoding;
    }

    /// Takes a word of the table or of the document's head.
    pub(super) fn word(&mut self, word: &str, value: Option<i64>) {
        let value = value.unwrap_or(0);
        match word {
            "deff" => self.default_font = value,
            "f" => self.current = value,
            "fcharset" => match value {
                0 => self.western.push(self.current),
                2 => drop(self.by_number.insert(self.current, Letters::Signs)),
                set => {
                    if let Some(encoding) = of_charset(set) {
                        self.by_number.insert(self.current, Letters::Coded(encoding));
                    }
                }
            },
            "cpg" => {
                if let Some(encoding) = of_code_page(value) {
                    self.by_number.insert(self.current, Letters::Coded(encoding));
                }
            }
            _ => {}
        }
    }

    /// Returns how text in a font is read.
    pub(super) fn letters(&self, font: Option<i64>) -> Letters {
        let font = font.unwrap_or(self.default_font);
        if let Some(letters) = self.by_number.get(&font) {
            return *letters;
        }
        // A writer that calls every font Western means the code page of the document; one that tells
        // fonts apart means what it says.
        let tells_apart = self.by_number.values().any(|one| *one == Letters::Coded(self.default));
        if tells_apart && self.western.contains(&font) {
            Letters::Coded(encoding_rs::WINDOWS_1252)
        } else {
            Letters::Coded(self.default)
        }
    }
}

/// Returns the encoding of a Windows character set.
fn of_charset(set: i64) -> Option<&'static Encoding> {
    of_code_page(match set {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// Returns the encoding of a Windows code page.
pub(super) fn of_code_page(number: i64) -> Option<&'static Encoding> {
    let label = match number {
        866 => "ibm866".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        10007 => "x-mac-cyrillic".to_owned(),
        20866 => "koi8-r".to_owned(),
        65001 => "utf-8".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}
