//! Points and gains against weight times score.

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::{Arrow, Dimension, DimensionSet, Facts, arrows, net_gain};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, shown, ulp};
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, Tenths, whole};
use crate::model::words::with_noun;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for set in &facts.dimensions {
        rows(set, findings);
        let model = model(facts, set);
        if let Some(model) = model {
            for (line, text, quantities) in facts.texts() {
                raised(set, &model, (line, text, quantities), findings);
            }
        }
    }
}

/// How much of the whole each dimension is.
pub(super) enum Model {
    /// As the weights say.
    Weighted,
    /// The headline is the plain mean of the scores.
    Even(Exact),
}

pub(super) fn model(facts: &Facts<'_>, set: &DimensionSet) -> Option<Model> {
    if set.weights().is_some() {
        return Some(Model::Weighted);
    }
    let (mean, current) = (set.mean()?, facts.current()?);
    let exact = set.dimensions.iter().all(|d| d.weight.is_none()) && set.dimensions.len() >= 3;
    let fits =
        current.low == current.high && crate::audit::quantity::says(&current.low, current.decimals, &mean);
    (exact && fits).then(|| Model::Even(Exact::new(1.into(), set.dimensions.len().into())))
}

/// A row's points are its weight times its score.
fn rows(set: &DimensionSet, findings: &mut Findings) {
    let Some(total) = set.weights() else { return };
    let full: Vec<(&Dimension, [Exact; 4], &Quantity)> =
        set.dimensions.iter().filter_map(|dimension| of_row(dimension, &total)).collect();
    let fits = |(_, readings, points): &&(&Dimension, [Exact; 4], &Quantity), at: usize| {
        readings.get(at).is_some_and(|exact| near(exact, points))
    };
    // The reading that holds for most rows is the one that the others are held against.
    let usual =
        (0..4).max_by_key(|at| (full.iter().filter(|row| fits(row, *at)).count(), std::cmp::Reverse(*at)));
    for row in full.iter().filter(|row| !(0..4).any(|at| fits(row, at))) {
        let (dimension, readings, points) = row;
        let Some(computed) = usual.and_then(|at| readings.get(at)) else { continue };
        let (said, computed) = (shown(&points.low), shown(computed));
        let message = format!(
            "`{}` with weight {} at {} gives {computed} points, not {said}",
            dimension.name,
            dimension.weight.as_ref().map(shown).unwrap_or_default(),
            dimension.score_text
        );
        findings.add(Rule::WeightMismatch, dimension.line, message, (said, Some(computed)));
    }
}

/// What a row's weight and score give: of 100, as a share of all weights, as fractions, of 10.
fn of_row<'a>(dimension: &'a Dimension, total: &Exact) -> Option<(&'a Dimension, [Exact; 4], &'a Quantity)> {
    let (weight, score) = (dimension.weight.as_ref()?, dimension.score.as_ref()?);
    let points = dimension.points.as_ref().filter(|points| points.over.is_none() && points.is_point())?;
    let product = weight * score;
    let readings = [&product / total, &product / whole(100), &product / whole(10), product];
    Some((dimension, readings, points))
}

fn near(exact: &Exact, stated: &Quantity) -> bool {
    (exact - &stated.low).abs() < ulp(stated.decimals)
        && (stated.decimals > 0
            || (exact - &stated.low).abs() <= Exact::new(1.into(), 2.into())
            || exact.floor() == stated.low)
}

/// `Test Coverage (8/10 → 10/10) = +2 points` against the weight of the dimension.
fn raised(set: &DimensionSet, model: &Model, place: (u32, &str, &[Quantity]), findings: &mut Findings) {
    let (line, text, quantities) = place;
    let Some(arrow) = arrows(text, quantities).next() else {
        finished(set, model, place, findings);
        return;
    };
    let name = text.get(..arrow.from.start).unwrap_or_default();
    let Some(dimension) = set.find(name) else { return };
    let (Some(from), Some(to)) = (of_hundred(arrow.from, dimension), of_hundred(arrow.to, dimension)) else {
        return;
    };
    if !continues(set, dimension, &from) || mentions(&name.to_lowercase(), &["overall", "total score"]) {
        return;
    }
    let Some(share) = share(set, model, dimension) else { return };
    let Some(gain) = gain(text, &arrow) else { return };
    let mut exact = &share * (&to - &from);
    match further(set, model, (text, quantities), &gain) {
        Some(more) => exact += more,
        None => return,
    }
    // The change of the dimension itself is a fair reading of a lone number that is not called net.
    let itself = &to - &from == gain.low && !is_net(text, &gain) && matches!(model, Model::Even(_));
    let of_weight = gain.low == &to - &from && gain.unit == Unit::Percent;
    if itself || of_weight || near(&exact, &gain) || Tenths::floor(&exact) == Tenths::floor(&gain.low) {
        return;
    }
    let said = text.get(gain.start..gain.end).unwrap_or_default().to_owned();
    let computed = format!("+{}", shown(&exact));
    let why = match model {
        Model::Weighted => format!(
            "`{}` weighs {}",
            dimension.name,
            shown(dimension.weight.as_ref().unwrap_or(&Exact::zero()))
        ),
        Model::Even(_) => format!(
            "`{}` is one of {} dimensions whose mean is the score",
            dimension.name,
            set.dimensions.len()
        ),
    };
    let message = format!(
        "{why}: from {} to {} gives +{}, not {said}",
        shown(&from),
        shown(&to),
        with_noun(&shown(&exact), "point")
    );
    findings.add(Rule::WeightMismatch, line, message, (said.clone(), Some(computed.clone())));
    let most = share_left(set, dimension).filter(|_| gain.low > exact && matches!(model, Model::Weighted));
    let slack = if gain.decimals > 0 { gain.ulp() } else { Exact::zero() };
    if let Some(most) = most.filter(|most| gain.low > most + &slack) {
        let left = with_noun(&shown(&most), "point");
        let message = format!("`{}` has only {left} left, not {said}", dimension.name);
        findings.add(Rule::GainExceedsGap, line, message, (said, Some(format!("+{}", shown(&most)))));
    }
}

