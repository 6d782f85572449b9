//! The rise of a part, and what it is said to bring.

use num_traits::Signed as _;

use crate::audit::facts::{Dimension, DimensionSet, Facts, rises};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::rules::weight::{Model, model};
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// One rise of a part, in percent of its full mark, with what it is said to bring.
pub(super) struct Raised<'a> {
    line: u32,
    set: &'a DimensionSet,
    dimension: &'a Dimension,
    /// Of the whole, 0..=1; nothing where the document does not say it.
    share: Option<Exact>,
    from: Exact,
    to: Exact,
    /// As written.
    top: String,
    gain: Option<(Quantity, String)>,
}

pub(super) fn raised<'a>(facts: &Facts<'_>, sets: &[&'a DimensionSet], passage: &Passage) -> Vec<Raised<'a>> {
    let numbers = quantities(&passage.text);
    let all = rises(&passage.text, &numbers);
    let mut found = Vec::new();
    let mut before = 0;
    for (at, rise) in all.iter().enumerate() {
        let end = all.get(at + 1).map_or(passage.text.len(), |next| next.from.start);
        let lead = passage.said(before, rise.from.start);
        before = rise.to.end;
        let name = lead.rsplit([';', '.']).next().unwrap_or_default();
        let Some((set, dimension)) = named(facts, sets, passage, name, &rise.from) else { continue };
        let percent = |q: &Quantity| of_mark(q, dimension);
        if let (Some(from), Some(to)) = (percent(&rise.from), percent(&rise.to)) {
            let behind = numbers.iter().filter(|q| q.start >= rise.to.end && q.end <= end);
            let gain = behind.into_iter().find(|q| is_gain(passage, q));
            let share = model(facts, set).and_then(|model| match model {
                Model::Weighted => set.share(dimension),
                Model::Even(share) => Some(share),
            });
            let said = |q: &Quantity| passage.said(q.start, q.end).to_owned();
            found.push(Raised {
                line: passage.line(rise.to.start),
                set,
                dimension,
                share,
                from,
                to,
                top: said(&rise.to),
                gain: gain.map(|q| (q.clone(), said(q))),
            });
        }
    }
    // Rows with columns for it are read by those.
    found.retain(|raised| passage.of != Of::Row || raised.to > whole(100));
    found
}

/// The part that a text, or else the heading above it, names, if it stands where the rise begins.
fn named<'a>(
    facts: &Facts<'_>,
    sets: &[&'a DimensionSet],
    passage: &Passage,
    name: &str,
    from: &Quantity,
) -> Option<(&'a DimensionSet, &'a Dimension)> {
    let title = facts.document.titles(passage.section).next().unwrap_or_default();
    let within = |text: &str| {
        let text_words = words(text);
        sets.iter().find_map(|set| {
            let part = set.find(text)?;
            let own = is_within(&part.words, &text_words) || is_within(&text_words, &part.words);
            let starts = of_mark(from, part).is_some() && of_mark(from, part) == part.score;
            (own && starts).then_some((*set, part))
        })
    };
    let other = mentions(&name.to_lowercase(), &["overall", "total", "readiness", "score"]);
    let unnamed = words(name).iter().all(|word| matches!(word.as_str(), "from" | "von" | "points" | "raise"));
    within(name).or_else(|| within(title).filter(|_| !other && unnamed))
}

/// A number as percent of the full mark that the scores of its part have.
pub(super) fn of_mark(quantity: &Quantity, dimension: &Dimension) -> Option<Exact> {
    let bare = quantity.over.is_none() && matches!(quantity.unit, Unit::None | Unit::Points);
    if !quantity.is_point() || quantity.signed {
        return None;
    }
    if !bare {
        return quantity.as_score().map(|(low, _)| low);
    }
    let own = quantities(&dimension.score_text).into_iter().next()?;
    let score = dimension.score.as_ref()?;
    match &own.over {
        Some(over) => Some(&quantity.low * whole(100) / over),
        None if own.low.is_positive() => Some(&quantity.low * score / &own.low),
        None => None,
    }
}

/// `+5 points`, `brings 5 points`, and no score that is reached.
pub(super) fn is_gain(passage: &Passage, gain: &Quantity) -> bool {
    let lead = passage.said(0, gain.start).trim_end_matches([' ', '(', '=']).to_lowercase();
    let word = lead.rsplit([' ', '(']).next().unwrap_or_default();
    let reached =
        ["to", "at", "of", "is", "than", "reaches", "reach", "from", "about", "every", "per", "under"];
    let counted = gain.unit == Unit::Points || gain.signed && gain.unit == Unit::None;
    let exact = gain.is_point() && gain.limit == Limit::Exactly && gain.over.is_none();
    counted && exact && gain.low.is_positive() && !reached.contains(&word)
}

impl Raised<'_> {
    /// What it brings on a scale of 100.
    fn brings(&self) -> Option<Exact> {
        Some(self.share.as_ref()? * (&self.to - &self.from))
    }

    /// Whether its gain is that of the whole, on a scale of 100 or of 10.
    pub(super) fn fits(&self) -> bool {
        let Some((exact, (gain, _))) = self.brings().zip(self.gain.as_ref()) else { return false };
        let near = |exact: Exact| (exact - &gain.low).abs() < gain.ulp();
        near(&exact / whole(10)) || near(exact)
    }

    /// Whether its gain is that of the part alone.
    pub(super) fn is_own(&self) -> bool {
        let rise = &self.to - &self.from;
        self.gain.as_ref().is_some_and(|(gain, _)| gain.low == rise || &gain.low * whole(10) == rise)
    }

    pub(super) fn judge(&self, weighted: bool, findings: &mut Findings) {
        let name = &self.dimension.name;
        if self.to > whole(100) {
            if !findings.has(Rule::Bound, self.line) {
                let message = format!("`{name}` is to reach {}, beyond the full mark", self.top);
                findings.add(Rule::Bound, self.line, message, (self.top.clone(), Some("100%".to_owned())));
            }
            return;
        }
        let (Some(exact), Some((_, said))) = (self.brings(), &self.gain) else { return };
        let known = findings.has(Rule::WeightMismatch, self.line) || findings.has(Rule::Sum, self.line);
        if !weighted || self.fits() || self.is_own() || self.to <= self.from || known {
            return;
        }
        let why = match &self.dimension.weight {
            Some(weight) => format!("`{name}` weighs {}", shown(weight)),
            None => format!("`{name}` is one of {}", self.set.dimensions.len()),
        };
        let (rise, computed) = (shown(&(&self.to - &self.from)), format!("+{}", shown(&exact)));
        let message = format!("{why}, and rises by {rise}: that is {computed}, not {said}");
        findings.add(Rule::WeightMismatch, self.line, message, (said.clone(), Some(computed)));
    }
}
