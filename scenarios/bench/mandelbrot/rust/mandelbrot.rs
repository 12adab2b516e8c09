//! Writes a bitmap (PBM, form P4) of N × N pixels of the square from -1.5 - i to 0.5 + i: a pixel's
//! bit is set if z ← z² + c, taken 50 times from z = 0, stays within a distance of 2 from 0.
//!
//! The eight pixels of a byte are iterated side by side, since one pixel alone leaves the processor
//! waiting for each result, and are looked at every seventh time: beyond 2 there is no way back.

use std::env;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

const MAX_SIZE: usize = 65_536;

/// A number for each of the pixels that share a byte.
type Group = [f64; 8];

/// The real part of c for each column, in groups. Columns that fill up the last group are right of
/// the square, where every z escapes.
fn group_columns(n: usize) -> Vec<Group> {
    (0..n.div_ceil(8))
        .map(|group| std::array::from_fn(|k| 2.0 * (8 * group + k) as f64 / n as f64 - 1.5))
        .collect()
}

/// The bits of a group of pixels in the row at `ci`. The first z is c, so 49 times are left.
fn eight_pixels(cr: &Group, ci: f64) -> u8 {
    let mut zr = *cr;
    let mut zi = [ci; 8];
    let mut bits = 0;
    for _ in 0..7 {
        for _ in 0..7 {
            for k in 0..8 {
                let (r, i) = (zr[k], zi[k]);
                zr[k] = r * r - i * i + cr[k];
                zi[k] = 2.0 * r * i + ci;
            }
        }
        bits = (0..8).fold(0, |bits, k| {
            bits << 1 | u8::from(zr[k] * zr[k] + zi[k] * zi[k] <= 4.0)
        });
        if bits == 0 {
            break;
        }
    }
    bits
}

fn write_bitmap(out: impl Write, n: usize) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    write!(out, "P4\n{n} {n}\n")?;
    let groups = group_columns(n);
    let mut row = vec![0; groups.len()];
    for y in 0..n {
        let ci = 2.0 * y as f64 / n as f64 - 1.0;
        for (byte, cr) in row.iter_mut().zip(&groups) {
            *byte = eight_pixels(cr, ci);
        }
        out.write_all(&row)?;
    }
    out.flush()
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let n = match parse_args(&args) {
        Ok(n) => n,
        Err(problem) => {
            eprintln!("mandelbrot: {problem}\nusage: mandelbrot N");
            return ExitCode::from(2);
        }
    };
    match write_bitmap(io::stdout().lock(), n) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mandelbrot: {error}");
            ExitCode::FAILURE
        }
    }
}

fn parse_args(args: &[String]) -> Result<usize, String> {
    let [n] = args else {
        return Err(format!("expected 1 argument, found {}", args.len()));
    };
    let size = n.parse().map_err(|e| format!("N is '{n}': {e}"))?;
    if !(1..=MAX_SIZE).contains(&size) {
        return Err(format!("N is {n}, expected 1 to {MAX_SIZE}"));
    }
    Ok(size)
}
