import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { symbols } from "../../lib/report/_symbols.ts";
import { clean, displayWidth, fit, pad, quote, wrap } from "../../lib/report/_text.ts";
import { actingCharacters, HOSTILE } from "./fixtures.ts";

describe("clean", () => {
  it("lets nothing through that a terminal acts on", () => {
    expect(actingCharacters(HOSTILE).length).toBeGreaterThan(0);
    expect(actingCharacters(clean(HOSTILE))).toEqual([]);
    expect(clean(HOSTILE)).toContain("\\x1b[31mred\\x1b]0;title\\x07 \\x9b2J \\u202egnp");
  });

  it("shows invisible characters and half surrogates", () => {
    expect(clean("a\u200bb\u00adc\ufeffd\u{e0041}")).toBe(
      "a\\u{200b}b\\u{ad}c\\u{feff}d\\u{e0041}",
    );
    expect(clean("\ud800x\ufffe")).toBe("\ufffdx\\u{fffe}");
  });

  it("gives clusters a width on which every width table agrees", () => {
    const text = "👩‍👩‍👧‍👦 👍🏽 ❤️ 日本 e\u0301 🇩🇪";
    const cleaned = clean(text);
    const sum = [...cleaned].reduce((width, char) => width + displayWidth(char), 0);
    expect(cleaned.startsWith("👩 👍 ")).toBe(true);
    expect(cleaned).toContain("日本 e\u0301");
    expect(sum).toBe(displayWidth(cleaned));
  });

  it("bounds the marks on one letter", () => {
    expect(clean("a" + "\u0301".repeat(1000)).length).toBe(8);
  });

  it("leaves ASCII only where that is asked for", () => {
    expect(clean("µ 日本 😀", symbols(true))).toBe("\\u{b5} \\u{65e5}\\u{672c} \\u{1f600}");
  });
});

describe("fit", () => {
  it("never exceeds the width, however wide the characters are", () => {
    for (const text of ["plain text", "日本語テスト", "a日b本c語", "😀😀😀😀"]) {
      for (let width = 1; width < 14; width++) {
        for (const where of ["end", "middle"] as const) {
          expect(displayWidth(fit(text, width, symbols(), where))).toBeLessThanOrEqual(width);
          expect(displayWidth(fit(text, width, symbols(true), where))).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  it("cuts at the end or in the middle", () => {
    expect(fit("abcdefghij", 6)).toBe("abcde…");
    expect(fit("abcdefghij", 6, symbols(), "middle")).toBe("abc…ij");
    expect(fit("日本語テスト", 6)).toBe("日本…");
    expect(fit("abcdef", 6)).toBe("abcdef");
  });
});

describe("pad and wrap", () => {
  it("fills to a width, colours and wide characters considered", () => {
    expect(pad("日本", 6)).toBe("日本  ");
    expect(pad("\x1b[1mab\x1b[22m", 4, "right")).toBe("  \x1b[1mab\x1b[22m");
    expect(pad("toolong", 3)).toBe("toolong");
  });

  it("breaks at spaces, and within words that are too wide", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("abcdefghij k", 4)).toEqual(["abcd", "efgh", "ij k"]);
    expect(wrap("日本語", 1)).toEqual(["日", "本", "語"]);
    expect(wrap("", 5)).toEqual([""]);
  });
});

describe("quote", () => {
  it("shows both ends of a long output within the width", () => {
    const text = "start" + "x".repeat(1_000_000) + "end\n";
    const shown = quote(text, 20);
    expect(shown).toBe('"startxxxx…xxxend\\n"');
    expect(displayWidth(shown)).toBe(20);
  });

  it("shows an empty output", () => {
    expect(quote("", 20)).toBe('""');
  });
});
