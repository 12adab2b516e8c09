/** The files of a new scenario: a small loop in three languages, whose result a rule can tell. */

const PYTHON = `"""Count the numbers from 1 to N whose square leaves 1 when divided by 3."""

import sys


def count(n: int) -> int:
    found = 0
    for i in range(1, n + 1):
        if i * i % 3 == 1:
            found += 1
    return found


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: squares.py N")
    print(count(int(sys.argv[1])))


if __name__ == "__main__":
    main()
`;

const GO = `// Squares counts the numbers from 1 to N whose square leaves 1 when divided by 3.
package main

import (
	"fmt"
	"os"
	"strconv"
)

func count(n int64) int64 {
	var found int64
	for i := int64(1); i <= n; i++ {
		if i*i%3 == 1 {
			found++
		}
	}
	return found
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: squares N")
		os.Exit(2)
	}
	n, err := strconv.ParseInt(os.Args[1], 10, 64)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Println(count(n))
}
`;

const C = `/* Counts the numbers from 1 to N whose square leaves 1 when divided by 3. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t count(int64_t n) {
    int64_t found = 0;
    for (int64_t i = 1; i <= n; i++) {
        if (i * i % 3 == 1) {
            found++;
        }
    }
    return found;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: squares N\\n");
        return 2;
    }
    printf("%" PRId64 "\\n", count(strtoll(argv[1], NULL, 10)));
    return 0;
}
`;

function scenario(name: string): string {
  return `# What each key means: versus schema scenario
name: ${name}
title: Count squares by their remainder
computes: >-
  Counts the numbers from 1 to n whose square leaves 1 when divided by 3: all but the multiples of 3.
tags: [cpu, loop]

parameters:
  n: { title: Numbers to look at, type: integer, min: 1, max: 1e9, default: 5e6 }

# Every program's output is compared with this before anything is timed.
expect:
  rule: n - floor(n / 3)

# The work grows with n; versus checks that it really does.
loop: n
reference: python

variants:
  python:
    language: python
    toolchain: cpython
    requires: ">=3.8"
    files: [squares.py]
    run: ["{toolchain}", "{dir}/squares.py", "{n}"]

  go:
    language: go
    toolchain: go
    files: [squares.go]
    build:
      - ["{toolchain}", build, -o, "{out}/squares", "{dir}/squares.go"]
    run: ["{out}/squares", "{n}"]
    artifact: "{out}/squares"

  c:
    language: c
    toolchain: c
    files: [squares.c]
    build:
      - ["{toolchain}", -O2, -o, "{out}/squares", "{dir}/squares.c"]
    run: ["{out}/squares", "{n}"]
    artifact: "{out}/squares"
`;
}

/**
 * Writes the files of a new scenario, in memory.
 *
 * @param name The scenario's name.
 * @returns File name to content.
 */
export function newFiles(name: string): Readonly<Record<string, string>> {
  return {
    "scenario.yaml": scenario(name),
    "squares.py": PYTHON,
    "squares.go": GO,
    "squares.c": C,
  };
}
