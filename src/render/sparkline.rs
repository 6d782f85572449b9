//! A trend in one line of text.

use crate::model::exact::Tenths;
use crate::model::trend::TrendPoint;

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The newest `limit` scores and then `head`, each as a bar between the lowest and the highest of them.
pub(super) fn of(points: &[TrendPoint], head: Option<Tenths>, limit: usize) -> String {
    let newest = points.iter().skip(points.len().saturating_sub(limit));
    let scores: Vec<i64> = newest.map(|point| point.score.0).chain(head.map(|score| score.0)).collect();
    let low = scores.iter().copied().min().unwrap_or(0);
    let high = scores.iter().copied().max().unwrap_or(0);
    scores.into_iter().map(|score| bar(score - low, high - low)).collect()
}

/// A flat line stands in the middle.
fn bar(height: i64, range: i64) -> char {
    let steps = i64::try_from(BARS.len()).unwrap_or(1) - 1;
    let step = if range == 0 { steps / 2 } else { (height * steps + range / 2) / range };
    usize::try_from(step).ok().and_then(|step| BARS.get(step)).copied().unwrap_or('▁')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_and_the_highest_score_span_the_line() {
        let shown: String = [0, 5, 10].map(|height| bar(height, 10)).into_iter().collect();
        assert_eq!(shown, "▁▅█");
        assert_eq!(of(&[], Some(Tenths(874)), 5), "▄");
        assert_eq!(of(&[], None, 5), "");
    }
}
