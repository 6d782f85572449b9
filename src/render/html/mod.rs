//! The report as one page that needs nothing else: no script, no font, no address. Well-formed as XML, too.

mod cases;
mod coverage;
mod evidence;
mod findings;
mod page;
mod score;
mod verdict;

use crate::model::report::Report;

use page::Page;

/// The whole page.
pub fn html(report: &Report) -> String {
    let name = report.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    let mut page = Page::new(&format!("Readiness{name} {}", report.score.shown));
    verdict::headline(&mut page, report);
    verdict::gate(&mut page, report);
    verdict::way_to_green(&mut page, report);
    score::score(&mut page, report);
    score::changes(&mut page, report);
    score::gaps(&mut page, report);
    cases::tests(&mut page, report);
    coverage::coverage(&mut page, report);
    findings::findings(&mut page, report);
    evidence::measurements(&mut page, report);
    findings::debt(&mut page, report);
    evidence::sources(&mut page, report);
    evidence::trend(&mut page, report);
    evidence::provenance(&mut page, report);
    page.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::findings::{Finding, Fingerprint, Level};
    use crate::model::findings_change::FindingsSection;
    use crate::render::sample;

    /// The elements of a page in order; panics when one is not closed where it should be.
    fn elements(page: &str) -> Vec<String> {
        let (mut names, mut open) = (Vec::new(), Vec::new());
        for tag in page.split('<').skip(2) {
            let (tag, _) = tag.split_once('>').unwrap();
            let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap().to_owned();
            match (tag.starts_with('/'), tag.ends_with('/')) {
                (true, _) => assert_eq!(open.pop(), Some(name)),
                (false, true) => names.push(name),
                (false, false) => {
                    open.push(name.clone());
                    names.push(name);
                }
            }
        }
        assert!(open.is_empty(), "{open:?}");
        names
    }

    fn findings(text: &str) -> FindingsSection {
        let finding = Finding {
            tool: text.into(),
            rule: text.into(),
            level: Level::Error,
            severity: None,
            path: Some(text.into()),
            line: Some(3),
            message: text.into(),
            package: None,
            fingerprint: Fingerprint(1),
            suppressed: None,
        };
        FindingsSection {
            new: vec![finding; 501],
            tools: vec![text.to_owned()],
            ..FindingsSection::default()
        }
    }

    #[test]
    fn findings_stand_in_a_table_that_says_what_it_left_out() {
        let page = html(&Report { findings: Some(findings("ruff")), ..sample::report() });
        assert!(
            page.contains("<h2>Findings</h2>") && page.contains("ruff:3") && page.contains("and 1 more"),
            "{page}"
        );
    }

    #[test]
    fn the_page_is_well_formed_and_asks_for_nothing_from_outside() {
        let page = html(&sample::report());
        let names = elements(&page);
        for refused in ["script", "link", "img", "iframe", "a", "object"] {
            assert!(!names.iter().any(|name| name == refused), "{refused}");
        }
        assert!(!page.contains("url(") && !page.contains("@import"), "{page}");
        for part in [
            "<h1>",
            "Cheapest way to green",
            "The missing 12.6 points",
            "patch-coverage",
            "77.4 %",
            "Mutation testing with stryker",
            "unchanged: and 8 more",
            "new: shop/cart.py:22: TODO: round",
            "<th class=\"n\">attained</th>",
            "78.8 %",
            "lines outside the change",
            "2 files carried forward from",
            "added lines -9.1",
            "▁█▅ from 86.1 to 87.4",
        ] {
            assert!(page.contains(part), "{part}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn no_name_becomes_markup(text in "[<>&\"'/a-c=\u{1b}\u{202e} ]{0,20}") {
            let with = |text: &str| {
                let mut report = sample::report();
                for dimension in &mut report.dimensions {
                    dimension.name = text.to_owned();
                    for check in &mut dimension.checks {
                        check.id = text.to_owned();
                        check.reason = Some(text.to_owned());
                    }
                }
                for condition in &mut report.gate.conditions {
                    condition.message = text.to_owned();
                    condition.id = text.to_owned();
                }
                for source in &mut report.sources {
                    source.path = text.to_owned();
                    source.problem = Some(text.to_owned());
                }
                report.name = Some(text.to_owned());
                report.findings = Some(findings(text));
                report.todos.as_mut().unwrap().new[0].text = text.into();
                report.mutation[0].run.undetected[0].what = text.into();
                report.notes = vec![text.to_owned()];
                html(&report)
            };
            prop_assert_eq!(elements(&with(&text)), elements(&with("calm")));
        }
    }
}
