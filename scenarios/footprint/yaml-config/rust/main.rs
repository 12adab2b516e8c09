//! Adds up what the ports of the switches in a YAML file carry, and prints it.

use std::env;
use std::error::Error;
use std::fs::File;
use std::process::ExitCode;

use serde::Deserialize;

#[derive(Deserialize)]
struct Config {
    site: String,
    switches: Vec<Switch>,
}

#[derive(Deserialize)]
struct Switch {
    ports: Vec<Port>,
}

#[derive(Deserialize)]
struct Port {
    count: u64,
    gigabits: u64,
}

fn read_config(path: &str) -> Result<Config, Box<dyn Error>> {
    Ok(serde_yaml_ng::from_reader(File::open(path)?)?)
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [path] = args.as_slice() else {
        eprintln!("usage: yaml-config CONFIG");
        return ExitCode::from(2);
    };
    let config = match read_config(path) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("yaml-config: {error}");
            return ExitCode::FAILURE;
        }
    };
    let gigabits: u64 = config
        .switches
        .iter()
        .flat_map(|switch| &switch.ports)
        .map(|port| port.count * port.gigabits)
        .sum();
    let Config { site, switches } = config;
    println!("{site}: {} switches, {gigabits} Gbit/s", switches.len());
    ExitCode::SUCCESS
}
