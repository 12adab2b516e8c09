/** Reads RESTCONF's answers: data, capabilities, errors; in JSON (RFC 7951) and XML. */
import { printable } from "../../error.ts";
import { ProbeError } from "../error.ts";
import type { HttpAnswer } from "../http/types.ts";
import { redactAll } from "../netconf/redact.ts";
import { childrenOf, isElement, parseXml, textOf, type XmlElement } from "../netconf/xml.ts";

/** The media types that are asked for, and those that count as such. */
const MEDIA = {
  json: {
    ask: "application/yang-data+json",
    take: /^application\/(yang-data\+|yang\.data\+)?json$/,
  },
  xml: {
    ask: "application/yang-data+xml",
    take: /^(application\/(yang-data\+|yang\.data\+)?|text\/)xml$/,
  },
} as const;
/** How deep JSON may be nested. */
const MAX_DEPTH = 200;

/** A format of data. */
export type Format = keyof typeof MEDIA;

/** The media type to ask for. */
export function mediaTypeFor(format: Format): string {
  return MEDIA[format].ask;
}

/** The media type of an answer, without parameters. */
export function mediaTypeOf({ headers }: HttpAnswer): string {
  return (headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
}

/**
 * Reads the data of an answer.
 *
 * @param answer With a status of success.
 * @param format What was asked for.
 * @returns The data, secrets taken out.
 * @throws {ProbeError} `protocol` if it is something else than what was asked for, or malformed.
 */
export function readData(answer: HttpAnswer, format: Format): unknown {
  const type = mediaTypeOf(answer);
  if (!MEDIA[format].take.test(type)) {
    throw new ProbeError(
      "protocol",
      `Found data of type ${printable(type) || "none"}, expected ${MEDIA[format].ask}`,
    );
  }
  const text = textIn(answer);
  return redactAll(format === "xml" ? parseXml(text) : parseJson(text));
}

function textIn({ body }: HttpAnswer): string {
  return new TextDecoder().decode(body);
}

function parseJson(text: string): unknown {
  checkDepth(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    const start = JSON.stringify(text.slice(0, 60));
    throw new ProbeError("protocol", `The JSON is malformed; it begins with ${start}`, error);
  }
}

/** Nesting without end would exhaust the stack of whoever walks through it. */
function checkDepth(text: string): void {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inText) {
      if (char === "\\") i++;
      else if (char === '"') inText = false;
    } else if (char === '"') inText = true;
    else if (char === "{" || char === "[") {
      if (++depth > MAX_DEPTH) {
        throw new ProbeError("protocol", `The JSON is refused: nested more than ${MAX_DEPTH} deep`);
      }
    } else if (char === "}" || char === "]") depth--;
  }
}

/**
 * Finds the capabilities in an answer (RFC 8040, section 9.1).
 *
 * @param data What {@linkcode readData} gave.
 * @returns The URIs; nothing if there are none.
 */
export function capabilitiesIn(data: unknown): string[] | undefined {
  const list = child(child(data, "capabilities"), "capability");
  const all = list === undefined ? [] : Array.isArray(list) ? list : [list];
  const texts = all.filter((one) => typeof one === "string");
  return texts.length === 0 ? undefined : texts;
}

/** The version of the YANG library in the API's resource (RFC 8040, section 3.3.3). */
export function yangLibraryVersionIn(data: unknown): string | undefined {
  const version = child(child(data, "restconf"), "yang-library-version");
  return typeof version === "string" ? version : undefined;
}

/** A member by its local name: JSON has the module's name before it. */
function child(data: unknown, name: string): unknown {
  if (!isElement(data)) return undefined;
  const key = Object.keys(data).find((key) => key === name || key.endsWith(`:${name}`));
  return key === undefined ? undefined : data[key];
}

/**
 * Says what an answer that is no success means.
 *
 * @param answer The answer.
 * @param what What was asked for: its path.
 * @param authenticated Whether a password was sent.
 * @returns The error; nothing for a success.
 */
export function statusError(
  answer: HttpAnswer,
  what: string,
  authenticated: boolean,
): ProbeError | undefined {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return undefined;
  const said = errorsIn(answer).map((one) => `: ${one}`).join("");
  const message = `${what}: status ${status}${said}`;
  switch (status) {
    case 401:
      return authenticated
        ? new ProbeError("auth-failed", `${message}; user and password were refused`)
        : new ProbeError("auth-missing", `${message}; a user and a password are asked for`);
    case 405:
    case 406:
    case 415:
    case 501:
      return new ProbeError("not-supported", message);
    case 413:
      return new ProbeError("too-large", message);
  }
  if (status >= 300 && status < 400) {
    return new ProbeError(
      "not-supported",
      `${message}; it points to ${printable(headers.location ?? "nowhere")}`,
    );
  }
  return new ProbeError("remote-error", message);
}

/** The errors of a body (RFC 8040, section 7.1), in short. */
function errorsIn(answer: HttpAnswer): string[] {
  const type = mediaTypeOf(answer);
  const format = type.endsWith("json") ? "json" : type.endsWith("xml") ? "xml" : undefined;
  if (format === undefined || answer.body.length === 0) return [];
  let data: unknown;
  try {
    data = redactAll((format === "json" ? parseJson : parseXml)(textIn(answer)));
  } catch (error) {
    // The status says enough; that its explanation is malformed too changes nothing.
    if (error instanceof ProbeError) return [];
    throw error;
  }
  const list = child(child(data, "errors"), "error");
  const errors = Array.isArray(list) ? list : list === undefined ? [] : [list];
  return errors.slice(0, 3).filter(isElement).map((error) => {
    const part = (name: string) => textOf(childrenOf(error as XmlElement, name)[0]) ?? "";
    const text = [part("error-tag"), part("error-message")].filter((one) => one !== "").join(", ");
    return printable(text.slice(0, 300));
  });
}
