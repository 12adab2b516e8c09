//! Runs TASKS equal tasks on WORKERS threads, and prints the sum of what they compute.
//!
//! Task k multiplies k by the first N factors of Viète's product, which tends to k times pi: a
//! square root and a division for each factor. A thread takes the next task when it is done with
//! one.

use std::env;
use std::num::NonZeroU64;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

/// Multiplies the task's number by the first `n` factors.
fn multiply_factors(task: u64, n: u64) -> f64 {
    let mut root = 0.0_f64;
    let mut product = 2.0 * task as f64;
    for _ in 0..n {
        root = (2.0 + root).sqrt();
        product *= 2.0 / root;
    }
    product
}

/// Runs the tasks 1 to `count` and sums their results.
fn run_tasks(n: u64, count: u64, workers: u64) -> f64 {
    let next = AtomicU64::new(1);
    let work = || {
        let mut sum = 0.0;
        loop {
            let task = next.fetch_add(1, Ordering::Relaxed);
            if task > count {
                return sum;
            }
            sum += multiply_factors(task, n);
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a worker panicked"))
            .sum()
    })
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok([n, tasks, workers]) => {
            let start = Instant::now();
            let sum = run_tasks(n, tasks, workers);
            let elapsed = start.elapsed();
            println!("{sum}\ntaskS={:.6}", elapsed.as_secs_f64());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("scaling: {problem}\nusage: scaling N TASKS WORKERS");
            ExitCode::from(2)
        }
    }
}

fn parse_args(args: &[String]) -> Result<[u64; 3], String> {
    let parse = |text: &String| {
        text.parse()
            .map(NonZeroU64::get)
            .map_err(|e| format!("'{text}': {e}"))
    };
    match args {
        [n, tasks, workers] => Ok([parse(n)?, parse(tasks)?, parse(workers)?]),
        _ => Err(format!("expected 3 arguments, found {}", args.len())),
    }
}
