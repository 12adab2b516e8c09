//! Moves the hand of a clock by 5 hours on each of N iterations, and prints the hour that it
//! points at: 5 * N % 12. unused.rs has the same loop and throws the hour away.

use std::env;
use std::process::ExitCode;

/// Moves the hand `n` times, from 0 on.
fn move_hand(n: u64) -> u64 {
    let mut hour = 0;
    for _ in 0..n {
        hour = (hour + 5) % 12;
    }
    hour
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(n) => {
            println!("{}", move_hand(n));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("used: {problem}\nusage: used N");
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
