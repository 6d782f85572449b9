//! Target `policy`: any `readiness.yml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| readiness_fuzz::policy(text));
