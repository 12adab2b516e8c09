//! Finds the largest factorial, or power of 3, that an i64 holds exactly, and shows what the next one
//! becomes: a debug build panics, an optimised one wraps around.

use std::env;
use std::process::ExitCode;

/// Numbers that are each the one before times a factor.
#[derive(Clone, Copy)]
enum Sequence {
    Factorial,
    Power,
}

impl Sequence {
    fn factor(self, step: i64) -> i64 {
        match self {
            Sequence::Factorial => step,
            Sequence::Power => 3,
        }
    }

    fn name(self, step: i64) -> String {
        match self {
            Sequence::Factorial => format!("{step}!"),
            Sequence::Power => format!("3^{step}"),
        }
    }

    /// The last step whose number fits, and that number.
    fn last_exact(self) -> (i64, i64) {
        let mut step = 0;
        let mut value: i64 = 1;
        while let Some(next) = value.checked_mul(self.factor(step + 1)) {
            step += 1;
            value = next;
        }
        (step, value)
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let sequence = match parse_args(&args) {
        Some(sequence) => sequence,
        None => {
            eprintln!("usage: integer_width factorial|power");
            return ExitCode::from(2);
        }
    };
    let (step, value) = sequence.last_exact();
    println!("{} is exact: {value}", sequence.name(step));
    let next = value * sequence.factor(step + 1);
    println!("{} wraps around to {next}", sequence.name(step + 1));
    ExitCode::SUCCESS
}

fn parse_args(args: &[String]) -> Option<Sequence> {
    match args {
        [name] if name == "factorial" => Some(Sequence::Factorial),
        [name] if name == "power" => Some(Sequence::Power),
        _ => None,
    }
}
