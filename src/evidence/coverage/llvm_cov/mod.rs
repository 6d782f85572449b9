//! LLVM's JSON export (`llvm-cov export`, `cargo llvm-cov --json`, also with `--summary-only`).
//!
//! <https://github.com/llvm/llvm-project/blob/main/llvm/tools/llvm-cov/CoverageExporterJson.cpp>. Lines come from a
//! file's `segments`, as in LLVM's own LCOV export. `summary.lines` is another number, added up over functions, so that
//! closures and template instances count again; it stands only where there are no segments. Branches and functions are
//! told apart by their place as long as that gives the numbers of the summary, else the summary stands.

mod export;
mod segments;

pub(crate) use export::{looks_like, read};
