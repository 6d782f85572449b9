//! What the rise of a part brings to the whole, wherever it is written: `Docs: 60 → 85 (+5 points)`, "raising Docs from
//! 60 to 85 adds 5 points". It ends at the full mark, and brings the share of the part times the rise.

use num_traits::Signed as _;

use super::passage::{self, Of, Passage};
use super::weight::{Model, model};
use crate::audit::facts::{Dimension, DimensionSet, Facts, rises};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, says, shown};
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Sets whose score is followed from rise to rise.
const MOST: usize = 10;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for passage in passage::all(facts).iter().filter(|passage| passage.of != Of::Row) {
        own_weight(passage, findings);
    }
    let sets: Vec<&DimensionSet> =
        facts.dimensions.iter().filter(|set| set.dimensions.iter().any(|d| d.score.is_some())).collect();
    if sets.is_empty() {
        return;
    }
    let passages = passage::all(facts);
    let found: Vec<Raised<'_>> =
        passages.iter().flat_map(|passage| raised(facts, &sets, passage)).collect();
    // Where as many gains are those of the part alone, they say nothing of the whole.
    let (of_part, of_whole) = found.iter().fold((0, 0), |(part, whole), raised| {
        let fits = raised.fits();
        (part + usize::from(!fits && raised.is_own()), whole + usize::from(fits))
    });
    for raised in &found {
        raised.judge(of_part == 0 || of_whole > of_part, findings);
    }
    for set in sets.into_iter().take(MOST) {
        running(facts, set, &passages, findings);
    }
}

/// `Tile cache, 9/10 to 10/10, weight 20 %: +2`: rise, weight and gain in one text.
fn own_weight(passage: &Passage, findings: &mut Findings) {
    let numbers = quantities(&passage.text);
    let all = rises(&passage.text, &numbers);
    let [rise] = all.as_slice() else { return };
    let lower = passage.text.to_lowercase();
    let is_weight = |q: &&Quantity| {
        let lead = lower.get(..q.start).unwrap_or_default().trim_end_matches([' ', ':', '(']);
        let after = lower.get(q.end..).unwrap_or_default().trim_start();
        let called = lead.ends_with("weight") || lead.ends_with("weight of") || lead.ends_with("weighs") || after.starts_with("weight");
        q.unit == Unit::Percent && q.is_point() && called
    };
    let mut weights = numbers.iter().filter(is_weight);
    let (Some(weight), None) = (weights.next(), weights.next()) else { return };
    let mut gains = numbers.iter().filter(|q| q.start > rise.to.end && is_gain(passage, q));
    let (Some(gain), None) = (gains.next(), gains.next()) else { return };
    let top = match &rise.to.over {
        Some(over) => over.clone(),
        None if rise.to.low <= whole(10) && rise.to.unit != Unit::Percent => whole(10),
        None => whole(100),
    };
    let exact = &weight.low * (&rise.to.low - &rise.from.low) / top;
    let line = passage.line(gain.start);
    let known = findings.has(Rule::WeightMismatch, line);
    let off = (&exact - &gain.low).abs() >= gain.ulp() || gain.decimals == 0 && exact.is_integer() && exact != gain.low;
    if off && !known && exact.is_positive() {
        let (said, computed) = (passage.said(gain.start, gain.end).to_owned(), format!("+{}", shown(&exact)));
        let message = format!(
            "with weight {} from {} to {} is {computed}, not {said}",
            shown(&weight.low),
            shown(&rise.from.low),
            shown(&rise.to.low)
        );
        findings.add(Rule::WeightMismatch, line, message, (said, Some(computed)));
    }
}

/// "Test depth 72 → 100. Overall 89.6 afterwards.": the score after each rise, from rise to rise.
fn running(facts: &Facts<'_>, set: &DimensionSet, passages: &[Passage], findings: &mut Findings) {
    let even = facts.current().is_some_and(|now| set.mean().is_some_and(|mean| says(&now.low, now.decimals, &mean)));
    if model(facts, set).is_none() && !even || set.dimensions.iter().any(|d| d.score.is_none()) {
        return;
    }
    let mut state = set.clone();
    let mut raised = None;
    for passage in passages.iter().filter(|passage| passage.of != Of::Row) {
        let title = facts.document.titles(passage.section).next().unwrap_or_default().to_lowercase();
        let other = ["option", "scenario", "variant", "alternative", "optimistic", "conservative", "realistic"];
        if mentions(&title, &other) || mentions(&passage.text.to_lowercase(), &other) {
            continue;
        }
        let numbers = quantities(&passage.text);
        let mut before = 0;
        for rise in rises(&passage.text, &numbers) {
            let lead = passage.said(before, rise.from.start);
            before = rise.to.end;
            let name = lead.rsplit([';', '.', ',', ')']).next().unwrap_or_default();
            let Some(line) = state.find(name).map(|part| part.line) else { continue };
            let Some(part) = state.dimensions.iter_mut().find(|part| part.line == line) else { continue };
            let (from, to) = (of_mark(&rise.from, part), of_mark(&rise.to, part));
            // What does not go on from where it was tells another plan.
            if from.is_none() || to.is_none() || from != part.score {
                return;
            }
            part.score_text = passage.said(rise.to.start, rise.to.end).to_owned();
            part.score = to;
            raised = Some(passage.section);
        }
        let reached = numbers.iter().find(|q| q.start >= before && is_overall(passage, q))
            // A score further below may be one of another plan.
            .filter(|_| raised == Some(passage.section));
        let computed = state.weighted().or_else(|| state.mean());
        if let (Some(reached), Some(exact)) = (reached, computed) {
            let line = passage.line(reached.start);
            let stated = reached.as_score().map_or_else(|| reached.low.clone(), |(low, _)| low);
            if says(&stated, reached.decimals, &exact) || (&exact - &stated).abs() < whole(1) {
                continue;
            }
            if (&exact - &stated).abs() <= whole(15) && !findings.has(Rule::MeanBound, line) && !findings.has(Rule::Sum, line) {
                let (said, computed) = (passage.said(reached.start, reached.end).to_owned(), shown(&exact));
                let message = format!("after these rises the {} scores make {computed}, not {said}", set.dimensions.len());
                findings.add(Rule::MeanBound, line, message, (said, Some(computed)));
            }
            return;
        }
    }
}

