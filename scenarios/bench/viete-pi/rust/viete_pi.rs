//! Approaches pi by Viète's product of N square roots (1593):
//!
//! 2 / pi = √2 / 2 · √(2 + √2) / 2 · √(2 + √(2 + √2)) / 2 · ...
//!
//! After some 26 factors an f64 has no room for more; the rest are there to be timed.

use std::env;
use std::process::ExitCode;

/// Divides 2 by the product of `n` factors.
fn viete_pi(n: u64) -> f64 {
    let mut root = 0.0_f64;
    let mut product = 1.0;
    for _ in 0..n {
        root = (2.0 + root).sqrt();
        product *= root / 2.0;
    }
    2.0 / product
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(n) => {
            println!("{:.15}", viete_pi(n));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("viete_pi: {problem}\nusage: viete_pi N");
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
