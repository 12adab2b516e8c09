/** A terminal that understands what the kit writes, so that its bytes can be checked. */
import { graphemes } from "../../lib/tui/mod.ts";

/** What a terminal shows. */
export interface Emulator {
  /** Takes bytes as text. */
  write(text: string): void;
  /** The text of each row, without spaces at the end. */
  rows(): string[];
  /** The SGR parameters of a cell. */
  look(x: number, y: number): string;
  readonly cursor: { x: number; y: number; visible: boolean };
  /** Modes that are on, by number. */
  readonly modes: Set<number>;
}

/** Makes a terminal. It throws at sequences that the kit is not expected to write. */
export function createEmulator(width: number, height: number): Emulator {
  let text: string[] = new Array(width * height).fill(" ");
  let looks: string[] = new Array(width * height).fill("0");
  let look = "0";
  const cursor = { x: 0, y: 0, visible: true };
  const modes = new Set<number>();

  function control(parameters: string, final: string): void {
    if (parameters.startsWith("?")) {
      for (const mode of parameters.slice(1).split(";").map(Number)) {
        if (final === "h") modes.add(mode);
        else modes.delete(mode);
      }
      cursor.visible = modes.has(25);
    } else if (final === "m") look = parameters;
    else if (final === "H") {
      const [y, x] = parameters.split(";").map(Number);
      cursor.y = y! - 1;
      cursor.x = x! - 1;
    } else if (final === "J" && parameters === "2") {
      text = text.fill(" ");
      looks = looks.fill(look);
    } else throw new Error(`unexpected CSI ${parameters} ${final}`);
  }

  return {
    cursor,
    modes,
    write(bytes) {
      let rest = bytes;
      while (rest !== "") {
        // deno-lint-ignore no-control-regex
        const sequence = rest.match(/^\x1b\[([\d;?]*)([@-~])/);
        if (sequence !== null) {
          control(sequence[1]!, sequence[2]!);
          rest = rest.slice(sequence[0].length);
          continue;
        }
        // deno-lint-ignore no-control-regex
        const plain = rest.match(/^[^\x1b]+/)?.[0];
        if (plain === undefined) throw new Error(`unexpected bytes ${JSON.stringify(rest)}`);
        for (const grapheme of graphemes(plain)) {
          if (cursor.x + grapheme.width > width) throw new Error("written past the right edge");
          const at = cursor.y * width + cursor.x;
          text[at] = grapheme.text;
          looks[at] = look;
          if (grapheme.width === 2) {
            text[at + 1] = "";
            looks[at + 1] = look;
          }
          cursor.x += grapheme.width;
        }
        rest = rest.slice(plain.length);
      }
    },
    rows: () =>
      Array.from(
        { length: height },
        (_, y) => text.slice(y * width, (y + 1) * width).join("").trimEnd(),
      ),
    look: (x, y) => looks[y * width + x]!,
  };
}
