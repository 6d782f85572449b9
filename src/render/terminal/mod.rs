//! Text for terminals and job logs. Tables are plain ASCII; colours only when asked for.

mod audit;
mod explain;
mod gate;
mod inspect;
mod page;
mod plan;
mod replay;
mod report;
mod sections;
mod style;
mod table;
mod trend;

pub use audit::audit;
pub use explain::explanation;
pub use inspect::inspect;
pub use plan::plan;
pub use replay::replay;
pub use report::report;
pub use style::{Color, Screen};
pub use trend::trend;
