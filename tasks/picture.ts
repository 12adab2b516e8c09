/**
 * Makes a picture of the real screen: starts versus in tmux, types keys, and writes what stands there
 * as SVG.
 *
 * Usage: `picture.ts FILE.svg [--size 100x30] [--keys "3 Enter"] [--wait TEXT] -- COMMAND...`
 *
 * Each word of `--keys` goes to `tmux send-keys`, after the text of `--wait` is on the screen.
 */
import { parseArgs } from "node:util";

/** Cells and what surrounds them, in pixels. */
const CELL = { width: 8.4, height: 18, margin: 12, font: 14 };
const PLAIN = { ink: "#d4d4d4", paper: "#16181d" };
/** The first sixteen colours; 16 to 255 are computed. */
const BASIC = [
  ...["#16181d", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d4d4d4"],
  ...["#6b7280", "#ef8f97", "#b5d99c", "#f0d399", "#8cc5f6", "#d7a1e6", "#83cfd8", "#ffffff"],
];
const LIMIT_MS = 15_000;

interface Pen {
  ink: string | undefined;
  paper: string | undefined;
  bold: boolean;
  dim: boolean;
  underline: boolean;
  reverse: boolean;
}

const blank = (): Pen => ({
  ink: undefined,
  paper: undefined,
  bold: false,
  dim: false,
  underline: false,
  reverse: false,
});

/** A colour of the table of 256. */
function indexed(n: number): string {
  if (n < 16) return BASIC[n]!;
  const hex = (value: number) => value.toString(16).padStart(2, "0");
  if (n >= 232) return `#${hex(8 + 10 * (n - 232)).repeat(3)}`;
  const level = (value: number) => value === 0 ? 0 : 55 + 40 * value;
  const at = n - 16;
  return `#${
    [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((v) => hex(level(v))).join("")
  }`;
}

/** Applies one SGR sequence (ECMA-48, section 8.3.117). */
function apply(pen: Pen, codes: number[]): void {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    const extended = () => {
      if (codes[i + 1] === 5) return indexed(codes[i += 2] ?? 0);
      const [r, g, b] = codes.slice(i + 2, i + 5);
      i += 4;
      return `rgb(${r},${g},${b})`;
    };
    if (code === 0) Object.assign(pen, blank());
    else if (code === 1) pen.bold = true;
    else if (code === 2) pen.dim = true;
    else if (code === 4) pen.underline = true;
    else if (code === 7) pen.reverse = true;
    else if (code === 22) pen.bold = pen.dim = false;
    else if (code === 24) pen.underline = false;
    else if (code === 27) pen.reverse = false;
    else if (code >= 30 && code <= 37) pen.ink = BASIC[code - 30];
    else if (code >= 90 && code <= 97) pen.ink = BASIC[code - 82];
    else if (code >= 40 && code <= 47) pen.paper = BASIC[code - 40];
    else if (code >= 100 && code <= 107) pen.paper = BASIC[code - 92];
    else if (code === 38) pen.ink = extended();
    else if (code === 48) pen.paper = extended();
    else if (code === 39) pen.ink = undefined;
    else if (code === 49) pen.paper = undefined;
  }
}

interface Span {
  readonly column: number;
  readonly text: string;
  readonly width: number;
  readonly pen: Pen;
}

