//! Which requests go through a proxy, as the usual variables say: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`.
//!
//! There is no standard for them; what curl and Go agree on holds here:
//! <https://about.gitlab.com/blog/we-need-to-talk-no-proxy/>.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Uri};

use super::percent;

/// What the variables hold.
#[derive(Clone, Copy, Default)]
pub struct Variables<'a> {
    /// `HTTPS_PROXY`: for https addresses.
    pub https: Option<&'a str>,
    /// `HTTP_PROXY`: for http addresses.
    pub http: Option<&'a str>,
    /// `NO_PROXY`: hosts that are reached without one, separated by commas.
    pub except: Option<&'a str>,
}

/// A variable that names no proxy that can be used. What it says is not repeated: it may hold a password.
#[derive(Debug, thiserror::Error)]
#[error("`{variable}` does not name a proxy")]
pub struct ProxyError {
    /// Which one.
    pub variable: &'static str,
}

/// One proxy.
#[derive(Clone)]
pub(in crate::forge) struct Proxy {
    /// Host and port, with scheme.
    pub(in crate::forge) address: Uri,
    /// Of the user and password in its address.
    pub(in crate::forge) authorization: Option<HeaderValue>,
}

/// Which proxy is used for what.
#[derive(Clone, Default)]
pub struct Proxies {
    https: Option<Proxy>,
    http: Option<Proxy>,
    except: Vec<Exception>,
}

/// What is reached without a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Exception {
    /// Everything.
    All,
    /// A host and all below it; on one port, if any is given.
    Host(String, Option<u16>),
    /// Addresses that agree in so many bits.
    Network(IpAddr, u32),
}

impl Proxies {
    /// Understands `variables`.
    pub fn parse(variables: Variables<'_>) -> Result<Self, ProxyError> {
        let proxy = |variable: &'static str, text: Option<&str>| {
            text.map(|text| Proxy::parse(text).ok_or(ProxyError { variable })).transpose()
        };
        let except = variables.except.unwrap_or_default();
        Ok(Self {
            https: proxy("HTTPS_PROXY", variables.https)?,
            http: proxy("HTTP_PROXY", variables.http)?,
            except: except.split([',', ' ']).filter_map(|text| Exception::parse(text.trim())).collect(),
        })
    }

    /// The proxy for requests to `to`, if any.
    pub(in crate::forge) fn of(&self, to: &Uri) -> Option<&Proxy> {
        let is_https = to.scheme_str() == Some("https");
        let proxy = if is_https { &self.https } else { &self.http }.as_ref()?;
        let host = to.host()?.trim_matches(['[', ']']).to_ascii_lowercase();
        let port = to.port_u16().unwrap_or(if is_https { 443 } else { 80 });
        (!self.except.iter().any(|exception| exception.covers(&host, port))).then_some(proxy)
    }
}

/// Passwords are part of it.
impl std::fmt::Debug for Proxies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proxies").field("except", &self.except).finish_non_exhaustive()
    }
}

impl Proxy {
    fn parse(text: &str) -> Option<Self> {
        // As in curl, an address without a scheme is one of an HTTP proxy.
        let rest = match text.trim().split_once("://") {
            Some((scheme, rest)) => Some(rest).filter(|_| scheme.eq_ignore_ascii_case("http"))?,
            None => text.trim(),
        };
        let authority = rest.split('/').next()?;
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        let address = format!("http://{host}").parse::<Uri>().ok().filter(|uri| uri.host().is_some())?;
        let basic = |user: &str| {
            let (name, password) = user.split_once(':').unwrap_or((user, ""));
            let pair = format!("{}:{}", percent::decode(name), percent::decode(password));
            let mut header = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair))).ok()?;
            header.set_sensitive(true);
            Some(header)
        };
        Some(Self { address, authorization: user.and_then(basic) })
    }
}

impl Exception {
    fn parse(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::All);
        }
        if let Some((address, bits)) = text.split_once('/') {
            return Some(Self::Network(address.parse().ok()?, bits.parse().ok()?));
        }
        if let Ok(address) = text.trim_matches(['[', ']']).parse::<IpAddr>() {
            return Some(Self::Network(address, 128));
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (text, None),
        };
        let host = host.trim_start_matches("*.").trim_matches('.');
        (!host.is_empty()).then(|| Self::Host(host.to_ascii_lowercase(), port))
    }

    fn covers(&self, host: &str, port: u16) -> bool {
        match self {
            Self::All => true,
            Self::Host(known, only) => {
                let below = host.strip_suffix(known.as_str()).is_some_and(|rest| rest.ends_with('.'));
                (host == known || below) && only.is_none_or(|only| only == port)
            }
            Self::Network(network, bits) => {
                host.parse::<IpAddr>().is_ok_and(|address| agrees(address, *network, *bits))
            }
        }
    }
}

fn agrees(left: IpAddr, right: IpAddr, bits: u32) -> bool {
    let same =
        |difference: u128, width: u32| difference.checked_shr(width.saturating_sub(bits)).unwrap_or(0) == 0;
    match (left, right) {
        (IpAddr::V4(left), IpAddr::V4(right)) => same(u128::from(left.to_bits() ^ right.to_bits()), 32),
        (IpAddr::V6(left), IpAddr::V6(right)) => same(left.to_bits() ^ right.to_bits(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(variables: Variables<'_>, to: &str) -> Option<String> {
        let proxies = Proxies::parse(variables).unwrap();
        proxies.of(&to.parse().unwrap()).map(|proxy| proxy.address.to_string())
    }

    #[test]
    fn each_scheme_has_its_own_proxy() {
        let both = Variables { https: Some("http://p:1"), http: Some("q:2"), except: None };
        assert_eq!(used(both, "https://api.github.com/x").as_deref(), Some("http://p:1/"));
        assert_eq!(used(both, "http://ghe.local/x").as_deref(), Some("http://q:2/"));
        let one = Variables { http: None, ..both };
        assert_eq!(used(one, "http://ghe.local/x"), None);
    }

    #[test]
    fn excepted_hosts_are_reached_without() {
        let except = ".corp.example, ghe.local:8443,10.0.0.0/8 [::1],*.test";
        let variables = Variables { https: Some("p:1"), http: None, except: Some(except) };
        let direct = |to: &str| used(variables, to).is_none();
        for to in [
            "https://a.corp.example",
            "https://corp.example",
            "https://GHE.local:8443",
            "https://10.2.3.4",
            "https://[::1]",
            "https://x.test",
        ] {
            assert!(direct(to), "{to}");
        }
        for to in ["https://notcorp.example", "https://ghe.local", "https://11.0.0.1", "https://[::2]"] {
            assert!(!direct(to), "{to}");
        }
        assert_eq!(used(Variables { except: Some("*"), ..variables }, "https://ghe.local"), None);
    }

    #[test]
    fn passwords_are_decoded_and_never_shown() {
        let variables = Variables { https: Some("http://me:p%40ss@p:1/"), ..Variables::default() };
        let proxies = Proxies::parse(variables).unwrap();
        let proxy = proxies.of(&Uri::from_static("https://a")).unwrap();
        assert_eq!(proxy.authorization.as_ref().unwrap().to_str().unwrap(), "Basic bWU6cEBzcw==");
        assert_eq!(format!("{proxies:?}"), "Proxies { except: [], .. }");
        for wrong in ["https://secret@p:1", "socks5://p", "http://", "a b"] {
            let error = Proxies::parse(Variables { https: Some(wrong), ..Variables::default() }).unwrap_err();
            assert_eq!(error.to_string(), "`HTTPS_PROXY` does not name a proxy");
        }
    }
}
