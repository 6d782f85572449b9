//! A policy's identity, by which snapshots tell whether the rules changed.

use sha2::{Digest, Sha256};

use super::Policy;

impl Policy {
    /// Lower-case hexadecimal SHA-256 of the policy's text.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.text.as_bytes());
        digest.iter().fold(String::with_capacity(64), |mut digits, byte| {
            digits.extend(
                [byte >> 4, byte & 15].iter().filter_map(|half| char::from_digit(u32::from(*half), 16)),
            );
            digits
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::defaults;

    #[test]
    fn a_fingerprint_is_64_hexadecimal_digits() {
        let fingerprint = defaults::policy().fingerprint();
        assert_eq!(fingerprint.len(), 64);
        assert!(fingerprint.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()));
    }
}
