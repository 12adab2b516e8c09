import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { countLines, linesOfCode } from "../../lib/scenario/lines.ts";
import { temporaryFolder } from "./_support.ts";

/** Counts the lines of a text that are marked with `@`; the marks are taken away first. */
function check(extension: string, marked: string): void {
  const due = marked.split("\n").filter((line) => line.startsWith("@"));
  const text = marked.split("\n").map((line) => line.replace(/^@/, "")).join("\n");
  expect(countLines(text, extension)).toBe(due.length);
}

describe("countLines", () => {
  it("leaves out blanks, comments and docstrings in Python", () => {
    check(
      ".py",
      `#!/usr/bin/env python3
"""What it does.

    # no comment, no code
"""
@import sys  # a comment behind code

@def area(n):
    '''A docstring.'''
@    hash = "# no comment"
@    text = """
@# in a string that is used

@"""
@    total = [  # more follows
@        "a string in a list is code",
@        r"\\",
@    ]
@    x = \\
@        "a string behind a continued line"
@    return f"{hash}#{text}"
r"""raw"""
"one" # a string that nobody uses
@"one".upper()
@x = 'it\\'s # no comment'; y = 1
`,
    );
  });

  it("knows raw strings and runes in Go", () => {
    check(
      ".go",
      `// Command x computes.
@package main

/* a
block */
@var a = "// no comment"
@var b = \`/* no comment
@// none either
@\`
@var q, s = '"', '/' // a comment
@var t = "/*"
@var u = 1 /* one */ + 2
@/* before */ var w = 3
`,
    );
  });

  it("knows nested comments, raw strings and lifetimes in Rust", () => {
    check(
      ".rs",
      `//! What it does.
@#![allow(dead_code)]
/* a /* nested */ comment
   goes on */
@fn first<'a>(s: &'a str) -> &'a str { s } // '
@const A: &str = "/*";
@const B: &str = r#"a " // no comment "#;
@const C: char = '"';
@const D: &str = "two
@// lines";
@const E: u8 = b'\\'';
@const F: char = '\\u{2F}'; /// " for
@const G: &str = "*/";
`,
    );
  });

  it("knows templates and regular expressions in TypeScript", () => {
    check(
      ".ts",
      `#!/usr/bin/env -S deno run
/** What it does. */
@const a = "// no comment", b = 'it\\'s /*';
@const c = \`\${[\`// \${1}\`, "}"]} // no comment
@/* none either */
@\`;
@const d = /[/*]"\\/\\/'/.test(a) ? 4 / 2 : 1; // a comment
// another "
@if (a) return /\\/*/; else return /"/;
@const half = b.length / 2; // '
`,
    );
  });

  it("knows continued comments in C and text blocks in Java", () => {
    check(
      ".c",
      `/* What it
   does. */
@#include <stdio.h>
// a comment \\
   that goes on
@char *a = "/* no comment"; /* one */
@char q = '"'; // "
@int b;
`,
    );
    check(
      ".java",
      `/** What it does. */
@class A {
@  String s = """
@    // no comment "quoted" \\"""
@    """;
@  char c = '"'; // "
@}
`,
    );
  });

  it("knows here-documents, and a # inside of a word in shell", () => {
    check(
      ".sh",
      `#!/bin/sh
# What it does.
@echo "$#" \${#x} a#b '# no comment' # a comment
@cat <<'END' > file
@# in the document

@  END of nothing
@END
@echo \\# "two
@# lines"
@: ;# a comment
`,
    );
  });

  it("counts a text without a line feed at its end, and none", () => {
    expect(countLines("x = 1", ".py")).toBe(1);
    expect(countLines("", ".go")).toBe(0);
    expect(countLines("// only\r\n\r\n", ".go")).toBe(0);
    expect(countLines("x\r\ny\r\n", ".go")).toBe(2);
  });

  it("bears a string or a comment that does not end", () => {
    expect(countLines('x = """\ny', ".py")).toBe(2);
    expect(countLines("/* x\ny", ".rs")).toBe(0);
    expect(countLines("a `${`", ".ts")).toBe(1);
  });

  it("does not count what is no source", () => {
    expect(countLines("module x\n", ".mod")).toBeUndefined();
  });
});

describe("linesOfCode", () => {
  it("adds up the sources, without manifests", async () => {
    await using folder = await temporaryFolder({
      "go/go.mod": "module x\n",
      "go/main.go": "package main\n\nfunc main() {}\n",
      "go/more.go": "// more\npackage main\n",
      "data.txt": "1\n",
    });
    expect(await linesOfCode({ folder: folder.path }, { files: ["go", "data.txt"] })).toBe(3);
    expect(await linesOfCode({ folder: folder.path }, { files: ["data.txt"] })).toBeUndefined();
  });
});
