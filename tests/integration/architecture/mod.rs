//! The order of the source: which layer may import which, and that no files import in circles.

mod circles;
mod layers;
mod paths;
mod source;
