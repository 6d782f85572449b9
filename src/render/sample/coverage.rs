//! Coverage of the sample.

use std::collections::BTreeMap;

use crate::model::commit::Sha;
use crate::model::coverage::{CoverageTotals, Covered, PatchCoverage, PatchFile};
use crate::model::coverage_change::{Change, CoverageChange, Difference, Part, ReportSet};
use crate::model::evidence::PathMatching;
use crate::model::exact::Tenths;
use crate::model::report::{
    CarriedReport, ComponentReport, ComponentState, CoverageSection, FileReport, IndirectChange,
};

pub(super) fn coverage() -> CoverageSection {
    let lines = |covered, total| Covered { covered, total };
    let file = |covered, total, delta: Option<i64>| FileReport {
        lines: lines(covered, total),
        branches: None,
        delta: delta.map(Tenths),
    };
    let missed = vec![21, 22, 23, 30, 41, 42, 43];
    CoverageSection {
        totals: CoverageTotals {
            lines: lines(387, 500),
            branches: Some(lines(60, 90)),
            functions: None,
            statements: None,
        },
        base_totals: Some(CoverageTotals {
            lines: lines(380, 482),
            branches: Some(lines(60, 88)),
            functions: None,
            statements: None,
        }),
        patch: Some(PatchCoverage {
            lines: lines(11, 18),
            not_coverable: 4,
            files: BTreeMap::from([("shop/cart.py".into(), PatchFile { lines: lines(11, 18), missed })]),
        }),
        files: BTreeMap::from([
            ("shop/cart.py".into(), file(61, 80, Some(-91))),
            ("shop/mail.py".into(), file(40, 60, Some(0))),
            ("shop/new|file.py".into(), file(4, 4, None)),
            ("shop/stock.py".into(), file(282, 356, Some(12))),
        ]),
        indirect: vec![IndirectChange { path: "shop/stock.py".into(), lost: vec![12, 13], gained: vec![40] }],
        change: Some(change()),
        report_set: ReportSet::default(),
        components: components(),
        paths: PathMatching {
            unmatched: vec!["/build/gen/x.py".into()],
            total: 5,
            ..PathMatching::default()
        },
    }
}

fn components() -> Vec<ComponentReport> {
    let lines =
        |covered, total| CoverageTotals { lines: Covered { covered, total }, ..CoverageTotals::default() };
    let shop = ComponentReport {
        id: "shop".into(),
        name: "Shop".into(),
        state: ComponentState::Measured,
        totals: lines(387, 500),
        base: Some(lines(380, 482)),
        delta: Some(Tenths(-14)),
        patch: Some(Covered { covered: 11, total: 18 }),
        carried: Vec::new(),
        reason: None,
    };
    let sha = Sha("3f2c9e1b0488aa113f2c9e1b0488aa113f2c9e1b".into());
    let mail = ComponentReport {
        id: "mail".into(),
        name: "Mail | <b>".into(),
        state: ComponentState::Carried,
        delta: Some(Tenths::ZERO),
        patch: Some(Covered::default()),
        carried: vec![CarriedReport { sha, days: Some(3), files: 2 }],
        ..shop.clone()
    };
    vec![shop, mail]
}

/// From 380 of 482 lines to 387 of 500: 78.8 % to 77.4 %.
pub(super) fn change() -> CoverageChange {
    let part = |covered, total, points: i64| Part {
        lines: Difference { covered, total },
        points: Some(Tenths(points)),
    };
    let whole = Change {
        patch: part(11, 18, -6),
        removed: Part { points: Some(Tenths::ZERO), ..Part::default() },
        indirect: part(-1, 0, -2),
        reports: part(-3, 0, -6),
        total: part(7, 18, -14),
    };
    let cart = Change { patch: part(11, 18, -91), total: part(11, 18, -91), ..Change::default() };
    CoverageChange { whole, files: BTreeMap::from([("shop/cart.py".into(), cart)]) }
}
