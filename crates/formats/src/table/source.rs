//! Where the bytes of a table come from: a file or memory, plain or gzip, in any of the usual encodings.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::bufread::MultiGzDecoder;

use super::compound::SIGNATURE;
use super::markup::{self, Markup};
use super::{FileError, biff};
use crate::fault::Fault;

/// Bytes that can be read from the start as often as needed.
#[derive(Clone)]
pub(crate) enum Input {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

/// What the first bytes say the container is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Container {
    Plain,
    Gzip,
    Workbook,
    OldWorkbook,
    Pdf,
    Markup(Markup),
}

/// The container is told by this much of a file.
pub(crate) const LOOKED_AT: usize = 4096;

impl Container {
    /// The container of a file with this beginning.
    pub(crate) fn of(start: &[u8]) -> Result<Container, FileError> {
        if start.is_empty() {
            return Err(Fault::Empty.into());
        }
        if let Some(fault) = foreign(start) {
            return Err(fault.into());
        }
        Ok(match start {
            [0x1f, 0x8b, ..] => Container::Gzip,
            [b'P', b'K', 3, 4, ..] => Container::Workbook,
            start if start.starts_with(&SIGNATURE) || biff::is_bare(start) => Container::OldWorkbook,
            start if is_pdf(start) => Container::Pdf,
            start => markup::kind(start).map_or(Container::Plain, Container::Markup),
        })
    }
}

/// Some programs write a few lines of their own before a PDF, which readers allow within the first kilobyte.
fn is_pdf(start: &[u8]) -> bool {
    let first = start.get(..1024).unwrap_or(start);
    start.starts_with(b"%PDF") || (first.windows(5).any(|five| five == b"%PDF-") && start.contains(&0))
}

/// Bytes one can read and seek, from disk or memory.
pub(crate) trait Seekable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seekable for T {}

/// What the first bytes say of a file that is no table.
fn foreign(start: &[u8]) -> Option<Fault> {
    let packed = |packing: &str| Fault::IsPacked { packing: packing.to_owned() };
    Some(match start {
        [0x28, 0xb5, 0x2f, 0xfd, ..] => packed("zstd"),
        [b'B', b'Z', b'h', ..] => packed("bzip2"),
        [0xfd, b'7', b'z', b'X', b'Z', ..] => packed("xz"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => Fault::IsPicture,
        _ => return None,
    })
}

impl Input {
    pub(crate) fn open(&self) -> Result<Box<dyn Seekable>, FileError> {
        match self {
            Input::Bytes(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Input::File(path) => {
                let name = || path.display().to_string();
                let fault = |e: io::Error| match e.kind() {
                    io::ErrorKind::NotFound => Fault::NotFound { path: name() },
                    _ => Fault::CannotOpen { path: name(), cause: e.to_string() },
                };
                let file = File::open(path).map_err(fault)?;
                if file.metadata().map_err(fault)?.is_dir() {
                    return Err(Fault::IsFolder { path: name() }.into());
                }
                Ok(Box::new(file))
            }
        }
    }

    pub(crate) fn container(&self) -> Result<Container, FileError> {
        let mut start = Vec::new();
        self.open()?.take(LOOKED_AT as u64).read_to_end(&mut start).map_err(unreadable)?;
        Container::of(&start)
    }

    /// The bytes, unpacked if they are gzip.
    pub(crate) fn unpacked(&self, container: Container) -> Result<Box<dyn BufRead + Send>, FileError> {
        let raw = BufReader::with_capacity(1 << 16, self.open()?);
        Ok(match container {
            Container::Gzip => Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(raw))),
            _ => Box::new(raw),
        })
    }

    /// The text in UTF-8.
    pub(crate) fn text(
        &self,
        container: Container,
        encoding: &'static Encoding,
    ) -> Result<BufReader<Decoded>, FileError> {
        let decoded = Decoded { bytes: self.unpacked(container)?, decoder: encoding.new_decoder(), ended: false };
        Ok(BufReader::with_capacity(1 << 16, decoded))
    }

    /// Reads all bytes once and says their encoding; refuses what is no text.
    pub(crate) fn encoding(&self, container: Container) -> Result<&'static Encoding, FileError> {
        let mut bytes = self.unpacked(container)?;
        let start = bytes.fill_buf().map_err(unreadable)?;
        if let Some((encoding, _)) = Encoding::for_bom(start)
            && (encoding == UTF_16LE || encoding == UTF_16BE)
        {
            return Ok(encoding);
        }
        let mut utf8 = UTF_8.new_decoder();
        let (mut valid, mut blank) = (true, true);
        let mut out = vec![0u8; 1 << 17];
        loop {
            let chunk = bytes.fill_buf().map_err(unreadable)?;
            let length = chunk.len();
            if chunk.contains(&0) {
                return Err(Fault::Binary.into());
            }
            blank &= chunk.iter().all(|b| b.is_ascii_whitespace() || matches!(b, 0xef | 0xbb | 0xbf));
            if valid {
                let (_, _, _, errors) = utf8.decode_to_utf8(chunk, &mut out, length == 0);
                valid = !errors;
            }
            if length == 0 {
                break;
            }
            bytes.consume(length);
        }
        if blank {
            return Err(Fault::Empty.into());
        }
        Ok(if valid { UTF_8 } else { WINDOWS_1252 })
    }
}

/// A disk or archive that fails while it is read.
pub(crate) fn unreadable(error: io::Error) -> FileError {
    Fault::Unreadable { cause: error.to_string() }.into()
}

/// A reader that turns any encoding into UTF-8 and drops the byte order mark.
pub(crate) struct Decoded {
    bytes: Box<dyn BufRead + Send>,
    decoder: Decoder,
    ended: bool,
}

impl Read for Decoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let chunk = self.bytes.fill_buf()?;
            let last = chunk.is_empty();
            let (result, used, written, _) = self.decoder.decode_to_utf8(chunk, out, last);
            self.bytes.consume(used);
            self.ended = last && result == encoding_rs::CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}
