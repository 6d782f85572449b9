//! Target `reader`: any text through the reader of one format, which `READINESS_FORMAT` or the first byte names.
#![no_main]

use std::sync::LazyLock;

use readiness_fuzz::Formats;

static FORMATS: LazyLock<Formats> = LazyLock::new(Formats::from_environment);

libfuzzer_sys::fuzz_target!(|input: &[u8]| FORMATS.try_reader(input));
