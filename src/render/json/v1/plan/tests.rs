use super::*;
use crate::render::sample_plan;

#[test]
#[expect(clippy::too_many_lines, reason = "the snapshot is the whole document")]
fn a_plan_is_written_like_this() {
    insta::assert_snapshot!(plan(&sample_plan::plan()), @r#"
    {
      "schema": "readiness/plan/v1",
      "score": 87.4,
      "measured_score": 87.2,
      "assumed": [
        "coverage.lines is 77.4 %"
      ],
      "verdict": {
        "band": "ready",
        "grade": "B",
        "capped_by": null
      },
      "gate": "fail",
      "goal": {
        "score": 95.0,
        "reason": "no production | traffic in CI"
      },
      "missing": 12.6,
      "effort_hours": null,
      "gaps": [
        {
          "check": "performance.p99",
          "points": 10.0,
          "effort_hours": [
            40,
            60
          ],
          "points_per_hour": 0.2,
          "advice": "bring evidence for `http_req_duration.p99`"
        },
        {
          "check": "tests.pass-rate",
          "points": 1.6,
          "effort_hours": null,
          "points_per_hour": null,
          "advice": "raise `tests.pass-rate` from 98.7 % to 100.0 %"
        },
        {
          "check": "coverage.lines",
          "points": 1.0,
          "effort_hours": null,
          "points_per_hour": null,
          "advice": "raise `coverage.lines` from 77.4 % to 80.0 %"
        }
      ],
      "by_points_per_hour": [
        "performance.p99"
      ],
      "way_to_green": {
        "steps": [
          {
            "advice": "make `test_checkout_rejects_an_expired_card` pass",
            "points": 0.8
          },
          {
            "advice": "cover 4 of the 7 added lines that no test runs, most of them in `shop/cart.py`",
            "points": 0.0
          }
        ],
        "effort_hours": null
      },
      "phases": {
        "gain": 11.6,
        "effort_hours": null,
        "steps": [
          {
            "name": "Load tests",
            "gain": 10.0,
            "exact_gain": 10,
            "score": 97.4,
            "verdict": {
              "band": "ready",
              "grade": "A+",
              "capped_by": null
            },
            "effort_hours": [
              40,
              60
            ],
            "points_per_hour": 0.2,
            "raises": [
              {
                "check": "performance.p99",
                "from": 0,
                "to": 1,
                "gain": 10.0
              }
            ],
            "unknown": []
          },
          {
            "name": "Repairs",
            "gain": 1.6,
            "exact_gain": 1.6,
            "score": 99.0,
            "verdict": {
              "band": "ready",
              "grade": "A+",
              "capped_by": null
            },
            "effort_hours": null,
            "points_per_hour": null,
            "raises": [
              {
                "check": "tests.pass-rate",
                "from": 0.974,
                "to": 1,
                "gain": 1.6
              }
            ],
            "unknown": [
              "e2e.router"
            ]
          }
        ],
        "rest": [
          {
            "check": "coverage.lines",
            "points": 1.0
          }
        ]
      },
      "scenarios": [
        {
          "name": "Cautious <b>",
          "score": 88.4,
          "change": 1.0,
          "verdict": {
            "band": "ready",
            "grade": "A+",
            "capped_by": null
          },
          "effort_hours": [
            8,
            8
          ],
          "unknown": []
        }
      ],
      "projection": {
        "state": "rising",
        "points_per_week": [
          0.5,
          1,
          2
        ],
        "in_four_weeks": [
          89.4,
          91.4,
          95.0
        ],
        "milestones": [
          {
            "name": "goal",
            "score": 95.0,
            "weeks": [
              3.8,
              7.6,
              15.2
            ]
          }
        ]
      },
      "warnings": [
        "the last phase reaches 99, past the ceiling of 95"
      ]
    }
    "#);
}
