//! LCOV tracefiles (`.info`, `lcov.info`), as `geninfo(1)` defines them and as a dozen other tools write them.
//!
//! <https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1>, section "Tracefile format".
//!
//! Read are `SF`, `DA`, `BRDA`, `FN`, `FNDA`, `FNL`, `FNA` and `end_of_record`. Sections of the same source file
//! (one per test or object file) are united. The sums `LF` and `LH` are only compared with the records; all other
//! keys (`TN`, `VER`, `BRF`, `BRH`, `FNF`, `FNH`, `MCDC`, comments, unknown ones) are passed over.

mod branches;
mod entry;
mod functions;
mod reader;
mod record;
mod section;

pub use reader::{looks_like, read};
