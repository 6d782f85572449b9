//! Target `file`: any file through detection.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| readiness_fuzz::file(input));
