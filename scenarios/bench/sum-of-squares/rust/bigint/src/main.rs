//! Sums the squares of 1 to N, N (N + 1) (2 N + 1) / 6, with integers of the crate num-bigint, which
//! grow: the sum is exact.

use std::env;
use std::process::ExitCode;

use num_bigint::BigUint;

/// Sums the squares of 1 to `n`.
fn sum_squares(n: u64) -> BigUint {
    let mut sum = BigUint::default();
    for i in 1..=n {
        sum += BigUint::from(i) * i;
    }
    sum
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(n) => {
            let sum = sum_squares(n);
            println!("{sum}");
            if sum.bits() > 63 {
                eprintln!("sum-of-squares-bigint: the sum takes {} bits", sum.bits());
            }
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("sum-of-squares-bigint: {problem}\nusage: sum-of-squares-bigint N");
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
