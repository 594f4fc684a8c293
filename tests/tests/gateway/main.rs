//! The gateway over real HTTP, before the served sandbox, with the real client behind it.

mod events;
mod facts;
mod hostile;
mod mounted;
mod purchases;
mod random;
mod refusals;
mod results;
mod stage;
