/**
 * A kit for terminal programs: keys, screens, layout, widgets, themes, and the driver that owns the
 * terminal. It knows nothing of what versus measures.
 *
 * A program is pure functions: `frame(state, width, height)` gives a screen of cells, `onInput` and
 * `onMessage` give the next state and what is to be done. `runApp` joins them to the terminal: only
 * cells that differ are written, in one synchronized update.
 *
 * @module
 */
export {
  type Binding,
  drawFooter,
  findBinding,
  type HelpLine,
  helpLines,
  shownKeys,
} from "./bindings.ts";
export {
  asciiOnly,
  type Buffer,
  bufferText,
  createBuffer,
  fill,
  put,
  type Rect,
  restyle,
} from "./buffer.ts";
export { clipboardSequence } from "./clipboard.ts";
export { diff, type Screen } from "./diff.ts";
export { createKeyDecoder, type Input, type KeyDecoder } from "./keys.ts";
export { columns, contains, divide, inset, rows, type Share } from "./layout.ts";
export { type Cancel, createPacer, type Pacer, type PacerClock } from "./pacing.ts";
export { type App, type AppContext, type Ended, runApp, type Step } from "./run.ts";
export { type Signs, signs, toAscii } from "./signs.ts";
export {
  BOLD,
  REVERSE,
  type Role,
  roleOf,
  ROLES,
  SELECTED,
  series,
  type Style,
  style,
  UNDERLINE,
} from "./style.ts";
export { type Ending, openTerminal, type Terminal, type TerminalEvents } from "./terminal.ts";
export {
  cellWidth,
  type Grapheme,
  graphemes,
  loadWidths,
  pad,
  safeText,
  truncate,
  widthsWanted,
  wrap,
} from "./text.ts";
export {
  type ColorDepth,
  createTheme,
  type TerminalLook,
  terminalLook,
  type Theme,
  type ThemeName,
  THEMES,
} from "./theme.ts";
export * from "./widgets/mod.ts";
