//! Bands as they are written: in tables, in lists, and spread over scenarios.

use crate::audit::facts::Facts;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

/// One band.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub(super) line: u32,
    /// What the band is called, in lower case.
    pub(super) name: String,
    pub(super) low: Exact,
    pub(super) high: Exact,
    pub(super) decimals: u32,
    /// Whether the upper end is open: `<70`.
    pub(super) below: bool,
    /// Whether the lower end is open: `>90`.
    pub(super) above: bool,
    pub(super) text: String,
}

const WORDS: [&str; 16] = [
    "band",
    "bands",
    "verdict",
    "verdicts",
    "grade",
    "grades",
    "rating",
    "ratings",
    "tier",
    "level",
    "levels",
    "grading",
    "score range",
    "range",
    "thresholds",
    "interpretation",
];

/// Every set of bands.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Vec<Band>> {
    tables(facts).into_iter().chain(lists(facts)).chain(scattered(facts)).collect()
}

fn tables(facts: &Facts<'_>) -> Vec<Vec<Band>> {
    let of = |table: &Table| {
        let titled = facts
            .document
            .sections
            .get(table.section)
            .is_some_and(|s| mentions(&s.title.to_lowercase(), &WORDS));
        let headed = table
            .header
            .cells
            .iter()
            .any(|cell| mentions(&cell.to_lowercase(), &["band", "verdict", "grade", "rating", "tier"]));
        if let Some(bands) = from_to(table).filter(|_| titled || headed) {
            return Some(bands);
        }
        let column = (0..table.header.cells.len()).find(|column| {
            let head = table.header.cell(*column).to_lowercase();
            mentions(
                &head,
                &["score", "range", "band", "readiness", "points", "threshold", "percentage", "score range"],
            ) && table.rows.iter().all(|row| band(row.line, row.cell(*column)).is_some())
        })?;
        (titled || headed).then(|| {
            table
                .rows
                .iter()
                .filter_map(|row| Some(named_by(row, column, band(row.line, row.cell(column))?)))
                .collect()
        })
    };
    facts.document.tables.iter().filter_map(of).collect()
}

/// A band with the first other cell of its row as its name.
fn named_by(row: &Row, column: usize, band: Band) -> Band {
    let name =
        (0..row.cells.len()).find(|other| *other != column).map(|other| row.cell(other).to_lowercase());
    Band { name: name.unwrap_or_default(), ..band }
}

/// `| B | 80 | 89 |` below `From` and `To`.
fn from_to(table: &Table) -> Option<Vec<Band>> {
    let column = |words: &[&str]| {
        (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), words))
    };
    let (from, to) =
        (column(&["from", "min", "minimum", "lower"])?, column(&["to", "max", "maximum", "upper", "below"])?);
    let of = |row: &Row| {
        let (low, high) = (row.number(from)?, row.number(to)?);
        let plain =
            [&low, &high].into_iter().all(|q| q.is_point() && matches!(q.unit, Unit::None | Unit::Percent));
        let text = format!("{}-{}", shown(&low.low), shown(&high.low));
        let decimals = low.decimals.max(high.decimals);
        let below = mentions(&table.header.cell(to).to_lowercase(), &["below"]);
        let band = Band {
            line: row.line,
            name: String::new(),
            low: low.low,
            high: high.low,
            decimals,
            below,
            above: false,
            text,
        };
        plain.then(|| named_by(row, from, band))
    };
    table.rows.iter().map(of).collect()
}

/// Lists of `85-100: Ready` or `Ready: 85-100%` below a heading that speaks of bands.
fn lists(facts: &Facts<'_>) -> Vec<Vec<Band>> {
    let of = |(index, section): (usize, &crate::audit::outline::Section)| {
        if !mentions(&section.title.to_lowercase(), &WORDS) {
            return None;
        }
        let lines: Vec<&Line> = facts
            .document
            .lines
            .iter()
            .filter(|l| {
                l.section == index && (l.kind != Kind::Text || l.label.is_some() || of_line(l).is_some())
            })
            .collect();
        let bands: Vec<Band> = lines.iter().filter_map(|line| of_line(line)).collect();
        (bands.len() == lines.len()).then_some(bands)
    };
    facts.document.sections.iter().enumerate().filter_map(of).collect()
}

pub(super) fn of_line(line: &Line) -> Option<Band> {
    let called = |band: Band, name: &str| Band { name: name.trim().to_lowercase(), ..band };
    let whole = |label: &str, value: &str| {
        let leading = band(line.number, label).map(|band| called(band, value));
        leading.or_else(|| band(line.number, value).map(|band| called(band, label)))
    };
    if let Some(found) = line.label.as_deref().and_then(|label| whole(label, &line.value)) {
        return Some(found);
    }
    [" — ", " – ", " - ", " = ", " → "].iter().find_map(|sign| {
        let (label, value) = line.text.split_once(sign)?;
        let (start, end) = line.text.rsplit_once(sign)?;
        whole(label, value).or_else(|| whole(start, end))
    })
}

