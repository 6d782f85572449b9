use super::*;
use crate::model::exact::{Exact, Tenths, whole};
use crate::model::gate::GateMode;
use crate::model::metric::Unit;
use crate::policy::{OnBadEvidence, Subject};

const FULL: &str = r#"version: 1
evidence:
  include: ["**/junit*.xml", "coverage/**"]
  exclude: ["**/node_modules/**"]
  expect:
    - {name: unit shards, files: "reports/unit-*.xml", count: 4}
  paths: [{from: "/build/shop/", to: ""}]
claim-factor: 1/4
dimensions:
  test-coverage:
    name: Test Coverage
    weight: 15
    checks:
      pass-rate: {metric: tests.pass-rate, target: 95%, floor: 50%, weight: 2, effort: 40h..60h, owner: "@qa"}
      lines:     {metric: coverage.lines, paths: ["src/**"], target: 90%, floor: 60%, required: true}
      chaos:     {metric: tests.passed, suites: ["chaos/**"], target: 30, floor: 0}
  performance:
    weight: 10
    checks:
      p99:       {metric: http_req_duration.p99, target: 100ms, floor: 0.5s, max-age: 7 days}
      manual:    {metric: tests.passed, target: 1, not-applicable: no manual tests}
  security:
    weight: 10
    checks:
      codeql:    {metric: findings.errors, target: 0, floor: 5, tools: CodeQL}
      review:    {attest: "threat model reviewed", owner: "@sec", date: 2026-09-01, expires: 2027-02-01, link: docs/threats.md}
bands:  {0: not ready, 85: ready, 50.5: conditional}
grades: {}
gate:
  mode: {enforce-after: 2027-01-31}
  min-score: 85
  max-drop: 0.5
  dimension-min: {security: 70}
  patch-coverage: 80%
  no-new-failures: true
  max-new-flaky: 0
  on-bad-evidence: warn
waivers:
  - {condition: patch-coverage, owner: "@lead", reason: "generated code", expires: 2026-12-31}
plan:
  ceiling: {score: 95, reason: no production traffic in CI}
  phases:
    - {name: Router E2E, effort: 2h..4h, raises: {e2e.router: 100%, system.timeouts: 100%}}
  scenarios:
    - {name: Conservative, set: {system.load: 0.5}}
history:
  branches: ["main", "release/*"]
  keep: 30 days
"#;

#[test]
fn every_key_is_understood() {
    let policy = parse(FULL, "readiness.yml").unwrap();
    let ids: Vec<_> = policy.checks().map(|(_, check)| check.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "test-coverage.pass-rate",
            "test-coverage.lines",
            "test-coverage.chaos",
            "performance.p99",
            "security.codeql",
            "security.review"
        ]
    );
    let (_, p99) = policy.checks().find(|(_, check)| check.key == "p99").unwrap();
    assert_eq!((&p99.target, &p99.floor, p99.unit), (&whole(100), &whole(500), Unit::Milliseconds));
    assert_eq!(p99.max_age_days, Some(7));
    let (_, rate) = policy.checks().next().unwrap();
    assert_eq!((rate.weight, rate.target.clone()), (2, Exact::new(19.into(), 20.into())));
    assert_eq!(rate.effort.as_ref().map(|effort| effort.high.clone()), Some(whole(60)));
    let (_, review) = policy.checks().last().unwrap();
    assert!(matches!(&review.subject, Subject::Attestation(claim) if claim.owner == "@sec"));
    assert_eq!(policy.not_applicable.len(), 1);
    assert_eq!(policy.claim_factor, Exact::new(1.into(), 4.into()));
}

#[test]
fn gate_bands_and_the_rest_are_understood() {
    let policy = parse(FULL, "readiness.yml").unwrap();
    let bands: Vec<_> = policy.bands.iter().map(|band| (band.from.0, band.name.as_str())).collect();
    assert_eq!(bands, [(0, "not ready"), (505, "conditional"), (850, "ready")]);
    assert!(policy.grades.is_empty());
    assert_eq!(policy.gate.mode, GateMode::EnforceAfter("2027-01-31".to_owned()));
    assert_eq!(policy.gate.dimension_min, [("security".to_owned(), Tenths(700))]);
    assert_eq!((policy.gate.max_drop, policy.gate.patch_min_lines), (Some(Tenths(5)), 20));
    assert_eq!(policy.gate.on_bad_evidence, OnBadEvidence::Warn);
    assert_eq!(policy.evidence.expect.first().map(|expect| expect.count), Some(4));
    assert_eq!(policy.plan.phases.len() + policy.plan.scenarios.len(), 2);
    assert!(policy.history.branches.matches("release/1") && !policy.history.branches.matches("x"));
}

