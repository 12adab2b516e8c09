import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createKeyDecoder, type Input } from "../../lib/tui/mod.ts";
import { createRandom } from "../../lib/stats/mod.ts";

const encoder = new TextEncoder();

/** What comes of bytes that arrive at once, and of the wait behind them. */
function decode(text: string | Uint8Array): Input[] {
  const decoder = createKeyDecoder();
  const found = decoder.push(typeof text === "string" ? encoder.encode(text) : text);
  return [...found, ...decoder.flush()];
}

function names(inputs: readonly Input[]): string[] {
  return inputs.map((input) => input.type === "key" ? input.key : input.type);
}

describe("the key decoder", () => {
  for (
    const [bytes, expected] of [
      ["a", ["a"]],
      ["A", ["A"]],
      [" ", ["space"]],
      ["\r", ["enter"]],
      ["\n", ["enter"]],
      ["\t", ["tab"]],
      ["\x7f", ["backspace"]],
      ["\x03", ["ctrl-c"]],
      ["\x13", ["ctrl-s"]],
      ["\x00", ["ctrl-space"]],
      ["é漢🙂", ["é", "漢", "🙂"]],
      ["\x1b", ["esc"]],
      ["\x1b\x1b", ["esc", "esc"]],
      ["\x1b[A\x1b[B\x1b[C\x1b[D", ["up", "down", "right", "left"]],
      ["\x1bOA\x1bOF\x1bOP", ["up", "end", "f1"]],
      ["\x1b[5~\x1b[6~\x1b[3~", ["pageup", "pagedown", "delete"]],
      ["\x1b[1~\x1b[4~\x1b[H\x1b[F", ["home", "end", "home", "end"]],
      ["\x1b[Z", ["shift-tab"]],
      ["\x1b[1;5C", ["ctrl-right"]],
      ["\x1b[1;2A", ["shift-up"]],
      ["\x1b[3;3~", ["alt-delete"]],
      ["\x1bx", ["alt-x"]],
      ["\x1bé", ["alt-é"]],
      ["\x1b[", ["alt-["]],
      ["\x1b[97;5u", ["ctrl-a"]],
      ["\x1b[9;2u", ["shift-tab"]],
      ["\x1b[27u", ["esc"]],
      // Answers of terminals and things that nobody knows.
      ["\x1b[I\x1b[Ox", ["x"]],
      ["\x1b[24;80Rx", ["x"]],
      ["\x1b[?1;2cx", ["x"]],
      ["\x1b]11;rgb:0000/0000/0000\x07x", ["x"]],
      ["\x1bP1+r\x1b\\x", ["x"]],
      ["\x1b[99999~x", ["x"]],
      ["\x1b[M !!x", ["x"]],
      ["\x1b[12\x1b[A", ["up"]],
    ] as const
  ) {
    it(`reads ${JSON.stringify(bytes)}`, () => {
      expect(names(decode(bytes))).toEqual(expected);
    });
  }

  it("reads a paste as one piece, whatever stands in it", () => {
    const text = "a\nb\x1b[Ac\x03 漢";
    expect(decode(`x\x1b[200~${text}\x1b[201~y`)).toEqual([
      { type: "key", key: "x" },
      { type: "paste", text },
      { type: "key", key: "y" },
    ]);
  });

  it("gives up a paste without an end when nothing comes any more", () => {
    const decoder = createKeyDecoder();
    expect(decoder.push(encoder.encode("\x1b[200~abc"))).toEqual([]);
    expect(decoder.waitMs()).toBeGreaterThan(100);
    expect(decoder.flush()).toEqual([{ type: "paste", text: "abc" }]);
    expect(decoder.push(encoder.encode("q"))).toEqual([{ type: "key", key: "q" }]);
  });

  it("reads the mouse", () => {
    expect(decode("\x1b[<0;1;1M\x1b[<0;12;3m\x1b[<64;5;5M\x1b[<65;5;5M\x1b[<35;2;2M")).toEqual([
      { type: "mouse", action: "press", x: 0, y: 0 },
      { type: "mouse", action: "release", x: 11, y: 2 },
      { type: "mouse", action: "wheel-up", x: 4, y: 4 },
      { type: "mouse", action: "wheel-down", x: 4, y: 4 },
      { type: "mouse", action: "move", x: 1, y: 1 },
    ]);
  });

  it("waits for the rest of a sequence, and for a lone Esc only a moment", () => {
    const decoder = createKeyDecoder();
    expect(decoder.waitMs()).toBeUndefined();
    expect(decoder.push(encoder.encode("\x1b"))).toEqual([]);
    expect(decoder.waitMs()).toBeLessThanOrEqual(50);
    expect(names(decoder.push(encoder.encode("[A")))).toEqual(["up"]);
    expect(decoder.waitMs()).toBeUndefined();
  });

  it("reads the same however the bytes are split", () => {
    const bytes = encoder.encode(
      "aé漢🙂\x1b[A\x1bOB\x1b[1;5C\x1b[<0;3;4M\x1b[200~p\x1b[2x\x1b[201~\x1bx\x1b[5~q",
    );
    const whole = decode(bytes);
    for (let first = 0; first <= bytes.length; first++) {
      for (let second = first; second <= bytes.length; second += 3) {
        const decoder = createKeyDecoder();
        const found = [
          ...decoder.push(bytes.slice(0, first)),
          ...decoder.push(bytes.slice(first, second)),
          ...decoder.push(bytes.slice(second)),
          ...decoder.flush(),
        ];
        expect(found).toEqual(whole);
      }
    }
  });

  it("survives garbage, keeps little of it, and reads on", () => {
    const random = createRandom(7).next;
    const favourites = [0x1b, 0x5b, 0x4f, 0x3c, 0x3b, 0x7e, 0x4d, 0xc3, 0xf0, 0x80, 0xff, 0x30];
    for (let round = 0; round < 3000; round++) {
      const length = Math.floor(random() * 40);
      const bytes = Uint8Array.from(
        { length },
        () =>
          random() < 0.6
            ? favourites[Math.floor(random() * favourites.length)]!
            : Math.floor(random() * 256),
      );
      const decoder = createKeyDecoder();
      for (const input of [...decoder.push(bytes), ...decoder.flush()]) {
        // deno-lint-ignore no-control-regex
        if (input.type === "key") expect(input.key).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
      }
      expect(decoder.waitMs()).toBeUndefined();
      expect(names(decoder.push(encoder.encode("q")))).toEqual(["q"]);
    }
  });

  it("does not keep sequences without an end", () => {
    const decoder = createKeyDecoder();
    decoder.push(encoder.encode("\x1b[" + "1;".repeat(10_000)));
    decoder.push(encoder.encode("\x1b]" + "x".repeat(10_000)));
    decoder.flush();
    expect(names(decoder.push(encoder.encode("\x1b[A")))).toEqual(["up"]);
  });
});
