//! Target `xml`: any XML.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| readiness_fuzz::xml(input));
