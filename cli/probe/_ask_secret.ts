/** Asks a person for a secret, without showing what is typed. */
import { VersusError } from "../../lib/error.ts";
import { type Secret, secret } from "../../lib/probe/secret.ts";
import { tellRaw } from "../output.ts";

const ENTER = new Set([0x0a, 0x0d]);
const BACKSPACE = new Set([0x08, 0x7f]);
const INTERRUPT = 0x03;
const END = 0x04;

/**
 * Asks on the terminal.
 *
 * @param name What is asked for: `password of admin`.
 * @returns What was typed.
 * @throws {VersusError} If there is no terminal, or the person gives up.
 */
export function askSecret(name: string): Secret {
  if (!Deno.stdin.isTerminal()) {
    throw new VersusError(`The ${name} can't be asked for: standard input is no terminal`, {
      hint: "Give it by a variable of the environment or a file; see the options with --help",
    });
  }
  tellRaw(`The ${name}: `);
  Deno.stdin.setRaw(true);
  try {
    return secret(readLine());
  } finally {
    Deno.stdin.setRaw(false);
    tellRaw("\n");
  }
}

function readLine(): string {
  const typed: number[] = [];
  const byte = new Uint8Array(1);
  for (;;) {
    const read = Deno.stdin.readSync(byte);
    const code = byte[0]!;
    if (read === null || code === INTERRUPT || code === END && typed.length === 0) {
      throw new VersusError("Nothing was typed");
    }
    if (ENTER.has(code)) return new TextDecoder().decode(new Uint8Array(typed));
    if (BACKSPACE.has(code)) {
      // A character may be several bytes: those that continue it go first.
      while ((typed.pop() ?? 0) >> 6 === 0b10);
    } else {
      typed.push(code);
    }
  }
}
