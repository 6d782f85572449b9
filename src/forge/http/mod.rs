//! Requests over HTTP, as every forge needs them: [`call`] says what is asked, [`transport`] carries it once, [`retry`]
//! until there is an answer, and [`error`] says why there is none.

pub mod call;
mod connector;
pub mod error;
pub(in crate::forge) mod percent;
pub mod proxy;
pub mod retry;
pub mod settings;
mod tls;
pub mod transport;
