//! From raw bytes to valid UTF-8 text, streaming: decompression by magic bytes, encodings, repair of bad bytes.
//!
//! [`open`] gives a [`Text`]: a window of decoded text that moves forward, which is also a [`std::io::BufRead`].
//! No whole file is ever held; limits on inflated size end in an error that names the limit.

mod decoding;
mod encoding;
mod foreign;
mod inflate;
mod place;
mod repair;
mod supply;
mod text;

pub use encoding::SUBUNIT;
pub use place::Place;
pub use supply::{Prepare, Prepared};
pub use text::{HEAD, Text, Wanted, open};
