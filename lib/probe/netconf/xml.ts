/** Reads and writes XML as NETCONF has it: no document types, no entities of its own. */
import { XMLParser } from "fast-xml-parser";
import { ProbeError } from "../error.ts";

/** An element: attributes under `@name`, text under `#text` or alone, children by their local name. */
export type XmlValue = string | XmlElement | readonly (string | XmlElement)[];
/** See {@linkcode XmlValue}. */
export interface XmlElement {
  /** A child, or an attribute. */
  readonly [name: string]: XmlValue;
}

/** How deep elements may be nested. */
const MAX_DEPTH = 200;
const CDATA = "<![CDATA[";
const NAME = /^[A-Za-z_:\u0080-\uffff][\w:.\-\u0080-\uffff]*/;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  // Document types are refused before; the entities of XML itself are decoded here.
  processEntities: false,
  maxNestedTags: MAX_DEPTH + 1,
  tagValueProcessor: (_name, value) => decodeEntities(value),
  attributeValueProcessor: (_name, value) => decodeEntities(value),
});

/**
 * Parses a document, after it was checked that it is well-formed and harmless.
 *
 * @param text The document.
 * @returns Its elements; the outermost is the only one. Prefixes of namespaces are left out.
 * @throws {ProbeError} `protocol` if it is not well-formed or has a document type, as XML bombs do.
 */
export function parseXml(text: string): XmlElement {
  const plain = scan(text, false);
  try {
    return parser.parse(plain) as XmlElement;
  } catch (error) {
    if (error instanceof ProbeError) throw error;
    throw broken((error as Error).message);
  }
}

/**
 * Checks that a text is one well-formed element, or several where that is allowed, without a document
 * type. Takes time in proportion to its length.
 *
 * @param text The text.
 * @param several Whether there may be more than one outermost element.
 * @throws {ProbeError} `protocol` if it is not.
 */
export function checkXml(text: string, several = false): void {
  scan(text, several);
}

/** The same document without comments, and with its CDATA as plain text. */
function scan(text: string, several: boolean): string {
  const kept: string[] = [];
  const open: string[] = [];
  let roots = 0;
  let at = 0;
  for (;;) {
    const next = text.indexOf("<", at);
    const between = text.slice(at, next < 0 ? text.length : next);
    if (open.length === 0 && /[^\s\ufeff]/.test(between)) {
      throw broken(`text outside of elements: ${JSON.stringify(between.trim().slice(0, 60))}`);
    }
    kept.push(between);
    if (next < 0) break;
    const end = endOfMarkup(text, next);
    const markup = text.slice(next, end);
    at = end;
    if (markup.startsWith("<!--") || markup.startsWith("<?")) continue;
    if (markup.startsWith(CDATA)) {
      if (open.length === 0) throw broken("text outside of elements");
      kept.push(escapeXml(markup.slice(CDATA.length, -3)));
      continue;
    }
    kept.push(markup);
    if (markup.startsWith("</")) {
      const name = markup.slice(2, -1).trimEnd();
      const opened = open.pop();
      if (name !== opened) throw broken(`</${name}> closes ${opened ?? "nothing"}`);
    } else {
      const name = NAME.exec(markup.slice(1, 1024))?.[0];
      if (name === undefined) throw broken(`${JSON.stringify(markup.slice(0, 60))} is no element`);
      if (open.length === 0 && ++roots > 1 && !several) throw broken("a second outermost element");
      if (!markup.endsWith("/>")) open.push(name);
      if (open.length > MAX_DEPTH) throw broken(`elements nested more than ${MAX_DEPTH} deep`);
    }
  }
  if (open.length > 0) throw broken(`<${open.at(-1)}> has no end`);
  if (roots === 0) throw broken("no element");
  return kept.join("");
}

/** Where a piece of markup ends, quotes in attributes heeded. */
function endOfMarkup(text: string, start: number): number {
  const close = text.startsWith("<!--", start)
    ? "-->"
    : text.startsWith(CDATA, start)
    ? "]]>"
    : text.startsWith("<?", start)
    ? "?>"
    : undefined;
  if (close !== undefined) {
    const end = text.indexOf(close, start);
    if (end < 0) throw broken(`no ${close} after ${JSON.stringify(text.slice(start, start + 20))}`);
    return end + close.length;
  }
  if (text.startsWith("<!", start)) {
    throw broken("it has a document type, which NETCONF forbids (RFC 6241, section 3)");
  }
  let quote = "";
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === ">") return i + 1;
    else if (char === "<") break;
  }
  throw broken(`no > after ${JSON.stringify(text.slice(start, start + 20))}`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

function decodeEntities(text: string): string {
  return text.replace(/&([^;&\s]{0,20});?/g, (whole, name: string) => {
    const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (known !== undefined && whole.endsWith(";")) return known;
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const point = code === null ? NaN : parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10);
    if (whole.endsWith(";") && point > 0 && point <= 0x10ffff) return String.fromCodePoint(point);
    throw broken(`unknown entity ${JSON.stringify(whole)}`);
  });
}

function broken(what: string): ProbeError {
  return new ProbeError("protocol", `The XML is refused: ${what}`);
}

/** Writes text so that it can stand in an element or an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.codePointAt(0)};`);
}

/**
 * The children of a name, however many there are.
 *
 * @param element The parent.
 * @param name Their local name.
 */
export function childrenOf(element: XmlValue | undefined, name: string): (string | XmlElement)[] {
  if (!isElement(element) || !Object.hasOwn(element, name)) return [];
  const found = element[name]!;
  return Array.isArray(found) ? [...found] : [found as string | XmlElement];
}

/** The text of an element. */
export function textOf(value: XmlValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (!isElement(value)) return undefined;
  const text = value["#text"];
  return typeof text === "string" ? text : "";
}

/** Whether a value has attributes or children. */
export function isElement(value: unknown): value is XmlElement {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
