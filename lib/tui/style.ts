/** What a cell means, as a small number: a role, and attributes beside it. A theme gives it looks. */

/** The meanings that text can have. */
export const ROLES = [
  "plain",
  "title",
  "muted",
  "good",
  "bad",
  "warning",
  "accent",
  "border",
  "key",
  "tab",
  "tabActive",
  "input",
  "series1",
  "series2",
  "series3",
  "series4",
  "series5",
  "series6",
  "keyword",
  "string",
  "number",
  "comment",
] as const;

/** The meaning of a piece of text. */
export type Role = typeof ROLES[number];

/** A role's number, with the bits of attributes. */
export type Style = number;

/** Bold, beside a role. */
export const BOLD: Style = 1 << 8;
/** Underlined, beside a role. */
export const UNDERLINE: Style = 1 << 9;
/** Foreground and background exchanged, beside a role. */
export const REVERSE: Style = 1 << 10;

/** In the selected row, beside a role. */
export const SELECTED: Style = 1 << 11;

const NUMBERS = new Map<Role, number>(ROLES.map((role, number) => [role, number]));

/**
 * Makes a style.
 *
 * @param role The meaning.
 * @param attributes Any of `BOLD`, `UNDERLINE`, `REVERSE`, `SELECTED`, joined with `|`.
 * @returns Its number.
 */
export function style(role: Role, attributes: Style = 0): Style {
  return NUMBERS.get(role)! | attributes;
}

/**
 * Reads a style's meaning.
 *
 * @param style A style.
 * @returns Its role.
 */
export function roleOf(style: Style): Role {
  return ROLES[style & 0xff] ?? "plain";
}

/** The role of the n-th of several series, which repeat after six. */
export function series(index: number): Role {
  return `series${index % 6 + 1}` as Role;
}
