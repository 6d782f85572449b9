//! Comments on pull requests and job summaries.
//!
//! The first line is the verdict with the number that decided; what follows is ordered by what a reader needs
//! next. Sections that do not fit are left out whole, least important first, and named.

mod audit;
mod change;
mod comment;
mod coverage;
mod debt;
mod evidence;
mod explain;
mod findings;
mod fit;
mod gate;
mod headline;
mod layout;
mod plan;
mod score;
mod tests;

pub use audit::audit;
pub use comment::{comment, summary};
pub use explain::explanation;
pub use plan::plan;
