//! Times a structured call of tracing with tracing-subscriber, and prints how many of N calls came
//! out as lines.
//!
//! CALL is enabled or disabled: of a level that the subscriber takes, or of one below it. The lines
//! are counted and thrown away. Standard error gets what tracing and tracing-subscriber can do.

mod features;

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tracing::{debug, info, Level};

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
        info!(target: "network", peer = "192.0.2.1", prefixes = i, "session up");
    }
}

fn log_disabled(n: usize) {
    for i in 0..n {
        debug!(target: "network", peer = "192.0.2.1", prefixes = i, "session up");
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
    features::print();

    tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_writer(|| Sink)
        .init();
    let start = Instant::now();
    call(n);
    let elapsed = start.elapsed();

    println!("{}", LINES.load(Ordering::Relaxed));
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
