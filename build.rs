//! Linker settings that keep the released binary small; a pull of the image stands before every job.
#![expect(
    clippy::disallowed_methods,
    reason = "Cargo tells a build script everything through the environment"
)]

use std::env::var;

fn main() {
    println!("cargo:rerun-if-changed=build/unwind.ld");
    let is = |name: &str, value: &str| var(name).is_ok_and(|found| found == value);
    if !is("PROFILE", "release") || !is("CARGO_CFG_TARGET_OS", "linux") {
        return;
    }
    if let Ok(folder) = var("CARGO_MANIFEST_DIR") {
        println!("cargo:rustc-link-arg-bins=-Wl,-T,{folder}/build/unwind.ld");
    }
    // A system's own loader may be too old for packed relocations; the static binary brings its loader along.
    if is("CARGO_CFG_TARGET_ENV", "musl") {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
