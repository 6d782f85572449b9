//! Target `todos`: any source file.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &[u8]| readiness_fuzz::todos(text));
