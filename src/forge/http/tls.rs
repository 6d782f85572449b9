//! Whom to trust: Mozilla's authorities, and those that are given besides.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use super::settings::SetupError;

/// A client that trusts the certificates in `authorities` (PEM), too.
pub(in crate::forge) fn client(authorities: &[u8]) -> Result<ClientConfig, SetupError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in CertificateDer::pem_slice_iter(authorities) {
        let certificate = certificate.map_err(SetupError::CaBundle)?;
        roots.add(certificate).map_err(SetupError::Certificate)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_that_are_none_are_refused() {
        let broken = b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n";
        assert!(matches!(client(broken), Err(SetupError::CaBundle(_))));
        assert!(client(b"").is_ok());
    }
}