/** Splits a line of `tmux capture-pane -e` into stretches of one look. */
function spans(line: string, pen: Pen, widthOf: (text: string) => number): Span[] {
  const found: Span[] = [];
  let column = 0;
  // deno-lint-ignore no-control-regex
  for (const part of line.split(/(\x1b\[[\d;:]*m)/)) {
    // deno-lint-ignore no-control-regex
    const codes = part.match(/^\x1b\[([\d;:]*)m$/)?.[1];
    if (codes !== undefined) apply(pen, codes.split(/[;:]/).map(Number));
    else if (part !== "") {
      const width = widthOf(part);
      found.push({ column, text: part, width, pen: { ...pen } });
      column += width;
    }
  }
  return found;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function draw({ column, text, width, pen }: Span, row: number): string[] {
  const { ink, paper } = pen.reverse
    ? { ink: pen.paper ?? PLAIN.paper, paper: pen.ink ?? PLAIN.ink }
    : { ink: pen.ink ?? PLAIN.ink, paper: pen.paper };
  const x = (CELL.margin + column * CELL.width).toFixed(1);
  const y = CELL.margin + row * CELL.height;
  const length = (width * CELL.width).toFixed(1);
  const look = [
    `fill="${ink}"`,
    ...(pen.bold ? ['font-weight="bold"'] : []),
    ...(pen.dim ? ['opacity="0.6"'] : []),
    ...(pen.underline ? ['text-decoration="underline"'] : []),
  ].join(" ");
  return [
    ...(paper === undefined
      ? []
      : [`<rect x="${x}" y="${y}" width="${length}" height="${CELL.height}" fill="${paper}"/>`]),
    ...(text.trim() === "" ? [] : [
      `<text x="${x}" y="${
        y + 13
      }" textLength="${length}" lengthAdjust="spacingAndGlyphs" ${look}>${escape(text)}</text>`,
    ]),
  ];
}

/** Makes SVG of a screen. */
function picture(
  screen: string,
  columns: number,
  rows: number,
  widthOf: (text: string) => number,
): string {
  const pen = blank();
  const drawn = screen.replace(/\n$/, "").split("\n").slice(0, rows)
    .flatMap((line, row) => spans(line, pen, widthOf).flatMap((span) => draw(span, row)));
  const width = Math.ceil(columns * CELL.width + 2 * CELL.margin);
  const height = rows * CELL.height + 2 * CELL.margin;
  const fonts = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ` +
    `height="${height}" font-family="${fonts}" font-size="${CELL.font}" xml:space="preserve">`,
    `<rect width="100%" height="100%" rx="8" fill="${PLAIN.paper}"/>`,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

async function tmux(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("tmux", {
    args: ["-L", `versus-picture-${Deno.pid}`, ...args],
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(`tmux ${args[0]} failed: ${text.decode(stderr)}`);
  return text.decode(stdout);
}

/** Waits until the screen holds a text and has stopped changing. */
async function settled(text: string): Promise<string> {
  const end = performance.now() + LIMIT_MS;
  for (let last = ""; performance.now() < end;) {
    const screen = await tmux("capture-pane", "-p", "-e");
    if (screen === last && screen.includes(text) && screen.trim() !== "") return screen;
    last = screen;
    await new Promise((done) => setTimeout(done, 300));
  }
  throw new Error(`The screen did not come to rest with ${JSON.stringify(text)} on it`);
}

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: {
    size: { type: "string", default: "100x30" },
    keys: { type: "string", default: "" },
    wait: { type: "string", default: "" },
  },
});
const [file, ...command] = positionals;
const [columns, rows] = values.size.split("x").map(Number);
if (file === undefined || command.length === 0 || !columns || !rows) {
  console.error(
    "Usage: picture FILE.svg [--size 100x30] [--keys KEYS] [--wait TEXT] -- COMMAND...",
  );
  Deno.exit(2);
}
const { default: stringWidth } = await import("string-width");
const size = ["-x", `${columns}`, "-y", `${rows}`];
await tmux(
  "-f",
  "/dev/null",
  "new-session",
  "-d",
  ...size,
  "env",
  "TERM=tmux-256color",
  ...command,
);
try {
  await tmux("set-option", "-g", "remain-on-exit", "on");
  await tmux("set-option", "-g", "status", "off");
  let screen = await settled(values.wait);
  for (const key of values.keys.split(" ").filter((word) => word !== "")) {
    await tmux("send-keys", key);
    screen = await settled("");
  }
  await Deno.writeTextFile(file, picture(screen, columns, rows, stringWidth));
} finally {
  await tmux("kill-server");
}