/// Verdicts spread over scenarios: `Result: PRODUCTION APPROVED (if 85-90%)`, or the scenario's own range.
fn scattered(facts: &Facts<'_>) -> Vec<Vec<Band>> {
    let mut bands = Vec::new();
    for block in facts.document.lines.chunk_by(|a, b| a.section == b.section) {
        let verdict = block.iter().find(|line| {
            mentions(&line.key(), &["result", "verdict", "outcome", "decision"]) && line.kind == Kind::Fenced
        });
        let Some(verdict) = verdict else { continue };
        let own = verdict.values().find(|q| !q.is_point() && q.as_percent().is_some());
        let overall = block
            .iter()
            .find(|line| line.key() == "overall")
            .and_then(|line| line.values().filter(|q| !q.is_point() && q.as_percent().is_some()).last());
        if let Some((low, high, q)) =
            own.or(overall).and_then(|q| q.as_percent().map(|(low, high)| (low, high, q)))
        {
            let text = format!("{}-{}", shown(&low), shown(&high));
            let name = String::new();
            bands.push(Band {
                line: verdict.number,
                name,
                low,
                high,
                decimals: q.decimals,
                below: false,
                above: false,
                text,
            });
        }
    }
    if bands.len() >= 3 { vec![bands] } else { Vec::new() }
}

/// A text that is a range of scores and nothing else, but for what stands in brackets.
pub(super) fn band(line: u32, text: &str) -> Option<Band> {
    let text = &joined(text);
    if let Some(band) = half_open(line, text) {
        return Some(band);
    }
    let found = crate::audit::quantity::quantities(text);
    let first: &Quantity = found.first()?;
    let (before, after) = (text.get(..first.start)?.trim(), text.get(first.end..)?.trim());
    let lower = before.to_lowercase();
    let word = matches!(
        lower.as_str(),
        "" | "below" | "under" | "above" | "over" | "at least" | "score" | "less than" | "from" | "more than"
    );
    let trails = after.is_empty()
        || after.starts_with(['(', ','])
        || matches!(
            after.to_lowercase().as_str(),
            "and above"
                | "or higher"
                | "and up"
                | "or above"
                | "and below"
                | "or below"
                | "and over"
                | "and higher"
                | "or lower"
                | "points"
                | "or more"
                | "and more"
                | "or less"
                | "and less"
                | "or fewer"
        );
    let scale = first.over.as_ref().is_none_or(|over| *over == whole(100))
        && matches!(first.unit, Unit::None | Unit::Percent | Unit::Points);
    if !word || !trails || found.len() != 1 || !scale || first.high > whole(100) || first.signed {
        return None;
    }
    let upwards = first.limit == Limit::AtLeast
        || after.to_lowercase().contains("above")
        || after.to_lowercase().contains("high")
        || after.contains("up")
        || after.contains("over")
        || after.contains("more")
        || matches!(lower.as_str(), "at least" | "from" | "above" | "over" | "more than");
    let downwards = first.limit == Limit::AtMost || matches!(lower.as_str(), "below" | "under" | "less than");
    let (low, high, below) = match () {
        () if !first.is_point() => (first.low.clone(), first.high.clone(), false),
        () if upwards => (first.low.clone(), whole(100), false),
        () if downwards => (whole(0), first.low.clone(), !text.contains(['≤', '='])),
        () => return None,
    };
    let above = upwards
        && first.is_point()
        && (text.contains('>') && !text.contains('=')
            || matches!(lower.as_str(), "above" | "over" | "more than"));
    let text = text.get(first.start..first.end)?.to_owned();
    Some(Band { line, name: String::new(), low, high, decimals: first.decimals, below, above, text })
}

/// `75 – 90` and `95 -100` are ranges here, where nothing is subtracted.
pub(super) fn joined(text: &str) -> String {
    let mut joined = text.replace(" – ", "-").replace(" - ", "-").replace(" — ", "-");
    for dash in [" -", " –"] {
        let Some((before, after)) = joined.split_once(dash) else { continue };
        let digits =
            before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
        if digits {
            joined = format!("{before}-{after}");
        }
    }
    joined
}

/// `60 to below 75` of scores of 100.
fn half_open(line: u32, text: &str) -> Option<Band> {
    let lower = text.to_lowercase();
    let joints =
        [" up to below ", " to below ", " to under ", " to less than ", "-<", "-below ", " up to under "];
    let (at, joint) = joints.iter().find_map(|joint| lower.find(joint).map(|at| (at, joint)))?;
    let alone = |text: &str| {
        let found = crate::audit::quantity::quantities(text);
        let [number] = found.as_slice() else { return None };
        let rest = text.get(number.end..)?.trim();
        let plain = number.is_point() && number.over.is_none() && number.high <= whole(100) && !number.signed;
        let unit = matches!(number.unit, Unit::None | Unit::Percent | Unit::Points);
        let ends = number.start == 0 && (rest.is_empty() || rest.starts_with(['(', ',']));
        (plain && unit && ends).then(|| number.clone())
    };
    let low = alone(text.get(..at)?.trim().trim_start_matches("from "))?;
    let high = alone(text.get(at + joint.len()..)?.trim())?;
    let decimals = low.decimals.max(high.decimals);
    let text = format!("{}-<{}", shown(&low.low), shown(&high.low));
    let fits = low.low < high.low;
    fits.then(|| Band {
        line,
        name: String::new(),
        low: low.low,
        high: high.low,
        decimals,
        below: true,
        above: false,
        text,
    })
}
