import { expect } from "@std/expect";
import { beforeAll, describe, it } from "@std/testing/bdd";
import { createRandom } from "../../lib/stats/mod.ts";
import {
  type Buffer,
  bufferText,
  createBuffer,
  createTheme,
  diff,
  fill,
  loadWidths,
  put,
  style,
} from "../../lib/tui/mod.ts";
import { createEmulator } from "./_emulator.ts";

const theme = createTheme("dark");

beforeAll(loadWidths);

/** The lines of a screen, as the emulator gives them. */
function lines(buffer: Buffer): string[] {
  return bufferText(buffer).split("\n").slice(0, -1);
}

describe("the buffer", () => {
  it("cuts what lies outside", () => {
    const buffer = createBuffer(5, 2);
    put(buffer, -2, 0, "abcdefghijk");
    put(buffer, 0, 7, "no");
    put(buffer, 0, -1, "no");
    expect(bufferText(buffer)).toBe("cdefg\n\n");
  });

  it("gives wide characters two cells, and never half a one", () => {
    const buffer = createBuffer(6, 1);
    put(buffer, 0, 0, "漢字かな");
    expect(bufferText(buffer)).toBe("漢字か\n");
    put(buffer, 1, 0, "x");
    expect(bufferText(buffer)).toBe(" x字か\n");
    put(buffer, 3, 0, "漢");
    expect(bufferText(buffer)).toBe(" x 漢\n");
    put(buffer, 5, 0, "漢");
    expect(bufferText(buffer)).toBe(" x 漢\n");
  });

  it("keeps emoji with their modifiers together", () => {
    const buffer = createBuffer(10, 1);
    expect(put(buffer, 0, 0, "👩‍💻a👍🏽e\u0301")).toBe(6);
    expect(buffer.text.slice(0, 6)).toEqual(["👩‍💻", "", "a", "👍🏽", "", "e\u0301"]);
  });

  it("lets no control through", () => {
    const buffer = createBuffer(20, 1);
    put(buffer, 0, 0, "a\x1b[31mb\x07\u202ec\u009b");
    expect(bufferText(buffer)).toBe("a?[31mb??c?\n");
  });
});

describe("the difference of two screens", () => {
  it("is nothing where nothing differs", () => {
    const buffer = createBuffer(10, 2);
    put(buffer, 0, 0, "same");
    expect(diff({ buffer }, { buffer }, theme)).toBe("");
  });

  it("is one synchronized update with only what differs", () => {
    const before = createBuffer(40, 3);
    put(before, 0, 0, "median 12.34 ms");
    const after = createBuffer(40, 3);
    put(after, 0, 0, "median 12.35 ms");
    const bytes = diff({ buffer: before }, { buffer: after }, theme);
    expect(bytes).toBe("\x1b[?2026h\x1b[?25l\x1b[1;12H\x1b[0m5\x1b[0m\x1b[?2026l");
  });

  it("shows the cursor where there is one, and hides it again", () => {
    const buffer = createBuffer(10, 2);
    const emulator = createEmulator(10, 2);
    emulator.write(diff(undefined, { buffer, cursor: { x: 3, y: 1 } }, theme));
    expect(emulator.cursor).toEqual({ x: 3, y: 1, visible: true });
    emulator.write(diff({ buffer, cursor: { x: 3, y: 1 } }, { buffer }, theme));
    expect(emulator.cursor.visible).toBe(false);
    expect(emulator.modes.has(2026)).toBe(false);
  });

  it("turns any screen into any other", () => {
    const random = createRandom(11).next;
    const pieces = ["abc", " ", "漢字", "🙂", "x", "ü—", "é", "─┐", "👩‍💻", "    "];
    const looks = [style("plain"), style("good"), style("title"), style("series3")];
    function pick<T>(from: readonly T[]): T {
      return from[Math.floor(random() * from.length)]!;
    }
    const [width, height] = [23, 5];
    const emulator = createEmulator(width, height);
    let before: Buffer | undefined;
    for (let round = 0; round < 400; round++) {
      const after = createBuffer(width, height);
      if (before !== undefined && random() < 0.8) {
        after.text.splice(0, after.text.length, ...before.text);
        after.style.set(before.style);
      }
      for (let i = 0; i < 4; i++) {
        const [x, y] = [Math.floor(random() * width), Math.floor(random() * height)];
        if (random() < 0.2) fill(after, { x, y, width: 5, height: 2 });
        else put(after, x, y, pick(pieces) + pick(pieces), pick(looks));
      }
      const shown = before === undefined || random() < 0.05 ? undefined : { buffer: before };
      emulator.write(diff(shown, { buffer: after }, theme));
      expect(emulator.rows()).toEqual(lines(after));
      for (let at = 0; at < width * height; at++) {
        if (after.text[at] === "" || after.text[at] === " ") continue;
        const sgr = theme.sgr(after.style[at]!).slice(2, -1);
        expect(emulator.look(at % width, Math.floor(at / width))).toBe(sgr);
      }
      before = after;
    }
  });

  it("draws anew after another size", () => {
    const small = createBuffer(10, 2);
    const large = createBuffer(12, 3);
    put(large, 0, 2, "below");
    const bytes = diff({ buffer: small }, { buffer: large }, theme);
    expect(bytes).toContain("\x1b[2J");
    expect(bytes).toContain("below");
  });
});
