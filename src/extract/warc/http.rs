//! What a server answered: its head, and its body as it was before it was packed for the way.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::super::package::{Budget, Fault};

/// Most headers that are looked at.
const MAX_HEADERS: usize = 500;

/// Most codings that one body may lie in.
const MAX_CODINGS: usize = 4;

/// An answer: status, headers, body.
pub(super) struct Answer<'a> {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    body: &'a [u8],
}

/// Why a body cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoBody {
    /// Its archive's limits, or damage.
    Fault(Fault),
    /// It is packed in a way that is not read.
    Coding(String),
}

impl<'a> Answer<'a> {
    /// Parses `block`; `None` if it does not begin as an answer of HTTP does.
    pub(super) fn parse(block: &'a [u8]) -> Option<Self> {
        let (head, body) = split_head(block);
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines();
        let mut first = lines.next()?.split_whitespace();
        first.next().filter(|version| version.starts_with("HTTP/"))?;
        let status = first.next()?.parse().ok()?;
        let headers = lines.take(MAX_HEADERS).filter_map(header).collect();
        Some(Self { status, headers, body })
    }

    /// Returns the value of the header `name`, which is in lower case.
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// Returns the declared type with its parameters.
    pub(super) fn content_type(&self) -> &str {
        self.header("content-type").unwrap_or_default()
    }

    /// Returns the body as the page's author wrote it.
    ///
    /// Some archivers undo the packing and keep the headers that speak of it: a body that does not
    /// look packed is taken as it is.
    pub(super) fn body(&self, budget: &mut Budget) -> Result<Vec<u8>, NoBody> {
        let list = |name| self.header(name).unwrap_or_default().to_ascii_lowercase();
        // First it was packed as what it is, then for the way.
        let codings = [list("content-encoding"), list("transfer-encoding")].join(",");
        let codings = codings.rsplit(',').map(str::trim).filter(|coding| !coding.is_empty());
        let mut body = self.body.to_vec();
        for coding in codings.take(MAX_CODINGS) {
            body = match coding {
                "chunked" => unchunk(&body).unwrap_or(body),
                "identity" | "none" | "utf-8" => body,
                "gzip" | "x-gzip" if body.starts_with(b"\x1F\x8B") => {
                    unpack(MultiGzDecoder::new(body.as_slice()), budget)?
                }
                "gzip" | "x-gzip" => body,
                "deflate" if is_zlib(&body) => unpack(ZlibDecoder::new(body.as_slice()), budget)?,
                "deflate" => or_plain(unpack(DeflateDecoder::new(body.as_slice()), budget), body)?,
                "br" => {
                    let decoder = brotli_decompressor::Decompressor::new(body.as_slice(), 4096);
                    or_plain(unpack(decoder, budget), body)?
                }
                other => return Err(NoBody::Coding(super::word(other))),
            };
        }
        Ok(body)
    }
}

/// Splits at the empty line after the headers.
fn split_head(block: &[u8]) -> (&[u8], &[u8]) {
    let end = |mark: &[u8]| memchr::memmem::find(block, mark).map(|at| (at, at + mark.len()));
    let (head, body) = match (end(b"\r\n\r\n"), end(b"\n\n")) {
        (Some(a), Some(b)) => a.min(b),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => (block.len(), block.len()),
    };
    (block.get(..head).unwrap_or_default(), block.get(body..).unwrap_or_default())
}

/// Returns name (in lower case) and value of a header line.
pub(super) fn header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

/// Returns a media type in lower case, without parameters.
pub(super) fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns the encoding that a content type names: `text/html; charset="windows-1256"`.
pub(super) fn charset(content_type: &str) -> Option<String> {
    let parameters = content_type.split(';').skip(1).filter_map(|one| one.split_once('='));
    let (_, value) =
        parameters.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let value = value.trim().trim_matches(['"', '\'']);
    let is_label = |c: char| c.is_ascii_alphanumeric() || "-_.:+".contains(c);
    (!value.is_empty() && value.len() <= 40 && value.chars().all(is_label))
        .then(|| value.to_ascii_lowercase())
}

/// Joins the chunks of a body; `None` if it is not in chunks. A cut body gives what there is.
fn unchunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut rest = body;
    let mut is_first = true;
    loop {
        let Some(end) = memchr::memchr(b'\n', rest.get(..rest.len().min(4096))?) else {
            return (!is_first).then_some(joined);
        };
        let line = String::from_utf8_lossy(rest.get(..end)?).into_owned();
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return (!is_first).then_some(joined);
        };
        is_first = false;
        rest = rest.get(end + 1..)?;
        joined.extend_from_slice(rest.get(..size.min(rest.len()))?);
        if size == 0 || size >= rest.len() {
            return Some(joined);
        }
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// Tells whether `body` begins as a zlib stream does; by the standard, `deflate` means that.
fn is_zlib(body: &[u8]) -> bool {
    body.first_chunk::<2>()
        .is_some_and(|&head| head[0] & 15 == 8 && u16::from_be_bytes(head).is_multiple_of(31))
}

