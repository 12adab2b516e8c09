//! Lists the primes from 1 to N by trial of divisors, and prints how many they are and their sum.
//!
//! Divisors are tried in the same order in every language: 2, then odd ones up to the square root.
//! Large numbers take longer, so that the WORKERS threads get many parts, one after the other.

// u64::is_multiple_of came with Rust 1.87.
#![allow(clippy::manual_is_multiple_of)]

use std::env;
use std::num::NonZeroU64;
use std::ops::Range;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

const PARTS_PER_WORKER: u64 = 16;

/// Tries 2 and the odd divisors up to the square root.
fn is_prime(candidate: u64) -> bool {
    if candidate < 3 || candidate % 2 == 0 {
        return candidate == 2;
    }
    let mut divisor = 3;
    while divisor * divisor <= candidate {
        if candidate % divisor == 0 {
            return false;
        }
        divisor += 2;
    }
    true
}

/// Lists the primes of a range.
fn primes_in(candidates: Range<u64>) -> Vec<u64> {
    let mut primes = Vec::new();
    for candidate in candidates {
        if is_prime(candidate) {
            primes.push(candidate);
        }
    }
    primes
}

/// Lists the primes from 1 to `n`, found by the workers.
fn primes_in_parts(n: u64, workers: u64) -> Vec<u64> {
    let count = workers * PARTS_PER_WORKER;
    let bound = |part: u64| 1 + n * part / count;
    let next = AtomicU64::new(0);
    let work = || {
        let mut found = Vec::new();
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part >= count {
                return found;
            }
            found.push((part, primes_in(bound(part)..bound(part + 1))));
        }
    };

    let mut parts: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("a worker panicked"))
            .collect()
    });
    parts.sort_unstable_by_key(|(part, _)| *part);
    parts.into_iter().flat_map(|(_, primes)| primes).collect()
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok((n, workers)) => {
            let primes = primes_in_parts(n, workers.get());
            println!("{} {}", primes.len(), primes.iter().sum::<u64>());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("primes_threads: {problem}\nusage: primes_threads N WORKERS");
            ExitCode::from(2)
        }
    }
}

fn parse_args(args: &[String]) -> Result<(u64, NonZeroU64), String> {
    match args {
        [n, workers] => Ok((
            n.parse().map_err(|e| format!("N is '{n}': {e}"))?,
            workers
                .parse()
                .map_err(|e| format!("WORKERS is '{workers}': {e}"))?,
        )),
        _ => Err(format!("expected 2 arguments, found {}", args.len())),
    }
}
