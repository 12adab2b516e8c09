// Yaml-config adds up what the ports of the switches in a YAML file carry, and
// prints it.
package main

import (
	"fmt"
	"os"

	"gopkg.in/yaml.v3"
)

type config struct {
	Site     string `yaml:"site"`
	Switches []struct {
		Name  string `yaml:"name"`
		Ports []struct {
			Count    int `yaml:"count"`
			Gigabits int `yaml:"gigabits"`
		} `yaml:"ports"`
	} `yaml:"switches"`
}

func readConfig(path string) (*config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var read config
	if err := yaml.Unmarshal(text, &read); err != nil {
		return nil, err
	}
	return &read, nil
}

func (c *config) gigabits() int {
	sum := 0
	for _, each := range c.Switches {
		for _, port := range each.Ports {
			sum += port.Count * port.Gigabits
		}
	}
	return sum
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: yaml-config CONFIG")
		os.Exit(2)
	}
	read, err := readConfig(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "yaml-config:", err)
		os.Exit(1)
	}
	fmt.Printf("%s: %d switches, %d Gbit/s\n", read.Site, len(read.Switches), read.gigabits())
}