#[test]
fn what_is_left_out_comes_from_the_default() {
    let policy = parse("version: 1\n", "readiness.yml").unwrap();
    assert_eq!(policy.dimensions.len(), 2);
    assert!(policy.gate.no_new_failures);
    let gated = parse("gate: {min-score: 50}\n", "readiness.yml").unwrap();
    assert!(!gated.gate.no_new_failures, "a gate that is written down holds what it says");
}

/// The error of `text` as people see it, with its help.
fn error(text: &str) -> String {
    let error = parse(text, "readiness.yml").unwrap_err();
    let help = error.help().map_or_else(String::new, |help| format!("\n help: {help}"));
    format!("{error}{help}")
}

fn check(flow: &str) -> String {
    error(&format!("dimensions:\n  d:\n    checks:\n      c: {flow}\n"))
}

#[test]
fn unknown_keys_are_named_with_what_is_allowed() {
    insta::assert_snapshot!(error("gate:\n  min-scroe: 80\n"), @r"
    readiness.yml:2:3: unknown field `min-scroe`; allowed here: `mode`, `enforce-after`, `min-score`, `max-drop`, `dimension-min`, `max-failures`, `no-new-failures`, `no-new-findings`, `no-lost-tests`, `no-lost-evidence`, `patch-coverage`, `patch-min-lines`, `max-new-flaky`, `policy-change`, `on-bad-evidence`
     help: did you mean `min-score`?
    ");
    insta::assert_snapshot!(error("dimension: {}\n"), @r"
    readiness.yml:1:1: unknown field `dimension`; allowed here: `version`, `extends`, `evidence`, `dimensions`, `components`, `bands`, `grades`, `claim-factor`, `gate`, `waivers`, `plan`, `history`, `audit`
     help: did you mean `dimensions`?
    ");
    insta::assert_snapshot!(check("{metric: coverage.lines, colour: red}"), @"readiness.yml:4:35: unknown field `colour`; allowed here: `metric`, `suites`, `classes`, `files`, `paths`, `tools`, `rules`, `floor`, `target`, `attest`, `date`, `expires`, `link`, `weight`, `required`, `max-age`, `effort`, `owner`, `not-applicable`");
    insta::assert_snapshot!(error("extends: other.yml\n"), @"readiness.yml:1:10: unknown policy `other.yml`; known: `library`, `service`, `cli`, `web-app`");
}

#[test]
fn impossible_thresholds_are_named_with_what_is_allowed() {
    insta::assert_snapshot!(error("gate:\n  min-score: 120\n"), @"readiness.yml:2:14: `min-score` is `120`; allowed is 0 to 100 in steps of 0.1");
    insta::assert_snapshot!(error("gate: {max-drop: 0.05}\n"), @"readiness.yml:1:18: `max-drop` is `0.05`; allowed is 0 to 100 in steps of 0.1");
    insta::assert_snapshot!(error("gate: {max-failures: -1}\n"), @"readiness.yml:1:22: `max-failures` is `-1`; allowed is a whole number from 0");
    insta::assert_snapshot!(error("gate:\n  dimension-min:\n    test: 10\n"), @r"
    readiness.yml:3:5: unknown dimension `test`; known: `tests`, `coverage`
     help: did you mean `tests`?
    ");
    insta::assert_snapshot!(error("gate: {mode: enforced}\n"), @"readiness.yml:1:14: `mode` is `enforced`; allowed is `enforce`, `warn` or `{enforce-after: 2027-01-31}`");
    insta::assert_snapshot!(error("claim-factor: 2\n"), @"readiness.yml:1:15: `claim-factor` is `2`; allowed is a share from 0 to 1, such as `1/2` or `50%`");
}

#[test]
fn bands_must_cover_everything_once() {
    insta::assert_snapshot!(error("bands:\n  10: bad\n  50: good\n"), @r"
    readiness.yml:1:1: `bands` start at 10.0, so scores below it have none
     help: let the first one start at 0
    ");
    insta::assert_snapshot!(error("bands:\n  0: bad\n  101: good\n"), @"readiness.yml:3:3: `bands` is `101`; allowed is 0 to 100 in steps of 0.1");
    insta::assert_snapshot!(error("bands:\n  0: bad\n  0.0: worse\n"), @"readiness.yml:3:3: `bands` is `0.0`; allowed is each lower bound once");
    insta::assert_snapshot!(error("bands: {}\n"), @r"
    readiness.yml:1:1: `bands` is empty, so no score would have a verdict
     help: write at least `{0: not ready}`, or leave `bands` out
    ");
    insta::assert_snapshot!(error("grades: {0: F, -5: G}\n"), @"readiness.yml:1:16: `grades` is `-5`; allowed is 0 to 100 in steps of 0.1");
}

#[test]
fn limits_must_fit_their_metric() {
    insta::assert_snapshot!(check("{metric: mutation.score, target: 80, floor: 20}"), @"readiness.yml:4:43: `target` is `80`; allowed is a share from 0% to 100%, such as `80%`");
    insta::assert_snapshot!(check("{metric: oha.error-rate, target: 1, floor: 500%}"), @"readiness.yml:4:53: `floor` is `500%`; allowed is a share from 0% to 100%, such as `80%`");
    insta::assert_snapshot!(check("{metric: coverage.lines, target: 80}"), @"readiness.yml:4:43: `target` is `80`; allowed is a share from 0% to 100%, such as `80%`");
    insta::assert_snapshot!(check("{metric: coverage.lines}"), @r"
    readiness.yml:4:7: `c` has no `target`
     help: say what full points need, such as `target: 90%`
    ");
    insta::assert_snapshot!(check("{metric: tests.failed, target: 0}"), @r"
    readiness.yml:4:7: `c` has no `floor`
     help: say where points begin; for less-is-better it lies above the target, such as `floor: 500ms`
    ");
    insta::assert_snapshot!(check("{metric: tests.failed, target: 5, floor: 0}"), @r"
    readiness.yml:4:44: the `floor` of `tests.failed` is below its `target`, so worse values would score more
     help: less is better here: write a `floor` that is not below `target`
    ");
    insta::assert_snapshot!(check("{metric: tests.pass-rate, target: 50%, floor: 90%}"), @r"
    readiness.yml:4:49: the `floor` of `tests.pass-rate` is above its `target`, so worse values would score more
     help: more is better here: write a `floor` that is not above `target`
    ");
    insta::assert_snapshot!(check("{metric: latency.p99, target: 100ms, floor: 500}"), @"readiness.yml:4:54: `floor` is `500`; allowed is a number in the unit of `target` (`100ms`)");
    insta::assert_snapshot!(check("{metric: latency.p99, target: .nan, floor: 1}"), @"readiness.yml:4:40: `target` is `.nan`; allowed is a number, with a unit such as `100ms`, `99.9%`, `20MiB` or `500/s` where it has one");
    insta::assert_snapshot!(check("{metric: tests.duration, target: 90, floor: 100}"), @"readiness.yml:4:43: `target` is `90`; allowed is a time with its unit, such as `90s`");
}

#[test]
fn metrics_and_their_selection_must_exist() {
    insta::assert_snapshot!(check("{metric: coverage.line, target: 80%}"), @r"
    readiness.yml:4:19: unknown metric `coverage.line`; known: `tests.total`, `tests.passed`, `tests.failed`, `tests.errored`, `tests.skipped`, `tests.flaky`, `tests.pass-rate`, `tests.duration`, `coverage.lines`, `coverage.branches`, `coverage.functions`, `coverage.statements`, `coverage.patch`, `findings.errors`, `findings.warnings`, `findings.notes`, `findings.critical`, `findings.high`, `findings.medium`, `findings.low`, `todos.count`, `todos.untracked`, `todos.new`, `todos.new-untracked`
     help: did you mean `coverage.lines`?
    ");
    insta::assert_snapshot!(check("{metric: tests.pass-rate, target: 80%, paths: [src]}"), @r"
    readiness.yml:4:49: `paths` does not select `tests.pass-rate`, which is selected by `suites`, `classes`, `files`
     help: remove `paths`
    ");
    insta::assert_snapshot!(check("{metric: p99, target: 1, floor: 2, suites: a}"), @r"
    readiness.yml:4:45: `suites` does not go with a measurement, which is one number
     help: remove `suites`
    ");
    insta::assert_snapshot!(check("{metric: coverage.lines, target: 80%, paths: [src, '[']}"), @"readiness.yml:4:61: `paths` is `[`; allowed is a glob such as `src/**/*.rs` (a `[` without its `]`)");
    insta::assert_snapshot!(check("{target: 80%}"), @r#"
    readiness.yml:4:7: `c` has no `metric`
     help: name one, such as `metric: tests.pass-rate`, or write `attest: "what is claimed"`
    "#);
}

#[test]
fn weights_and_dimensions_must_count() {
    insta::assert_snapshot!(check("{metric: coverage.lines, target: 80%, weight: 0}"), @"readiness.yml:4:56: `weight` is `0`; allowed is a whole number from 1 to 1000000");
    insta::assert_snapshot!(check("{metric: coverage.lines, target: 80%, weight: 1.5}"), @"readiness.yml:4:56: `weight` is `1.5`; allowed is a whole number from 1 to 1000000");
    insta::assert_snapshot!(error("dimensions: {}\n"), @r"
    readiness.yml:1:1: `dimensions` is empty, so there is nothing to score
     help: write at least one dimension with one check
    ");
    insta::assert_snapshot!(error("dimensions:\n  d: {weight: 3}\n"), @r"
    readiness.yml:2:3: `d` has no `checks`
     help: add a check, such as `checks: {lines: {metric: coverage.lines, target: 80%}}`
    ");
    insta::assert_snapshot!(check("{metric: coverage.lines, target: 80%, not-applicable: no code}"), @r"
    readiness.yml:2:3: every check of `d` is not applicable, so its weight would count for nothing
     help: take the dimension out of the policy
    ");
    insta::assert_snapshot!(error("dimensions:\n  a.b:\n    weight: 1\n"), @"readiness.yml:2:3: `key` is `a.b`; allowed is one line of 1 to 200 characters without `.` and `/` in it");
}

#[test]
fn claims_and_waivers_have_owner_reason_and_end() {
    insta::assert_snapshot!(check("{attest: reviewed, owner: me, date: 2026-01-01}"), @r"
    readiness.yml:4:7: `c` has no `expires`
     help: a claim holds at most 180 days, such as `expires: 2027-02-01`
    ");
    insta::assert_snapshot!(check("{attest: reviewed, owner: me, date: 2026-01-01, expires: 2026-07-01}"), @"readiness.yml:4:67: `expires` is `2026-07-01`; allowed is a day from 2026-01-01 on, at most 180 days later");
    insta::assert_snapshot!(check("{attest: reviewed, owner: me, date: 2026-13-01, expires: 2026-07-01}"), @"readiness.yml:4:46: `date` is `2026-13-01`; allowed is a day such as `2027-01-31`");
    insta::assert_snapshot!(check("{attest: x, metric: coverage.lines, target: 1}"), @r"
    readiness.yml:4:7: a check has either `metric` or `attest`, not both
     help: make it two checks, so that the claim shows as a claim
    ");
    insta::assert_snapshot!(check("{metric: coverage.lines, target: 80%, expires: 2026-07-01}"), @r"
    readiness.yml:4:48: `expires` goes with `attest`, not with `metric`
     help: remove `expires`
    ");
    let waiver = |inner: &str| error(&format!("waivers:\n  - {{{inner}}}\n"));
    insta::assert_snapshot!(waiver("condition: min-scores, owner: me, reason: r, expires: 2026-12-31"), @r"
    readiness.yml:2:17: unknown condition `min-scores`; known: `min-score`, `max-drop`, `dimension-min`, `required`, `max-failures`, `no-new-failures`, `no-new-findings`, `no-lost-tests`, `no-lost-evidence`, `patch-coverage`, `component`, `max-new-flaky`, `policy-change`, `suite-errors`, `bad-evidence`
     help: did you mean `min-score`?
    ");
    insta::assert_snapshot!(waiver("condition: min-score, owner: me, reason: r"), @r"
    readiness.yml:2:5: `waivers` has no `expires`
     help: a waiver ends by itself, such as `expires: 2026-12-31`
    ");
    insta::assert_snapshot!(waiver("condition: min-score, owner: me, reason: r, expires: soon"), @"readiness.yml:2:59: `expires` is `soon`; allowed is a day such as `2027-01-31`");
    insta::assert_snapshot!(waiver("condition: required/tests.lines, owner: me, reason: r, expires: 2026-12-31"), @"readiness.yml:2:17: unknown condition `required/tests.lines`; known: `required/tests.pass-rate`, `required/coverage.lines`");
}

#[test]
fn components_have_files_and_limits_that_mean_something() {
    let text = "components:
  api:
    name: API
    paths: api/**
    reports: ['cov/api*.info']
    coverage: 80%
    branch-coverage: 70
    patch-coverage: 90 %
    max-drop: 0.5
    carry-forward: 14 days
  web: {paths: ['web/**', 'ui/**']}
waivers: [{condition: component/api/max-drop, owner: me, reason: r, expires: 2026-12-31}]
";
    let components = parse(text, "readiness.yml").unwrap().components;
    let [api, web] = components.as_slice() else { panic!("{components:?}") };
    assert_eq!((api.id.as_str(), api.name.as_str(), web.name.as_str()), ("api", "API", "web"));
    assert_eq!((api.coverage, api.branch_coverage), (Some(Tenths(800)), Some(Tenths(700))));
    assert_eq!((api.patch_coverage, api.max_drop), (Some(Tenths(900)), Some(Tenths(5))));
    assert_eq!((api.carry_forward_days, web.carry_forward_days), (Some(14), None));
    assert!(api.has("api/src/a.rs") && web.has("ui/x.ts") && !web.has("api/src/a.rs"));
    let component = |flow: &str| error(&format!("components: {{api: {{{flow}}}}}\n"));
    insta::assert_snapshot!(component("coverage: 80%"), @r#"
    readiness.yml:1:14: `api` has no `paths`
     help: say which files it has, such as `paths: ["api/**"]`
    "#);
    insta::assert_snapshot!(component("paths: a, coverag: 80%"), @r"
    readiness.yml:1:30: unknown field `coverag`; allowed here: `name`, `paths`, `reports`, `coverage`, `branch-coverage`, `patch-coverage`, `max-drop`, `carry-forward`
     help: did you mean `coverage`?
    ");
    insta::assert_snapshot!(component("paths: a, coverage: 80.05%"), @"readiness.yml:1:40: `coverage` is `80.05%`; allowed is 0 to 100 in steps of 0.1");
    insta::assert_snapshot!(component("paths: a, carry-forward: forever"), @"readiness.yml:1:45: `carry-forward` is `forever`; allowed is whole days from 1, such as `14 days`");
    insta::assert_snapshot!(error("components: {a/b: {paths: a}}\n"), @"readiness.yml:1:14: `key` is `a/b`; allowed is one line of 1 to 200 characters without `/` in it");
    let waiver =
        "waivers: [{condition: component/web/coverage, owner: me, reason: r, expires: 2026-12-31}]\n";
    insta::assert_snapshot!(error(&format!("components: {{api: {{paths: a}}}}\n{waiver}")), @r"
    readiness.yml:2:23: unknown condition `component/web/coverage`; known: `component/api/coverage`, `component/api/branch-coverage`, `component/api/patch-coverage`, `component/api/max-drop`, `component/api`
     help: did you mean `component/api/coverage`?
    ");
}

#[test]
fn text_that_is_no_policy_is_told_apart() {
    insta::assert_snapshot!(error(""), @r"
    readiness.yml:1:1: the policy is empty
     help: write `version: 1` and at least one dimension, or remove the file
    ");
    insta::assert_snapshot!(error("# nothing yet\n"), @r"
    readiness.yml:2:1: the policy is empty
     help: write `version: 1` and at least one dimension, or remove the file
    ");
    insta::assert_snapshot!(error("- a\n"), @r"
    readiness.yml:1:1: invalid type: sequence, expected a mapping of sections such as `dimensions` and `gate`
     help: https://github.com/readiness-ci/readiness/blob/main/docs/policy.md shows every key with an example
    ");
    insta::assert_snapshot!(error("gate:\n\tmin-score: 80\n"), @r"
    readiness.yml:2:1: a tab indents this line, and YAML knows only spaces
     help: write spaces in its place
    ");
    insta::assert_snapshot!(error("gate: {min-score: 80\n"), @r"
    readiness.yml:2:1: did not find expected ',' or '}' at line 2 column 1, while parsing a flow mapping
     help: https://github.com/readiness-ci/readiness/blob/main/docs/policy.md shows every key with an example
    ");
    insta::assert_snapshot!(error("gate:\n  min-score: 80\n  min-score: 90\n"), @r"
    readiness.yml:3:3: duplicate field `min-score`
     help: keep one of them
    ");
    insta::assert_snapshot!(error("gate: {no-new-failures: yes}\n"), @r#"
    readiness.yml:1:25: gate.no-new-failures: invalid type: string "yes", expected a boolean
     help: https://github.com/readiness-ci/readiness/blob/main/docs/policy.md shows every key with an example
    "#);
    insta::assert_snapshot!(error("version: 2\n"), @"readiness.yml:1:10: `version` is `2`; allowed is `1`, the version that this program knows");
    insta::assert_snapshot!(error("version: 1\n---\nversion: 1\n"), @r"
    readiness.yml: deserializing from YAML containing more than one document is not supported
     help: https://github.com/readiness-ci/readiness/blob/main/docs/policy.md shows every key with an example
    ");
    insta::assert_snapshot!(error("gate: *nothing\n"), @r"
    readiness.yml:1:7: unknown anchor
     help: https://github.com/readiness-ci/readiness/blob/main/docs/policy.md shows every key with an example
    ");
    insta::assert_snapshot!(error("evidence: {expect: [{name: shards, count: 0, files: a}]}\n"), @"readiness.yml:1:43: `count` is `0`; allowed is a whole number from 1");
    insta::assert_snapshot!(error(&"{a: ".repeat(60_000)), @r"
    readiness.yml: the policy has more than 4000 opening brackets
     help: a policy is written by hand; check that this is the right file
    ");
    insta::assert_snapshot!(error(&"[".repeat(200)), @r"
    readiness.yml:1:129: recursion limit exceeded
     help: https://github.com/readiness-ci/readiness/blob/main/docs/policy.md shows every key with an example
    ");
    insta::assert_snapshot!(error(&"a".repeat(1_000)), @r#"
    readiness.yml:1:1: invalid type: string "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
     help: https://github.com/readiness-ci/readiness/blob/main/docs/policy.md shows every key with an example
    "#);
    insta::assert_snapshot!(error(&"#".repeat(300_000)), @r"
    readiness.yml: the policy has 300000 bytes, the limit is 262144
     help: a policy is written by hand; check that this is the right file
    ");
}

const PAGE: &str = include_str!("../../docs/policy.md");

#[test]
fn every_example_of_the_documentation_is_valid() {
    let examples: Vec<&str> =
        PAGE.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() > 4);
    for example in examples {
        assert_eq!(parse(example, "docs/policy.md").map(|_| ()), Ok(()));
    }
}

#[test]
fn every_key_is_documented() {
    let sections = [
        "x: 1\n",
        "evidence: {x: 1}\n",
        "evidence: {expect: [{x: 1}]}\n",
        "evidence: {paths: [{x: 1}]}\n",
        "dimensions: {d: {x: 1}}\n",
        "dimensions: {d: {checks: {c: {x: 1}}}}\n",
        "gate: {x: 1}\n",
        "waivers: [{x: 1}]\n",
        "plan: {x: 1}\n",
        "plan: {ceiling: {x: 1}}\n",
        "plan: {phases: [{x: 1}]}\n",
        "plan: {scenarios: [{x: 1}]}\n",
        "history: {x: 1}\n",
    ];
    for section in sections {
        let Problem::UnknownKey { allowed, .. } = parse(section, "p").unwrap_err().problem else {
            panic!("{section} is not about its key");
        };
        let missing: Vec<_> = allowed.iter().filter(|key| !documented(key)).collect();
        assert_eq!(missing, Vec::<&String>::new(), "{section}");
    }
}

/// Whether `key` stands alone between back quotes, commas, braces or spaces inside them.
fn documented(key: &str) -> bool {
    let code = PAGE.split('`').skip(1).step_by(2);
    code.flat_map(|code| code.split([',', '{', '}', ' ', ':'])).any(|word| word == key)
}
