//! Policies to start from.

/// Every built-in policy that `extends` may name, with its text.
pub(super) const ALL: [(&str, &str); 4] = [
    ("library", include_str!("library.yml")),
    ("service", include_str!("service.yml")),
    ("cli", include_str!("cli.yml")),
    ("web-app", include_str!("web-app.yml")),
];
