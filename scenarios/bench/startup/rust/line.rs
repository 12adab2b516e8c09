//! Prints one line and ends.

fn main() {
    println!("ready");
}
