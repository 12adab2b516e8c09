//! Opens files from several threads, and runs a program.
use std::{env, fs, process::Command, thread};

fn main() {
    let folder = env::args().nth(1).expect("usage: main FOLDER");
    env::set_current_dir(folder).expect("no such folder");
    let threads: Vec<_> = (0..16)
        .map(|i| {
            thread::spawn(move || {
                let name = format!("rust-{i}");
                fs::write(&name, "x").expect("not written");
                assert_eq!(fs::read_to_string(&name).expect("not read"), "x");
                let status = Command::new("cat").arg(&name).output().expect("no cat").status;
                assert!(status.success());
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("a thread failed");
    }
}
