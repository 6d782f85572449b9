//! Target `json`: any JSON.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| readiness_fuzz::json(text));
