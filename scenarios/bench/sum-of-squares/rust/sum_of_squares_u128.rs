//! Sums the squares of 1 to N, N (N + 1) (2 N + 1) / 6, with integers of 128 bits.
//!
//! The loop is a `for` over an inclusive range, which LLVM leaves as a loop.

use std::env;
use std::process::ExitCode;

/// Sums the squares of 1 to `n`.
fn sum_squares(n: u64) -> u128 {
    let mut sum = 0;
    for i in 1..=n {
        let i = u128::from(i);
        sum += i * i;
    }
    sum
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(n) => {
            let sum = sum_squares(n);
            println!("{sum}");
            let bits = u128::BITS - sum.leading_zeros();
            if bits > 63 {
                eprintln!("sum_of_squares_u128: the sum takes {bits} bits");
            }
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("sum_of_squares_u128: {problem}\nusage: sum_of_squares_u128 N");
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
