//! Lists the primes from 1 to N by trial of divisors, and prints how many they are and their sum.
//!
//! Divisors are tried in the same order in every language: 2, then odd ones up to the square root.

// u64::is_multiple_of came with Rust 1.87.
#![allow(clippy::manual_is_multiple_of)]

use std::env;
use std::ops::Range;
use std::process::ExitCode;

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

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(n) => {
            let primes = primes_in(1..n + 1);
            println!("{} {}", primes.len(), primes.iter().sum::<u64>());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("primes: {problem}\nusage: primes N");
            ExitCode::from(2)
        }
    }
}

fn parse_args(args: &[String]) -> Result<u64, String> {
    match args {
        [n] => n.parse().map_err(|e| format!("N is '{n}': {e}")),
        _ => Err(format!("expected 1 argument, found {}", args.len())),
    }
}
