"""Add up what the ports of the switches in a YAML file carry, and print it."""

from __future__ import annotations

import sys

import yaml


def main() -> None:
    if len(sys.argv) != 2:
        print("usage: yaml_config.py CONFIG", file=sys.stderr)
        sys.exit(2)
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            config = yaml.safe_load(file)
    except (OSError, yaml.YAMLError) as error:
        sys.exit(f"yaml_config.py: {error}")
    switches = config["switches"]
    gigabits = sum(
        port["count"] * port["gigabits"]
        for switch in switches
        for port in switch["ports"]
    )
    print(f"{config['site']}: {len(switches)} switches, {gigabits} Gbit/s")


if __name__ == "__main__":
    main()
