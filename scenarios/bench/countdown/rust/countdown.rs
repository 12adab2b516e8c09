//! Counts down from N, one at a time, and prints the number that it ends at: 0.
//!
//! With optimisation LLVM sees that it always ends at 0 and leaves no loop; a debug build counts.

use std::env;
use std::process::ExitCode;

/// Takes one away until nothing is left.
fn count_down(mut n: u64) -> u64 {
    while n > 0 {
        n -= 1;
    }
    n
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(n) => {
            println!("{}", count_down(n));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("countdown: {problem}\nusage: countdown N");
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
