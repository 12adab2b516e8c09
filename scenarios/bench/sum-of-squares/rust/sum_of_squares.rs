//! Sums the squares of 1 to N: N (N + 1) (2 N + 1) / 6.
//!
//! A sum that is larger than 64 bits panics in a debug build; in an optimised one it wraps around
//! without a word, so that the program compares it with the formula afterwards. The loop is a `for`
//! over an inclusive range, which LLVM leaves as a loop: it replaces `(1..=n).map(|i| i * i).sum()` by
//! the formula.

use std::env;
use std::process::ExitCode;

/// Sums the squares of 1 to `n`.
fn sum_squares(n: u64) -> u64 {
    let mut sum = 0;
    for i in 1..=n {
        sum += i * i;
    }
    sum
}

/// What the sum is; for N up to 5e12, beyond which 128 bits would not do.
fn formula(n: u64) -> u128 {
    let n = u128::from(n);
    n * (n + 1) * (2 * n + 1) / 6
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(n) => {
            let sum = sum_squares(n);
            println!("{sum}");
            if formula(n) != u128::from(sum) {
                eprintln!("sum_of_squares: the sum wrapped around");
            }
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("sum_of_squares: {problem}\nusage: sum_of_squares N");
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
