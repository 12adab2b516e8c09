/** Themes: what each role looks like, in 256 colours, in 16, and without any. */
import { BOLD, REVERSE, type Role, roleOf, SELECTED, type Style, UNDERLINE } from "./style.ts";

/** The names of all themes. */
export const THEMES = ["dark", "light", "deuteranopia", "monochrome"] as const;

/** The name of a theme. */
export type ThemeName = typeof THEMES[number];

/** How many colours a terminal has. */
export type ColorDepth = 256 | 16 | 0;

/** Parameters of SGR (ECMA-48, 8.3.117) for 256 colours and for 16. */
type Look = readonly [wide: string, narrow: string];

type Table = Readonly<Record<Role | "selected", Look>>;

function look(wide: string, narrow: string): Look {
  return [wide, narrow];
}

const DARK: Table = {
  plain: look("", ""),
  title: look("1", "1"),
  muted: look("38;5;245", "90"),
  good: look("38;5;114", "32"),
  bad: look("38;5;203", "31"),
  warning: look("38;5;221", "33"),
  accent: look("38;5;81", "36"),
  border: look("38;5;240", "90"),
  key: look("1;38;5;81", "1;36"),
  tab: look("38;5;250", "37"),
  tabActive: look("1;7", "1;7"),
  selected: look("48;5;237", "7"),
  input: look("4", "4"),
  series1: look("38;5;75", "34"),
  series2: look("38;5;80", "36"),
  series3: look("38;5;209", "31"),
  series4: look("38;5;141", "35"),
  series5: look("38;5;186", "33"),
  series6: look("38;5;114", "32"),
  keyword: look("38;5;176", "35"),
  string: look("38;5;150", "32"),
  number: look("38;5;180", "33"),
  comment: look("38;5;245", "90"),
};

const LIGHT: Table = {
  ...DARK,
  muted: look("38;5;242", "90"),
  good: look("38;5;28", "32"),
  bad: look("38;5;160", "31"),
  warning: look("38;5;130", "33"),
  accent: look("38;5;25", "34"),
  border: look("38;5;248", "37"),
  key: look("1;38;5;25", "1;34"),
  tab: look("38;5;238", ""),
  selected: look("48;5;254", "7"),
  series1: look("38;5;25", "34"),
  series2: look("38;5;30", "36"),
  series3: look("38;5;166", "31"),
  series4: look("38;5;91", "35"),
  series5: look("38;5;94", "33"),
  series6: look("38;5;28", "32"),
  keyword: look("38;5;90", "35"),
  string: look("38;5;28", "32"),
  number: look("38;5;94", "33"),
  comment: look("38;5;242", "90"),
};

/**
 * Blue against orange in the place of green against red. The series are of the palette in M. Okabe
 * and K. Ito, "Color universal design" (2008), as near as 256 colours come.
 */
const DEUTERANOPIA: Table = {
  ...DARK,
  good: look("38;5;75", "34"),
  bad: look("38;5;214", "33"),
  warning: look("1;38;5;229", "1;37"),
  series1: look("38;5;75", "34"),
  series2: look("38;5;229", "37"),
  series3: look("38;5;208", "33"),
  series4: look("38;5;175", "35"),
  series5: look("38;5;36", "36"),
  series6: look("38;5;25", "94"),
  keyword: look("1;38;5;75", "1;34"),
  string: look("38;5;229", "37"),
  number: look("38;5;208", "33"),
};

const MONOCHROME: Table = {
  plain: look("", ""),
  title: look("1", "1"),
  muted: look("2", "2"),
  good: look("", ""),
  bad: look("1", "1"),
  warning: look("1", "1"),
  accent: look("1", "1"),
  border: look("2", "2"),
  key: look("1", "1"),
  tab: look("", ""),
  tabActive: look("1;7", "1;7"),
  selected: look("7", "7"),
  input: look("4", "4"),
  series1: look("", ""),
  series2: look("", ""),
  series3: look("", ""),
  series4: look("", ""),
  series5: look("", ""),
  series6: look("", ""),
  keyword: look("1", "1"),
  string: look("", ""),
  number: look("", ""),
  comment: look("2", "2"),
};

const TABLES: Readonly<Record<ThemeName, Table>> = {
  dark: DARK,
  light: LIGHT,
  deuteranopia: DEUTERANOPIA,
  monochrome: MONOCHROME,
};

/** A theme for a terminal with so many colours. */
export interface Theme {
  /** Its name. */
  readonly name: ThemeName;
  /** The escape sequence of a style, which sets all attributes anew. */
  sgr(style: Style): string;
}

/**
 * Makes a theme for a terminal.
 *
 * @param name Which one.
 * @param depth How many colours the terminal has; without any, every theme is monochrome.
 * @returns Escape sequences by style.
 */
export function createTheme(name: ThemeName, depth: ColorDepth = 256): Theme {
  const table = TABLES[depth === 0 ? "monochrome" : name];
  const known = new Map<Style, string>();
  function make(style: Style): string {
    const at = depth === 16 ? 1 : 0;
    const parts = [
      table[roleOf(style)][at],
      style & SELECTED ? table.selected[at] : "",
      style & BOLD ? "1" : "",
      style & UNDERLINE ? "4" : "",
      style & REVERSE ? "7" : "",
    ].filter((part) => part !== "");
    return `\x1b[0${parts.map((part) => `;${part}`).join("")}m`;
  }
  return {
    name,
    sgr(style) {
      let text = known.get(style);
      if (text === undefined) known.set(style, text = make(style));
      return text;
    },
  };
}

/** What the environment says of the terminal. */
export interface TerminalLook {
  /** How many colours it has. */
  readonly depth: ColorDepth;
  /** Whether it is limited to ASCII. */
  readonly ascii: boolean;
  /** The theme that fits its background. */
  readonly theme: ThemeName;
}

/**
 * Finds out what a terminal can show, from its environment: `NO_COLOR`, `TERM`, `COLORTERM`, the
 * locale, and `COLORFGBG` for the background.
 *
 * @param env Reads an environment variable.
 * @param os As `Deno.build.os`.
 * @returns Colours, signs and a theme.
 */
export function terminalLook(
  env: (name: string) => string | undefined,
  os: string,
): TerminalLook {
  const term = env("TERM") ?? "";
  const locale = env("LC_ALL") || env("LC_CTYPE") || env("LANG") || "";
  const plain = (env("NO_COLOR") ?? "") !== "" || term === "dumb" || /-(m|mono)$/.test(term);
  const wide = /256|direct|kitty|alacritty|ghostty|wezterm/.test(term) ||
    (env("COLORTERM") ?? "") !== "" || os === "windows";
  const background = Number(env("COLORFGBG")?.split(";").at(-1) ?? "0");
  return {
    depth: plain ? 0 : wide ? 256 : 16,
    ascii: os !== "windows" && !/utf-?8/i.test(locale),
    theme: plain ? "monochrome" : background === 7 || background === 15 ? "light" : "dark",
  };
}
