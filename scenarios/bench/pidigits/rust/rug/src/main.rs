//! Prints N digits of pi, ten on a line, step by step as they become certain.
//!
//! Gibbons' unbounded spigot (2006): pi is the limit of (4 q + r) / t and (3 q + r) / t, each term of
//! a series brings them closer, and a digit is certain once both begin with it. It is then taken off,
//! and the rest multiplied by 10. The second quotient costs GMP less than a remainder would: for a
//! short one it divides the leading limbs alone.

use std::env;
use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;

use rug::{Assign, Integer};

/// Gives the digits of pi one by one, without end.
struct Spigot {
    q: Integer,
    r: Integer,
    t: Integer,
    k: u32,
    /// These two are kept for their memory.
    sum: Integer,
    quotient: Integer,
}

impl Spigot {
    fn new() -> Self {
        Spigot {
            q: Integer::from(1),
            r: Integer::new(),
            t: Integer::from(1),
            k: 0,
            sum: Integer::new(),
            quotient: Integer::new(),
        }
    }

    fn add_term(&mut self) {
        self.k += 1;
        self.r += &self.q * 2_u32;
        self.r *= 2 * self.k + 1;
        self.t *= 2 * self.k + 1;
        self.q *= self.k;
    }

    fn sum_by_t(&mut self) -> u32 {
        self.quotient.assign(&self.sum / &self.t);
        self.quotient.to_u32_wrapping()
    }

    /// The next digit, once it is certain.
    fn certain_digit(&mut self) -> Option<u32> {
        if self.q >= self.t {
            return None; // the two are 1 or more apart
        }
        self.sum.assign(&self.q * 3_u32);
        self.sum += &self.r;
        let digit = self.sum_by_t();
        self.sum += &self.q;
        (self.sum_by_t() == digit).then_some(digit)
    }

    fn take_off(&mut self, digit: u32) {
        self.r -= &self.t * digit;
        self.r *= 10;
        self.q *= 10;
    }
}

impl Iterator for Spigot {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        loop {
            self.add_term();
            if let Some(digit) = self.certain_digit() {
                self.take_off(digit);
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
