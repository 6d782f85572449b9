//! The plan: ceiling, phases and scenarios.

use super::{Issue, check, number, text};
use crate::model::exact::Exact;
use crate::policy::locate::Path;
use crate::policy::raw::{Entries, RawCeiling, RawPhase, RawPlan, RawScenario};
use crate::policy::{Ceiling, Phase, Plan, Scenario, quantity};

pub(super) fn plan(raw: Option<&RawPlan>, path: &Path) -> Result<Plan, Issue> {
    let Some(raw) = raw else { return Ok(Plan::default()) };
    let ceiling = raw.ceiling.as_ref().map(|raw| ceiling(raw, &path.key("ceiling"))).transpose()?;
    let each = |index: usize, key: &str| path.key(key).index(index);
    let phases = raw.phases.as_deref().unwrap_or_default().iter().enumerate();
    let scenarios = raw.scenarios.as_deref().unwrap_or_default().iter().enumerate();
    Ok(Plan {
        ceiling,
        phases: phases.map(|(index, raw)| phase(raw, &each(index, "phases"))).collect::<Result<_, _>>()?,
        scenarios: scenarios
            .map(|(index, raw)| scenario(raw, &each(index, "scenarios")))
            .collect::<Result<_, _>>()?,
    })
}

fn ceiling(raw: &RawCeiling, path: &Path) -> Result<Ceiling, Issue> {
    let hint = "say which score cannot be passed, such as `score: 95`";
    let score = text::required(raw.score.as_deref(), path, "score", hint)?;
    let hint = "say why not more, such as `reason: no production traffic in CI`";
    let reason = text::required(raw.reason.as_deref(), path, "reason", hint)?;
    let points =
        number::points(score).ok_or_else(|| Issue::value(&path.key("score"), score, number::POINTS))?;
    Ok(Ceiling { score: points, reason: reason.to_owned() })
}

const NAME: &str = "give it a name, such as `name: Load tests`";

fn phase(raw: &RawPhase, path: &Path) -> Result<Phase, Issue> {
    Ok(Phase {
        name: text::required(raw.name.as_deref(), path, "name", NAME)?.to_owned(),
        effort: check::effort(raw.effort.as_deref(), &path.key("effort"))?,
        raises: shares(raw.raises.as_ref(), &path.key("raises"))?,
    })
}

fn scenario(raw: &RawScenario, path: &Path) -> Result<Scenario, Issue> {
    Ok(Scenario {
        name: text::required(raw.name.as_deref(), path, "name", NAME)?.to_owned(),
        set: shares(raw.set.as_ref(), &path.key("set"))?,
    })
}

/// Ids of checks with a share each. A plan may name checks that do not exist yet: it is about the way there.
fn shares(raw: Option<&Entries<String>>, path: &Path) -> Result<Vec<(String, Exact)>, Issue> {
    let entries = raw.map(|entries| entries.0.as_slice()).unwrap_or_default();
    entries
        .iter()
        .map(|(id, text)| {
            let allowed = "a share from 0 to 1, such as `100%` or `0.5`";
            let share = quantity::share(text).ok_or_else(|| Issue::value(&path.key(id), text, allowed))?;
            Ok((id.clone(), share))
        })
        .collect()
}