/// What further rises of a text bring up to its gain: `Tests 91 → 100 (+9), Logic 88 → 93 (+5), +2.00 overall` has one gain
/// for all of them. Nothing where one of them is of no part.
fn further(set: &DimensionSet, model: &Model, place: (&str, &[Quantity]), gain: &Quantity) -> Option<Exact> {
    let (text, quantities) = place;
    let mut sum = Exact::zero();
    for next in arrows(text, quantities).skip(1).filter(|next| next.from.start < gain.start) {
        let lead = text.get(..next.from.start)?;
        let part = set.find(lead.rsplit([',', ';', ')']).next()?)?;
        let (from, to) = of_hundred(next.from, part).zip(of_hundred(next.to, part))?;
        sum += share(set, model, part)? * (to - from);
    }
    Some(sum)
}

/// A score on the scale 0..=100; `8` is one of 10, or one of 100, where the dimension's own score is such a plain number.
pub(super) fn of_hundred(quantity: &Quantity, dimension: &Dimension) -> Option<Exact> {
    let bare = quantity.over.is_none() && quantity.unit == Unit::None && quantity.is_point();
    let own = crate::audit::quantity::quantities(&dimension.score_text).into_iter().next();
    if let Some(over) = own.and_then(|own| own.over).filter(|over| bare && quantity.low <= *over) {
        return Some(&quantity.low * whole(100) / over);
    }
    let plain = bare && quantity.low <= whole(10);
    let ten = !dimension.score_text.contains(['/', '%'])
        && crate::audit::quantity::quantities(&dimension.score_text)
            .first()
            .is_some_and(|q| Some(&(&q.low * whole(10))) == dimension.score.as_ref());
    let hundred = bare && quantity.low <= whole(100) && dimension.score_text.trim().parse::<u32>().is_ok();
    match (plain && ten, hundred && !ten) {
        (true, _) => Some(&quantity.low * whole(10)),
        (false, true) => Some(quantity.low.clone()),
        (false, false) => quantity.as_score().map(|(low, _)| low),
    }
}

fn share_left(set: &DimensionSet, dimension: &Dimension) -> Option<Exact> {
    Some(set.share(dimension)? * (whole(100) - dimension.score.as_ref()?))
}

fn share(set: &DimensionSet, model: &Model, dimension: &Dimension) -> Option<Exact> {
    match model {
        Model::Weighted => set.share(dimension),
        Model::Even(share) => Some(share.clone()),
    }
}

/// Whether an arrow begins at the dimension's score, or above it where an earlier phase raised it.
fn continues(set: &DimensionSet, dimension: &Dimension, from: &Exact) -> bool {
    dimension.score.as_ref().is_some_and(|score| score == from || set.weights().is_none() && from > score)
}

/// The gain that belongs to an arrow.
fn gain(text: &str, arrow: &Arrow<'_>) -> Option<Quantity> {
    net_gain(text, arrow.after)
        .or_else(|| arrow.after.iter().find(|q| q.unit == Unit::Points && q.over.is_none()).cloned())
        .filter(|q| q.is_point() && matches!(q.unit, Unit::Points | Unit::Percent | Unit::None))
}

fn is_net(text: &str, gain: &Quantity) -> bool {
    text.get(..gain.start).is_some_and(|before| before.trim_end().to_lowercase().ends_with("net"))
}

/// A heading that promises points for a dimension that is complete.
fn finished(set: &DimensionSet, model: &Model, place: (u32, &str, &[Quantity]), findings: &mut Findings) {
    let (line, text, quantities) = place;
    let Some(dimension) =
        set.find(text).filter(|d| is_within(&d.words, &words(text)) && matches!(model, Model::Weighted))
    else {
        return;
    };
    let complete = dimension.score.as_ref() == Some(&whole(100));
    let gain = quantities
        .iter()
        .find(|q| q.signed && q.low.is_positive() && matches!(q.unit, Unit::Points) && q.over.is_none());
    if let (true, Some(gain)) = (complete && !findings.has(Rule::WeightMismatch, line), gain) {
        let said = text.get(gain.start..gain.end).unwrap_or_default().to_owned();
        let message = format!(
            "`{}` is at {} already and gives no points, not {said}",
            dimension.name, dimension.score_text
        );
        findings.add(Rule::WeightMismatch, line, message, (said, Some("+0".to_owned())));
    }
}
