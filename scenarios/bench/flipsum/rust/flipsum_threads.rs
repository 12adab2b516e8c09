//! Sums a bit that flips between 0 and 1 on each of N iterations: N / 2, rounded down.
//! The iterations are divided among WORKERS threads, which each sum a part of their own.
//!
//! The bit is a counter that wraps at 2, in every language alike: LLVM solves `1 - flip`,
//! `flip ^ 1` and `(flip + 1) % 2` ahead of time, and leaves an empty loop.

use std::env;
use std::num::NonZeroU64;
use std::ops::Range;
use std::process::ExitCode;
use std::thread;

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

/// Divides `n` iterations among the workers; the first `n % workers` of them take one more.
fn sum_in_parts(n: u64, workers: u64) -> u64 {
    let bound = |part: u64| n / workers * part + part.min(n % workers);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|part| scope.spawn(move || sum_flips(bound(part)..bound(part + 1))))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a worker panicked"))
            .sum()
    })
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok((n, workers)) => {
            println!("{}", sum_in_parts(n, workers.get()));
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("flipsum_threads: {problem}\nusage: flipsum_threads N WORKERS");
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
