//! Prints N digits of pi, ten on a line, step by step as they become certain.
//!
//! Gibbons' unbounded spigot (2006): pi is the limit of (4 q + r) / t and (3 q + r) / t, each term of
//! a series brings them closer, and a digit is certain once both begin with it. It is then taken off,
//! and the rest multiplied by 10.

use std::env;
use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;

use num_bigint::BigInt;
use num_integer::Integer;

/// Gives the digits of pi one by one, without end.
struct Spigot {
    q: BigInt,
    r: BigInt,
    t: BigInt,
    k: u32,
}

impl Spigot {
    fn new() -> Self {
        Spigot {
            q: BigInt::from(1),
            r: BigInt::from(0),
            t: BigInt::from(1),
            k: 0,
        }
    }

    fn add_term(&mut self) {
        self.k += 1;
        self.r += &self.q * 2_u32;
        self.r *= 2 * self.k + 1;
        self.t *= 2 * self.k + 1;
        self.q *= self.k;
    }

    /// The next digit, once it is certain.
    fn certain_digit(&self) -> Option<BigInt> {
        if self.q >= self.t {
            return None; // the two are 1 or more apart
        }
        let (digit, rest) = (&self.q * 3_u32 + &self.r).div_rem(&self.t);
        (rest + &self.q < self.t).then_some(digit)
    }

    fn take_off(&mut self, digit: &BigInt) {
        self.r -= &self.t * digit;
        self.r *= 10_u32;
        self.q *= 10_u32;
    }
}

impl Iterator for Spigot {
    type Item = BigInt;

    fn next(&mut self) -> Option<BigInt> {
        loop {
            self.add_term();
            if let Some(digit) = self.certain_digit() {
                self.take_off(&digit);
                return Some(digit);
            }
        }
    }
}

fn print_digits(out: impl Write, n: usize) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let mut digits = Spigot::new().take(n);
    for printed in (0..n).step_by(10) {
        let line: String = digits.by_ref().take(10).map(|d| d.to_string()).collect();
        writeln!(out, "{line:10}\t:{}", printed + line.len())?;
    }
    out.flush()
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let n = match parse_args(&args) {
        Ok(n) => n,
        Err(problem) => {
            eprintln!("pidigits: {problem}\nusage: pidigits N");
            return ExitCode::from(2);
        }
    };
    match print_digits(io::stdout().lock(), n.get()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pidigits: {error}");
            ExitCode::FAILURE
        }
    }
}

fn parse_args(args: &[String]) -> Result<NonZeroUsize, String> {
    match args {
        [n] => n.parse().map_err(|e| format!("N is '{n}': {e}")),
        _ => Err(format!("expected 1 argument, found {}", args.len())),
    }
}
