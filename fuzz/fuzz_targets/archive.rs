//! Target `archive`: any zip.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| readiness_fuzz::archive(input));
