//! Frozen file contents, one module per version. A version never changes once released; a new one is a new module.

mod error;
mod schema;
pub mod v1;
pub(super) mod values;

pub use error::WireError;
pub(crate) use schema::check_schema;