fn unpack(decoder: impl Read, budget: &mut Budget) -> Result<Vec<u8>, NoBody> {
    budget.read(WhatComes { inner: decoder, any: false }).map_err(NoBody::Fault)
}

/// Takes `body` as it is where it cannot be unpacked and is readable.
fn or_plain(unpacked: Result<Vec<u8>, NoBody>, body: Vec<u8>) -> Result<Vec<u8>, NoBody> {
    let head = body.get(..body.len().min(1024)).unwrap_or_default();
    let is_readable = !head.contains(&0) && (head.starts_with(b"%PDF") || head.contains(&b'<'));
    match unpacked {
        Err(NoBody::Fault(Fault::Damaged)) if is_readable => Ok(body),
        unpacked => unpacked,
    }
}

/// A reader that ends where its source breaks: half a page is worth having.
struct WhatComes<R> {
    inner: R,
    any: bool,
}

impl<R: Read> Read for WhatComes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(buffer) {
            Ok(n) => {
                self.any |= n > 0;
                Ok(n)
            }
            Err(_) if self.any => Ok(0),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;

    use super::*;
    use crate::extract::Limits;

    fn body(head: &str, body: &[u8]) -> Result<Vec<u8>, NoBody> {
        let block = [b"HTTP/1.1 200 OK\r\n", head.as_bytes(), b"\r\n\r\n", body].concat();
        Answer::parse(&block).unwrap().body(&mut Budget::new(block.len(), &Limits::default()))
    }

    #[test]
    fn heads() {
        let answer = Answer::parse(b"HTTP/1.1 404 Not Found\nContent-Type: Text/HTML; x=y\n\nno");
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.content_type()), (404, "Text/HTML; x=y"));
        assert!(Answer::parse(b"<html>").is_none());
        assert!(Answer::parse(b"").is_none());
    }

    #[test]
    fn chunks() {
        let head = "Transfer-Encoding: chunked";
        assert_eq!(body(head, b"5;x=1\r\nThe c\r\n4\r\nourt\r\n0\r\n\r\n").unwrap(), b"The court");
        // Cut off, and put together by the archiver already.
        assert_eq!(body(head, b"5\r\nThe c\r\n9\r\nou").unwrap(), b"The cou");
        assert_eq!(body(head, b"<p>The court").unwrap(), b"<p>The court");
    }

    #[test]
    fn codings() {
        let page = b"<p>The court orders.</p>";
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(page).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(page).unwrap();
        let zlib = zlib.finish().unwrap();
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(page).unwrap();
        let raw = raw.finish().unwrap();
        // A stream of one block that is not compressed, in the words of RFC 7932.
        let size = u8::try_from(page.len() - 1).unwrap();
        let brotli = [&[size << 4, size >> 4, 0x10][..], page, &[3]].concat();
        for (coding, packed) in [
            ("gzip", &gzip),
            ("X-Gzip", &gzip),
            ("deflate", &zlib),
            ("deflate", &raw),
            ("br", &brotli),
        ] {
            let head = format!("content-encoding: {coding}");
            assert_eq!(body(&head, packed).unwrap(), page, "{coding}");
            assert_eq!(body(&head, page).unwrap(), page, "{coding}, unpacked before");
        }
        let chunked =
            [format!("{:x}\r\n", gzip.len()).as_bytes(), &gzip, b"\r\n0\r\n\r\n"].concat();
        for way in [
            "Transfer-Encoding: gzip, chunked",
            "Content-Encoding: gzip\r\nTransfer-Encoding: chunked",
        ] {
            assert_eq!(body(way, &chunked).unwrap(), page, "{way}");
        }
        let twice = body("Content-Encoding: identity, gzip", &gzip).unwrap();
        assert_eq!(twice, page);
        let unknown = body("Content-Encoding: compress", page);
        assert_eq!(unknown, Err(NoBody::Coding("compress".to_owned())));
    }

    #[test]
    fn bombs_stop() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&[b' '].repeat(100_000)).unwrap();
        let block =
            [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", &gzip.finish().unwrap()[..]]
                .concat();
        let limits = Limits { archive_bytes: 1000, ..Limits::default() };
        let answer = Answer::parse(&block).unwrap();
        let found = answer.body(&mut Budget::new(10, &limits));
        assert_eq!(found, Err(NoBody::Fault(Fault::Limit("bytes"))));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, text in "[0-9a-f;\r\n ]{0,60}", coding in 0..4) {
            let coding = ["gzip", "deflate", "br", "chunked"][usize::try_from(coding).unwrap()];
            for content in [&bytes, text.as_bytes()] {
                for name in ["Content-Encoding", "Transfer-Encoding"] {
                    let _ = body(&format!("{name}: {coding}"), content).is_ok();
                }
                let _ = Answer::parse(content).is_some();
            }
        }
    }
}
