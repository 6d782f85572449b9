//! Where code lives and reports are published: one trait, [`Forge`], and one folder per forge.
//!
//! A forge turns events into an activity, reads the base and publishes finished texts; it knows no formats and
//! decides nothing about scores. What some forge lacks is a [`Capability`], which callers ask for first.
//! Requests go through [`http`]; [`comment`] and [`status`] do what is the same on every forge.
//!
//! To add a forge: implement [`Forge`] in a folder, and add a line to [`AnyForge`] and to [`Kind`].

mod any;
mod api;
pub mod base;
pub mod comment;
pub mod compare;
pub mod conversation;
pub mod event;
pub mod gitea;
pub mod github;
pub mod http;
mod kind;
pub mod marker;
mod remote;
pub mod status;
pub mod tree;
mod wire;

pub use any::AnyForge;
pub use api::Forge;
pub use kind::{Capability, Kind, Signs};
pub use remote::{Remote, Repository};
