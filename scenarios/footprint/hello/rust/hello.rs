//! Prints a greeting and ends.

fn main() {
    println!("hello");
}
