//! The list of coverage formats. A new one is a file beside this one and a line here.

use super::{cobertura, lcov};
use crate::evidence::bytes::Text;
use crate::evidence::format::{Format, Head};
use crate::evidence::reading::Reading;
use crate::model::input::{Content, Kind};

/// All coverage formats, in the order in which they are asked.
#[rustfmt::skip]
pub static FORMATS: [Format; 2] = [
    // LCOV tracefiles.
    coverage("lcov", |head| lcov::looks_like(head.text), |text| lcov::read(text).map(Content::Coverage)),
    // Cobertura XML, all producers.
    coverage("cobertura", |head| cobertura::looks_like(head.text), |text| cobertura::read(text).map(Content::Coverage)),
];

const fn coverage(
    name: &'static str,
    looks_like: fn(&Head<'_>) -> bool,
    read: fn(&mut Text) -> Reading<Content>,
) -> Format {
    Format { name, kind: Kind::Coverage, looks_like, read }
}
