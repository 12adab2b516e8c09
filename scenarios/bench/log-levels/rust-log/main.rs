//! Times a structured call of log with env_logger, and prints how many of N calls came out as lines.
//!
//! CALL is enabled or disabled: of a level that the logger takes, or of one below it. The lines are
//! counted and thrown away. Standard error gets what log and env_logger can do.

mod features;

use env_logger::{Builder, Target};
use log::{debug, info, LevelFilter};
use std::env;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

static LINES: AtomicUsize = AtomicUsize::new(0);

/// Counts lines and throws them away.
struct Sink;

impl Write for Sink {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let lines = text.iter().filter(|&&byte| byte == b'\n').count();
        LINES.fetch_add(lines, Ordering::Relaxed);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Call = fn(usize);

fn log_enabled(n: usize) {
    for i in 0..n {
        info!(target: "network", peer = "192.0.2.1", prefixes = i; "session up");
    }
}

fn log_disabled(n: usize) {
    for i in 0..n {
        debug!(target: "network", peer = "192.0.2.1", prefixes = i; "session up");
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let (n, call) = match parse_args(&args) {
        Ok(parsed) => parsed,
        Err(problem) => {
            eprintln!("log-levels: {problem}\nusage: log-levels N CALL");
            return ExitCode::from(2);
        }
    };
    Builder::new()
        .filter_level(LevelFilter::Info)
        .target(Target::Pipe(Box::new(Sink)))
        .init();
    features::print();

    log::set_max_level(LevelFilter::Info);
    let before = LINES.load(Ordering::Relaxed);
    let start = Instant::now();
    call(n);
    let elapsed = start.elapsed();

    println!("{}", LINES.load(Ordering::Relaxed) - before);
    println!("callNs={}", elapsed.as_secs_f64() / n.max(1) as f64 * 1e9);
    ExitCode::SUCCESS
}

fn parse_args(args: &[String]) -> Result<(usize, Call), String> {
    let [n, call] = args else {
        return Err(format!("expected 2 arguments, found {}", args.len()));
    };
    let n = n.parse().map_err(|e| format!("N is '{n}': {e}"))?;
    match call.as_str() {
        "enabled" => Ok((n, log_enabled)),
        "disabled" => Ok((n, log_disabled)),
        _ => Err(format!("CALL is '{call}', expected enabled or disabled")),
    }
}
