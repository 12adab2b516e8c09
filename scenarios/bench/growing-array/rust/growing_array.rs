//! Appends the numbers 0 to N - 1 to a vector, one at a time, and prints their sum.
//!
//! A vector that is full is reallocated with twice the capacity; pages that are not written to yet
//! take no memory.

use std::env;
use std::process::ExitCode;

/// Appends one number after the other.
fn grow(n: u64) -> Vec<u64> {
    let mut numbers = Vec::new();
    for number in 0..n {
        numbers.push(number);
    }
    numbers
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(n) => {
            println!("{}", grow(n).iter().sum::<u64>());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("growing_array: {problem}\nusage: growing_array N");
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
