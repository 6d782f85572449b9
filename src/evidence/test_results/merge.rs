//! Many reports as one run.
