/** Types of the subset of `@std/yaml` that the program uses. */

/** What scalars a document may hold. */
export type SchemaType = "failsafe" | "json" | "core" | "default" | "extended";

/** How {@linkcode parse} reads. */
export interface ParseOptions {
  schema?: SchemaType;
  /** A repeated key replaces the earlier value in place of being an error. */
  allowDuplicateKeys?: boolean;
  onWarning?(error: YamlSyntaxError): void;
}

/** How {@linkcode stringify} writes. */
export interface StringifyOptions {
  indent?: number;
  arrayIndent?: boolean;
  skipInvalid?: boolean;
  flowLevel?: number;
  schema?: SchemaType;
  sortKeys?: boolean | ((a: string, b: string, depth: number) => number);
  lineWidth?: number;
  useAnchors?: boolean;
  compatMode?: boolean;
  condenseFlow?: boolean;
}

/** Where in the text: line and column count from 1, offset from 0. */
export interface YamlPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A text that is not the YAML it should be. */
export class YamlSyntaxError extends SyntaxError {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly snippet?: string;
  constructor(message: string, position: YamlPosition, snippet?: string);
}

/** Reads one document. */
export function parse(content: string, options?: ParseOptions): unknown;

/** Reads every document of a text. */
export function parseAll(content: string, options?: ParseOptions): unknown[];

/** Writes a value as YAML. */
export function stringify(data: unknown, options?: StringifyOptions): string;
