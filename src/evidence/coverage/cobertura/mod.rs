//! Cobertura XML (`coverage.xml`, `cobertura.xml`), as coverage.py, gcovr, coverlet, Istanbul, phpunit and two
//! dozen others write it; <https://github.com/cobertura/cobertura/blob/master/cobertura/src/site/htdocs/xml/coverage-04.dtd>.
//!
//! Read are the `<line>` elements of each `<class>`: `number`, `hits`, and branches from `condition-coverage`, else from
//! `<condition>`. Lines below `<method>` count only for a class without lines of its own, because some tools list
//! declarations there that are not coverable. Rates and sums are never used: they are rounded, stale or `NaN`, and
//! cannot be united. `lines-covered` and `lines-valid` are compared with the records. `<source>` values are kept as
//! roots and joined only when paths are mapped to the repository.

mod class;
mod detect;
mod reader;

pub use detect::looks_like;
pub use reader::read;
