//! Hands a string of SIZE digits by reference to TASKS tasks, a thread each, and prints the sum of
//! what they return.
//!
//! Each task adds the string's length and up to 10,000 of its digits, from a place of its own on.
//! All borrow the same string; nothing is copied.

use std::env;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

/// Repeats the ten digits up to the size.
fn make_text(size: usize) -> String {
    let mut text = "0123456789".repeat(size / 10 + 1);
    text.truncate(size);
    text
}

/// Adds the text's length and its digits in the range.
fn add_digits(text: &str, range: Range<usize>) -> usize {
    let digits = text[range].bytes().map(|digit| usize::from(digit - b'0'));
    text.len() + digits.sum::<usize>()
}

/// The place of a task that is its own.
fn range_of(task: usize, tasks: usize, size: usize) -> Range<usize> {
    let width = size.min(10_000) / 10 * 10;
    let start = (size - width) * task / tasks;
    start..start + width
}

/// Gives each task the text and a place that is its own.
fn run_tasks(text: &str, tasks: usize) -> usize {
    thread::scope(|scope| {
        let threads: Vec<_> = (0..tasks)
            .map(|task| scope.spawn(move || add_digits(text, range_of(task, tasks, text.len()))))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a task panicked"))
            .sum()
    })
}

fn main() -> ExitCode {
    let begun = Instant::now();
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok((size, tasks)) => {
            let text = make_text(size);
            let started = Instant::now();
            let result = run_tasks(&text, tasks);
            let ended = Instant::now();
            println!("{result}");
            println!("startupS={:.9}", (started - begun).as_secs_f64());
            println!("totalS={:.9}", (ended - begun).as_secs_f64());
            println!("taskS={:.9}", (ended - started).as_secs_f64());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("by_reference: {problem}\nusage: by_reference SIZE TASKS");
            ExitCode::from(2)
        }
    }
}

fn parse_args(args: &[String]) -> Result<(usize, usize), String> {
    let parse = |text: &String| {
        text.parse()
            .map(NonZeroUsize::get)
            .map_err(|e| format!("'{text}': {e}"))
    };
    match args {
        [size, tasks] => Ok((parse(size)?, parse(tasks)?)),
        _ => Err(format!("expected 2 arguments, found {}", args.len())),
    }
}