/// Whether a number is called the score of the whole: `Overall 89.6`, `Score after: 93/100`.
fn is_overall(passage: &Passage, q: &Quantity) -> bool {
    let lead = passage.said(0, q.start).to_lowercase();
    let clause = lead.rsplit([',', ';', '.', '(']).next().unwrap_or_default().trim_matches([' ', ':', '→']).to_owned();
    let names = [
        "overall", "overall score", "score after", "the score is", "score", "overall is", "overall readiness", "total score",
        "score then", "readiness after",
    ];
    let score = q.as_score().is_some() || q.unit == Unit::None && q.over.is_none() && q.high <= whole(100);
    score && q.is_point() && !q.signed && q.limit == Limit::Exactly && names.contains(&clause.as_str())
}

/// One rise of a part, in percent of its full mark, with what it is said to bring.
struct Raised<'a> {
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

fn raised<'a>(facts: &Facts<'_>, sets: &[&'a DimensionSet], passage: &Passage) -> Vec<Raised<'a>> {
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
fn of_mark(quantity: &Quantity, dimension: &Dimension) -> Option<Exact> {
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
fn is_gain(passage: &Passage, gain: &Quantity) -> bool {
    let lead = passage.said(0, gain.start).trim_end_matches([' ', '(', '=']).to_lowercase();
    let word = lead.rsplit([' ', '(']).next().unwrap_or_default();
    let reached = ["to", "at", "of", "is", "than", "reaches", "reach", "from", "about", "every", "per", "under"];
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
    fn fits(&self) -> bool {
        let Some((exact, (gain, _))) = self.brings().zip(self.gain.as_ref()) else { return false };
        let near = |exact: Exact| (exact - &gain.low).abs() < gain.ulp();
        near(&exact / whole(10)) || near(exact)
    }

    /// Whether its gain is that of the part alone.
    fn is_own(&self) -> bool {
        let rise = &self.to - &self.from;
        self.gain.as_ref().is_some_and(|(gain, _)| gain.low == rise || &gain.low * whole(10) == rise)
    }

    fn judge(&self, weighted: bool, findings: &mut Findings) {
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

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    fn plan(rest: &str) -> String {
        format!(
            "# Readiness\n\n| Area | Weight | Score |\n|---|---|---|\n| Search | 40% | 70 |\n| Docs | 20% | 60 |\n| Login | 40% | 90 |\n\n{rest}\n"
        )
    }

    #[test]
    fn a_rise_brings_its_share_of_the_whole() {
        for (rest, gain, wrong) in [
            ("- Docs: 60 → 85 ({} points, 10 h)", "+5", "+9"),
            ("1. Search from 70 to 95: {} points", "+10", "+14"),
            ("Raising Docs from 60 to 80 adds {} points.", "4", "8"),
            ("We write help pages, which lifts Docs from 60 to 80\nand is worth {} points.", "4", "6"),
            ("### Docs\n\n- from 60 to 80, {} points", "4", "7"),
            ("## Login: 90 → 95 ({} points)", "+2", "+4"),
            ("### Tiles, 9/10 to 10/10, weight 20 %: {}", "+2", "+4"),
        ] {
            assert_eq!(lines(&plan(&rest.replace("{}", gain)), Rule::WeightMismatch, None), [0; 0], "{rest}");
            assert_eq!(lines(&plan(&rest.replace("{}", wrong)), Rule::WeightMismatch, None).len(), 1, "{rest}");
        }
    }

    #[test]
    fn a_rise_ends_at_the_full_mark() {
        for rest in ["- Docs: 60 → {}", "Docs rises from 60 to {} in May.", "| Work | Change |\n|---|---|\n| Docs | 60 → {} |"] {
            assert_eq!(lines(&plan(&rest.replace("{}", "100")), Rule::Bound, None), [0; 0], "{rest}");
            assert_eq!(lines(&plan(&rest.replace("{}", "110")), Rule::Bound, None).len(), 1, "{rest}");
        }
    }

    #[test]
    fn the_score_after_each_rise_is_the_mean_of_the_scores() {
        let text = |score: &str| {
            format!(
                "Current score: 80/100\n\n| Area | Score |\n|---|---|\n| Search | 90 |\n| Docs | 60 |\n| Login | 90 |\n\n**Phase 1.** Docs 60 → 75. Overall 85 afterwards.\n\n**Phase 2.** Docs 75 → 90. Overall {score}.\n"
            )
        };
        assert_eq!(lines(&text("90"), Rule::MeanBound, None), [0; 0]);
        assert_eq!(lines(&text("94"), Rule::MeanBound, None), [11]);
    }

    #[test]
    fn gains_of_the_parts_and_scores_that_are_reached_are_left_alone() {
        for rest in [
            "- Docs from 60 to 85 (+25 points)\n- Search from 70 to 80 (+10 points)",
            "Docs from 60 to 80 lifts the score to 80 points.",
            "Search took 70 ms, from 50 to 60 points of load.",
        ] {
            assert_eq!(lines(&plan(rest), Rule::WeightMismatch, None), [0; 0], "{rest}");
        }
    }
}
