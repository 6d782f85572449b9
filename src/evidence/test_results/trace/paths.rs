//! Which paths in a text are source files, and whose.

/// Endings of source files: what stands before `:12` must have one, or times and addresses would be files.
const SOURCES: [&str; 56] = [
    "py", "pyx", "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "vue", "svelte", "java", "kt", "kts",
    "scala", "groovy", "clj", "go", "rs", "rb", "php", "phpt", "cs", "fs", "vb", "swift", "m", "mm", "c",
    "cc", "cpp", "cxx", "h", "hh", "hpp", "hxx", "ex", "exs", "erl", "dart", "pl", "pm", "t", "lua", "jl",
    "hs", "ml", "sh", "bash", "bats", "feature", "robot", "nim", "zig", "f90",
];
/// Parts of paths of what others wrote: such a frame is never the project's own.
const LIBRARIES: [&str; 19] = [
    "/site-packages/",
    "/dist-packages/",
    "/lib/python3",
    "node_modules/",
    "node:",
    "/usr/lib/",
    "/usr/local/lib/",
    "/usr/share/",
    "/.cargo/registry/",
    "/rustc/",
    "/rustlib/",
    "/go/pkg/mod/",
    "/go/src/testing/",
    "/go/src/runtime/",
    "/gems/",
    "/opt/hostedtoolcache/",
    "/nix/store/",
    "package:test",
    "jdk.internal",
];

/// What follows the last character that no path in a trace has.
pub(super) fn last_word(text: &str) -> &str {
    const ENDS: [char; 14] = ['(', ')', '"', '\'', '`', '@', '<', '>', '[', ']', ',', ';', '=', '│'];
    text.rsplit(|c: char| c.is_whitespace() || ENDS.contains(&c)).next().unwrap_or(text)
}

/// The path in a URL: scripts are told by where a server or a bundler has them.
pub(super) fn local(path: &str) -> &str {
    let path = path.split('?').next().unwrap_or(path);
    let Some((scheme, rest)) = path.split_once("://") else { return path };
    let scheme = scheme.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or(scheme);
    match scheme {
        "http" | "https" => rest.split_once('/').map_or(rest, |(_, path)| path),
        "file" => rest,
        _ => rest.trim_start_matches(['/', '.']),
    }
}

pub(super) fn ending(file: &str) -> Option<&str> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending)
}

pub(super) fn is_source(file: &str) -> bool {
    ending(file).is_some_and(|ending| SOURCES.contains(&ending))
}

/// Whether somebody else wrote `file`.
pub(super) fn is_library(file: &str) -> bool {
    LIBRARIES.iter().any(|library| file.contains(library))
}
