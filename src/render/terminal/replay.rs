//! A replay on screen: one line per run, and how many would have failed.

use crate::model::replay::{Replay, Replayed};
use crate::render::escape::terminal as safe;
use crate::render::wording;

use super::page::Page;
use super::style::{Screen, Tone};
use super::table::{Cell, Table, number, text};

/// All runs and the count.
pub fn replay(replay: &Replay, screen: Screen) -> String {
    let mut page = Page::new(screen);
    let (decided, failed) = replay.counts();
    let runs = wording::counted(decided as u64, "recorded run");
    page.heading(&format!("{}: this gate would have failed {failed} of {runs}", replay.branch));
    page.sentence(0, &format!("policy: {}", replay.policy), Tone::Faint);
    let mut table = Table::with_heading(vec![
        text("recorded"),
        text("commit"),
        number("score then"),
        text("gate then"),
        number("score"),
        text("gate"),
        text("why"),
    ]);
    for run in &replay.runs {
        table.row(row(run));
    }
    page.table(&table);
    page.sentence(
        0,
        "each run is compared with the one before it; what needs a diff cannot be replayed",
        Tone::Faint,
    );
    page.finish()
}

fn row(replayed: &Replayed) -> Vec<Cell> {
    let run = &replayed.run;
    let mut cells = vec![
        text(safe(&run.recorded_at)),
        text(safe(run.sha.short())),
        number(run.score),
        text(run.outcome.name()),
    ];
    cells.extend(match &replayed.answer {
        Ok(answer) if answer.failing.is_empty() => {
            [number(answer.score), text("pass").tone(Tone::Good), text("")]
        }
        Ok(answer) => {
            let why: Vec<&str> = answer.failing.iter().map(|(_, message)| message.as_str()).collect();
            [number(answer.score), text("fail").tone(Tone::Bad), text(safe(&why.join("; ")))]
        }
        Err(reason) => [number(""), text("unknown").tone(Tone::Odd), text(safe(reason))],
    });
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::exact::Tenths;
    use crate::model::replay::Answer;
    use crate::render::sample;

    #[test]
    fn a_replay_counts_what_would_have_failed() {
        let mut runs = sample::report().trend.into_iter();
        let failing = vec![("min-score".to_owned(), "the score is 80, at least 85 asked for".to_owned())];
        let answers = [
            Ok(Answer { score: Tenths(800), failing }),
            Err("the run is not kept in full any more".to_owned()),
        ];
        let runs = answers.into_iter().map(|answer| Replayed { run: runs.next().unwrap(), answer }).collect();
        let all = Replay { branch: "main".into(), policy: "readiness.yml".into(), runs };
        insta::assert_snapshot!(replay(&all, Screen::PLAIN), @r"
        main: this gate would have failed 1 of 1 recorded run
        policy: readiness.yml
          recorded              commit      score then  gate then  score  gate     why
          2026-11-18T09:30:00Z  3f2c9e1b04        86.1  pass        80.0  fail     the score is 80, at least 85 asked for
          2026-11-20T09:30:00Z  3f2c9e1b04        88.6  pass              unknown  the run is not kept in full any more
        each run is compared with the one before it; what needs a diff cannot be replayed
        ");
    }
}
