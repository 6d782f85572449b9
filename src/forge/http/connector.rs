//! Opens connections: straight, or through a proxy.
//!
//! To https addresses a proxy only passes bytes on (RFC 9110, 9.3.6), so it never sees a token; requests to http
//! addresses it reads and forwards.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tower::Service;

use super::proxy::{Proxies, Proxy};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A proxy's answer to CONNECT is a line and a few headers.
const ANSWER_MAX: usize = 16 * 1024;

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(in crate::forge) enum ConnectError {
    /// The host, or the proxy, cannot be reached.
    #[error("{0}")]
    Unreachable(String),
    /// The proxy lets nothing through.
    #[error("the proxy {proxy} answered `{answer}` to CONNECT")]
    Refused {
        /// Host and port.
        proxy: String,
        /// The first line of its answer.
        answer: String,
    },
    /// The proxy went away.
    #[error("the connection through the proxy broke off: {0}")]
    Broken(#[from] io::Error),
}

/// Connects to hosts.
#[derive(Clone)]
pub(in crate::forge) struct Connector {
    tcp: HttpConnector,
    proxies: Arc<Proxies>,
}

/// A connection.
pub(in crate::forge) struct Stream {
    tcp: TokioIo<TcpStream>,
    /// To a proxy that reads what is sent, and so must be told whole addresses.
    forwards: bool,
}

impl Connector {
    pub(in crate::forge) fn new(proxies: Arc<Proxies>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
        Self { tcp, proxies }
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, ConnectError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        self.tcp.poll_ready(context).map_err(|error| unreachable(&error))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let (mut tcp, proxy) = (self.tcp.clone(), self.proxies.of(&to).cloned());
        Box::pin(async move {
            let through = proxy.as_ref().map_or(&to, |proxy| &proxy.address).clone();
            let tcp = tcp.call(through).await.map_err(|error| unreachable(&error))?;
            match proxy {
                None => Ok(Stream { tcp, forwards: false }),
                Some(_proxy) if to.scheme_str() != Some("https") => Ok(Stream { tcp, forwards: true }),
                Some(proxy) => {
                    let tunnel = tunnel(tcp.into_inner(), &to, &proxy);
                    let Ok(tcp) = tokio::time::timeout(CONNECT_TIMEOUT, tunnel).await else {
                        return Err(io::Error::from(io::ErrorKind::TimedOut).into());
                    };
                    Ok(Stream { tcp: TokioIo::new(tcp?), forwards: false })
                }
            }
        })
    }
}

fn unreachable(error: &(dyn std::error::Error + 'static)) -> ConnectError {
    ConnectError::Unreachable(super::error::innermost(error))
}

/// Asks `proxy` to pass on bytes between here and `to`.
async fn tunnel(mut tcp: TcpStream, to: &Uri, proxy: &Proxy) -> Result<TcpStream, ConnectError> {
    let target = format!("{}:{}", to.host().unwrap_or_default(), to.port_u16().unwrap_or(443));
    let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
    if let Some(authorization) = &proxy.authorization {
        request.extend([b"Proxy-Authorization: ", authorization.as_bytes(), b"\r\n"].concat());
    }
    request.extend(b"\r\n");
    tcp.write_all(&request).await?;
    // Byte by byte: what follows belongs to the tunnel.
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") && answer.len() < ANSWER_MAX {
        answer.push(tcp.read_u8().await?);
    }
    let answer = String::from_utf8_lossy(&answer);
    let line = answer.lines().next().unwrap_or_default();
    let is_open =
        line.starts_with("HTTP/1.") && line.split(' ').nth(1).is_some_and(|code| code.starts_with('2'));
    if is_open {
        return Ok(tcp);
    }
    let proxy = proxy.address.authority().map(ToString::to_string).unwrap_or_default();
    Err(ConnectError::Refused { proxy, answer: super::error::brief(line) })
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.tcp.connected().proxy(self.forwards)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(context, buffer)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}
