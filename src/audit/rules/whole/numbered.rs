//! How steps are called.

/// Words for parts that stand in an order, before their number or letter.
pub(super) const STEPS: [&str; 12] = [
    "phase",
    "stage",
    "step",
    "sprint",
    "milestone",
    "wave",
    "part",
    "package",
    "workstream",
    "stream",
    "block",
    "increment",
];

/// The length of ` 2` or ` b` at the start of a text.
pub(super) fn numbered(rest: &str) -> Option<usize> {
    let name = rest.strip_prefix(' ')?;
    let length = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
    let own = name.get(..length)?;
    let number = !own.is_empty() && own.bytes().all(|b| b.is_ascii_digit());
    (number || own.len() == 1 && own.starts_with(|c: char| c.is_ascii_lowercase())).then_some(length + 1)
}
