//! What the suites share: vectors and the machine that runs them, and worlds in virtual time.

pub mod jobs;
pub mod player;
pub mod promises;
pub mod simulate;
pub mod vectors;
pub mod world;
