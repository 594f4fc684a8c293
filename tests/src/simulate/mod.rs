//! Purchases by many processes on shared accounts, in virtual time, under every fault and crash; then what the clients were
//! told beside what the providers took money for.
//!
//! It goes world by world: a world is one sandbox, one journal, and one to fifty processes with all five accounts. The same
//! seed gives the same worlds, whatever the number of threads.

mod journal;
pub mod listening;
mod process;
mod purchase;
mod tally;
pub mod waiting;
mod world;

pub use tally::{Row, Tally};

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use trunkline_sandbox::Ids;
use world::World;

/// A rule that is broken on purpose, to see that it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// A purchase whose answer was lost is sent once more, as vendors' libraries do.
    Retry,
    /// Who asks for a number holds it, whoever held it before.
    Claim,
}

/// How many purchases a world is asked for.
const PER_WORLD: u64 = 400;

/// Runs so many purchases; `progress` is told how many are done.
pub fn run(purchases: u64, seed: u64, broken: Option<Broken>, progress: &(dyn Fn(u64) + Sync)) -> Tally {
    let mut seeds = Ids::new(seed);
    let worlds: Vec<(u64, u64)> = (0..purchases.div_ceil(PER_WORLD))
        .map(|index| (seeds.next(), PER_WORLD.min(purchases - index * PER_WORLD)))
        .collect();
    let next = AtomicU64::new(0);
    let done = AtomicU64::new(0);
    let tallies: Vec<Mutex<Tally>> = worlds.iter().map(|_| Mutex::default()).collect();
    let work = || {
        while let Ok(index) = usize::try_from(next.fetch_add(1, Ordering::Relaxed))
            && let Some(&(seed, purchases)) = worlds.get(index)
        {
            let tally = World::new(seed, purchases, broken).run();
            *tallies[index].lock().unwrap_or_else(PoisonError::into_inner) = tally;
            progress(done.fetch_add(purchases, Ordering::Relaxed) + purchases);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut total = Tally::default();
    for tally in tallies {
        total.add(&tally.into_inner().unwrap_or_else(PoisonError::into_inner));
    }
    total
}
