//! Target `diff`: any unified diff.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| readiness_fuzz::diff(text));
