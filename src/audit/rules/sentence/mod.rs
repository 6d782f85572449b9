//! Numbers of one sentence that follow from each other, also where it runs over several lines.

mod fraction;
mod means;
mod parts;
mod percent;
mod product;
mod read;
mod rest;
mod row;
mod story;
mod sum;

pub(super) use read::{Sentence, prose, sentences};

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    means::apply(facts, findings);
    let mut last: Option<(usize, Sentence)> = None;
    for block in facts.document.blocks() {
        let mut sentences = sentences(block);
        let section = block.first().map_or(0, |line| line.section);
        // A paragraph goes on from the one before.
        if let (Some((_, before)), Some(first)) =
            (last.take().filter(|(s, _)| *s == section), sentences.first())
        {
            parts::of_these(&before, first, findings);
        }
        for pair in sentences.windows(2) {
            if let [before, sentence] = pair {
                means::of_all(before, sentence, findings);
                sum::split(before, sentence, findings);
                fraction::of_them(before, sentence, findings);
                parts::not_done(before, sentence, findings);
                parts::of_these(before, sentence, findings);
                parts::remain(before, sentence, findings);
            }
        }
        for (at, sentence) in sentences.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| sentences.get(at));
            story::apply(&sentences, at, findings);
            rest::left(before, sentence, findings);
            product::each(sentence, findings);
            parts::of_all(sentence, findings);
            parts::states(sentence, findings);
            parts::in_words(sentence, findings);
        }
        let end = sentences.pop();
        for sentence in sentences.iter().chain(&end) {
            fraction::share(sentence, findings);
            percent::behind(sentence, findings);
            percent::of_named(facts, block.first().map_or(0, |line| line.section), sentence, findings);
            sum::in_all(sentence, findings);
            sum::listed(sentence, findings);
            fraction::rest(sentence, findings);
            sum::remainder(sentence, findings);
            row::mean(sentence, findings);
            row::rise(sentence, findings);
        }
        last = end.map(|end| (section, end));
    }
}
