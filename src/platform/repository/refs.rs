//! What branches, tags and `HEAD` name.

use std::path::Path;

use gix_hash::ObjectId;

use super::error::RepositoryError;
use super::layout::Layout;
use super::{names, small};

const MOST_REF: u64 = 4 << 10;
const MOST_PACKED: u64 = 128 << 20;
/// Longest way from one name to the next.
const MOST_STEPS: usize = 8;
/// Where a name is looked for, in git's order; `{}` stands for it.
const PLACES: [(&str, &str); 6] = [
    ("", ""),
    ("refs/", ""),
    ("refs/tags/", ""),
    ("refs/heads/", ""),
    ("refs/remotes/", ""),
    ("refs/remotes/", "/HEAD"),
];

/// The object that `name` stands for, if there is such a branch, tag or other name.
pub(super) fn find(layout: &Layout, name: &str) -> Result<Option<ObjectId>, RepositoryError> {
    if layout.has_reftable {
        return Err(RepositoryError::Format("its branches in a reftable".to_owned()));
    }
    for (before, behind) in PLACES {
        if let Some(found) = follow(layout, [before, name, behind].concat())? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Follows `ref: ` lines to an object.
fn follow(layout: &Layout, mut name: String) -> Result<Option<ObjectId>, RepositoryError> {
    for _ in 0..MOST_STEPS {
        if !is_safe(&name) {
            return Ok(None);
        }
        let folder = if name.starts_with("refs/") { &layout.common } else { &layout.own };
        let Some(text) = small::text(&folder.join(&name), MOST_REF)? else {
            return packed(&layout.common, &name);
        };
        match text.strip_prefix("ref:") {
            Some(next) => next.trim().clone_into(&mut name),
            None => {
                return Ok(text.split_ascii_whitespace().next().and_then(|id| names::parse(id.as_bytes())));
            }
        }
    }
    Ok(None)
}

/// Looks into the list of names that were packed.
fn packed(common: &Path, name: &str) -> Result<Option<ObjectId>, RepositoryError> {
    let list = small::bytes(&common.join("packed-refs"), MOST_PACKED)?.unwrap_or_default();
    let mut lines = list.split(|byte| *byte == b'\n');
    let found = lines.find_map(|line| {
        let (id, rest) = line.split_at_checked(40)?;
        (rest.strip_prefix(b" ")?.trim_ascii_end() == name.as_bytes()).then(|| names::parse(id)).flatten()
    });
    Ok(found)
}

/// Whether a name leads to no other place than the repository, and is none that git refuses.
fn is_safe(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.');
    let is_odd = |letter: char| letter.is_control() || " ~^:?*[\\".contains(letter);
    name.len() < 1024 && !name.contains("..") && !name.contains(is_odd) && name.split('/').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn a_name_cannot_leave_the_repository() {
        for name in ["HEAD", "refs/heads/main", "refs/heads/feature/über"] {
            assert!(is_safe(name), "{name}");
        }
        for name in ["", "/etc/passwd", "../x", "refs/../../x", "refs//x", "a\\b", "C:x", ".git", "a b"] {
            assert!(!is_safe(name), "{name}");
        }
    }
}
