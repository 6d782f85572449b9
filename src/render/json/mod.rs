//! JSON outputs, versioned: a field is never renamed or dropped within a version, only added.

pub mod v1;
mod writer;

pub(super) use writer::pretty;
