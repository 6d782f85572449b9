//! Requests as GitHub sees them, against a mock server and small servers of our own.

mod check_run;
mod comment;
mod data_branch;
mod download;
mod network;
mod reading;
mod server;
mod status;
