//! Where the trend of a plan leads.

use serde::Serialize;

use crate::model::exact::Exact;
use crate::model::plan::{Milestone, Projection, Slope};
use crate::render::json::v1::number::Number;

/// Low, middle and high of a band are in this order.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub(super) enum Trend<'a> {
    TooShort { runs: usize, days: u64 },
    Unclear { points_per_week: [Number; 3] },
    Rising { points_per_week: [Number; 3], in_four_weeks: [Number; 3], milestones: Vec<Reached<'a>> },
}

#[derive(Serialize)]
pub(super) struct Reached<'a> {
    name: &'a str,
    score: Number,
    weeks: [Number; 3],
}

impl<'a> From<&'a Projection> for Trend<'a> {
    fn from(projection: &'a Projection) -> Self {
        match projection {
            Projection::TooShort { runs, days } => Self::TooShort { runs: *runs, days: *days },
            Projection::Unclear(slope) => Self::Unclear { points_per_week: band(slope) },
            Projection::Rising { slope, milestones, in_four_weeks: (low, middle, high) } => Self::Rising {
                points_per_week: band(slope),
                in_four_weeks: [*low, *middle, *high].map(Number::from),
                milestones: milestones.iter().map(reached).collect(),
            },
        }
    }
}

fn band(slope: &Slope) -> [Number; 3] {
    [&slope.low, &slope.middle, &slope.high].map(|number: &Exact| Number::of(number))
}

fn reached(milestone: &Milestone) -> Reached<'_> {
    let (first, middle, last) = &milestone.weeks;
    Reached {
        name: &milestone.name,
        score: milestone.score.into(),
        weeks: [first, middle, last].map(|number: &Exact| Number::of(number)),
    }
}
