//! gzip and zstd, told by their magic bytes, with limits on what they may grow to.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

/// Most bytes that one compressed input may inflate to.
const MAX_INFLATED: u64 = 4 << 30;
/// Largest ratio of inflated to compressed bytes once [`RATIO_FREE`] bytes are inflated. Repetitive logs reach 100.
const MAX_RATIO: u64 = 300;
/// Inflated bytes below which the ratio does not matter.
const RATIO_FREE: u64 = 64 << 20;

/// A limit that a compressed input runs into, or damage in it.
#[derive(Debug, thiserror::Error)]
enum InflateError {
    #[error("the compressed data inflates to more than {MAX_INFLATED} bytes; split the report")]
    Size,
    #[error(
        "the compressed data inflates to more than {MAX_RATIO} times its size; hand the report over uncompressed"
    )]
    Ratio,
    #[error("the {0} data is damaged: {1}; pack the report again")]
    Damaged(&'static str, io::Error),
    #[error("the {0} data ends early; the file was cut short")]
    Cut(&'static str),
}

impl From<InflateError> for io::Error {
    fn from(error: InflateError) -> Self {
        let kind = match error {
            InflateError::Cut(_) => io::ErrorKind::UnexpectedEof,
            _ => io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}

/// `source` decompressed, if its first bytes say that it is compressed, else as it is.
pub(super) fn inflated(mut source: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
    let mut magic = Vec::with_capacity(4);
    source.by_ref().take(4).read_to_end(&mut magic)?;
    let gzip = magic.starts_with(&[0x1f, 0x8b]);
    let zstd = magic.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    let whole = io::Cursor::new(magic).chain(source);
    if !gzip && !zstd {
        return Ok(Box::new(whole));
    }
    let packed = Arc::new(AtomicU64::new(0));
    let counted = Counted { source: whole, bytes: Arc::clone(&packed) };
    let (name, inner): (_, Box<dyn Read + Send>) = if gzip {
        ("gzip", Box::new(MultiGzDecoder::new(counted)))
    } else {
        ("zstd", Box::new(zstd::stream::read::Decoder::new(counted)?))
    };
    Ok(Box::new(Limited { name, inner, packed, inflated: 0 }))
}

/// Counts the bytes that pass.
struct Counted<R> {
    source: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Ends with an error when the limits are passed.
struct Limited {
    name: &'static str,
    inner: Box<dyn Read + Send>,
    packed: Arc<AtomicU64>,
    inflated: u64,
}

impl Limited {
    fn check(&self) -> Result<(), InflateError> {
        let allowed = self.packed.load(Ordering::Relaxed).saturating_mul(MAX_RATIO);
        if self.inflated > MAX_INFLATED {
            return Err(InflateError::Size);
        }
        if self.inflated > RATIO_FREE && self.inflated > allowed {
            return Err(InflateError::Ratio);
        }
        Ok(())
    }
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => InflateError::Cut(self.name),
            _ => InflateError::Damaged(self.name, error),
        })?;
        self.inflated += count as u64;
        self.check()?;
        Ok(count)
    }
}
