//! Sums a bit that flips between 0 and 1 on each of N iterations: N / 2, rounded down.
//!
//! The bit is a counter that wraps at 2, in every language alike: LLVM solves `1 - flip`,
//! `flip ^ 1` and `(flip + 1) % 2` ahead of time, and leaves an empty loop.

use std::env;
use std::ops::Range;
use std::process::ExitCode;

/// Sums the bit over a range of iterations; it is 1 on the odd ones.
fn sum_flips(iterations: Range<u64>) -> u64 {
    let mut flip = iterations.start % 2;
    let mut sum = 0;
    for _ in iterations {
        sum += flip;
        flip += 1;
        if flip == 2 {
            flip = 0;
        }
    }
    sum
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(n) => {
            println!("{}", sum_flips(0..n));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("flipsum: {problem}\nusage: flipsum N");
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
