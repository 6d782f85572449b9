//! Fingerprints: what a finding is about without the line that it stands on.

use sha2::{Digest, Sha256};

use crate::model::findings::{Finding, Fingerprint};

/// Of what the tool itself calls the same finding.
pub(super) fn of_key(key: &str) -> Fingerprint {
    hash(&[b"key", key.as_bytes()])
}

/// Of a message. Numbers in it move with the code ("defined on line 12"), so all of them count as the same.
pub(super) fn of_message(message: &str) -> Fingerprint {
    let mut steady = String::with_capacity(message.len());
    for c in message.chars() {
        match c {
            '0'..='9' if steady.ends_with('0') => {}
            '0'..='9' => steady.push('0'),
            c => steady.push(c),
        }
    }
    hash(&[b"message", steady.as_bytes()])
}

/// The fingerprint in the whole run: the reader's, with tool, rule and path.
pub(super) fn settled(finding: &Finding) -> Fingerprint {
    let path = finding.path.as_deref().unwrap_or_default();
    let own = finding.fingerprint.0.to_be_bytes();
    hash(&[&own, finding.tool.as_bytes(), finding.rule.as_bytes(), path.as_bytes()])
}

/// The first 16 bytes of a SHA-256 over `parts`, each with its length before it.
fn hash(parts: &[&[u8]]) -> Fingerprint {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    Fingerprint(digest.iter().take(16).fold(0, |number, byte| (number << 8) | u128::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_message_may_move() {
        assert_eq!(of_message("`x` was set on line 9"), of_message("`x` was set on line 120"));
        assert_ne!(of_message("`x` was set"), of_message("`y` was set"));
        assert_ne!(of_message("a"), of_key("a"));
    }
}
