/** Chooses, step by step, how to log in (RFC 4252). */
import type { Buffer } from "node:buffer";
import ssh2 from "./_ssh2.ts";
import { ProbeError } from "../error.ts";
import type { SshLogin } from "./types.ts";

/** How often a server may ask again within `keyboard-interactive`. */
const MAX_ROUNDS = 3;

/** One way to log in. */
interface Step {
  /** The method's name on the wire. */
  readonly method: string;
  /** What ssh2 is told. */
  readonly auth: ssh2.AnyAuthMethod;
  /** Which key. */
  readonly key?: string;
}

/** Leads through the methods. */
export interface LoginPlan {
  /** What ssh2 asks for the next method. */
  readonly handler: ssh2.AuthHandlerMiddleware;
  /** The method that was tried last. */
  current(): { readonly method: string; readonly key?: string };
  /** Notes that something went wrong which is not the end of it, as with an agent. */
  note(text: string): void;
  /** Why the last method was the last one. */
  failure(label: string): ProbeError;
  /** Whether a signature with SHA-1 was made. */
  usedSha1(): boolean;
}

/**
 * Plans how to log in: agent, keys, password, keyboard-interactive, each only if the server offers
 * it. `none` comes first where there is nothing but a password, to learn which way it is wanted, or
 * nothing at all.
 *
 * @param login Who logs in, with what.
 * @param legacy Whether signatures with SHA-1 are allowed.
 * @param wait Whether to stay before the first method: no login is wanted.
 */
export function planLogin(login: SshLogin, legacy: boolean, wait: boolean): LoginPlan {
  let sha1 = false;
  const allow = (algorithm: string | undefined, type: string) => {
    if (type !== "ssh-rsa" || algorithm === "sha256" || algorithm === "sha512") return true;
    if (legacy) sha1 = true;
    return legacy;
  };
  const steps = stepsOf(login, allow);
  const tried: string[] = [];
  const notes: string[] = [];
  let offered: readonly string[] = [];
  let current: Step | undefined;
  return {
    handler(left, _partial, next) {
      // Never answering keeps the connection where it is.
      if (wait) return;
      if (left !== null && left !== undefined) offered = left;
      do {
        current = steps.shift();
      } while (current !== undefined && current.method !== "none" && !isOffered(current, left));
      if (current === undefined) return next(false as unknown as ssh2.AnyAuthMethod);
      if (current.method !== "none") tried.push(current.method);
      next(current.auth);
    },
    current: () => ({
      method: current?.method ?? "none",
      ...(current?.key === undefined ? {} : { key: current.key }),
    }),
    note: (text) => void notes.push(text),
    failure(label) {
      const asks = offered.length > 0 ? `; it takes ${offered.join(", ")}` : "";
      const why = notes.length > 0 ? ` (${notes.join("; ")})` : "";
      return tried.length === 0
        ? new ProbeError("auth-missing", `${label} got nothing to log in with${asks}${why}`)
        : new ProbeError(
          "auth-failed",
          `${label} refused user ${login.user} by ${[...new Set(tried)].join(", ")}${asks}${why}`,
        );
    },
    usedSha1: () => sha1,
  };
}

function isOffered({ method }: Step, left: readonly string[] | null | undefined): boolean {
  return left === null || left === undefined || left.includes(method);
}

type AllowSignature = (algorithm: string | undefined, type: string) => boolean;

function stepsOf(login: SshLogin, allow: AllowSignature): Step[] {
  const { user: username, keys, agent, password } = login;
  const steps: Step[] = [];
  if (agent !== undefined) {
    steps.push({
      method: "publickey",
      key: "agent",
      auth: { type: "agent", username, agent: guardAgent(agent, allow) },
    });
  }
  for (const { path, key } of keys) {
    steps.push({
      method: "publickey",
      key: path,
      auth: { type: "publickey", username, key: guardKey(key, allow) },
    });
  }
  if (steps.length === 0) steps.push({ method: "none", auth: { type: "none", username } });
  if (password !== undefined) {
    steps.push({
      method: "password",
      auth: { type: "password", username, password: password.reveal() },
    });
    steps.push({
      method: "keyboard-interactive",
      auth: { type: "keyboard-interactive", username, prompt: answerWith(password.reveal()) },
    });
  }
  return steps;
}

/** Answers hidden prompts with the password and others with nothing. */
function answerWith(password: string): ssh2.KeyboardInteractiveAuthMethod["prompt"] {
  let rounds = 0;
  return (_name, _instructions, _language, prompts, finish) => {
    const silent = ++rounds > MAX_ROUNDS;
    finish(prompts.map((prompt) => prompt.echo === true || silent ? "" : password));
  };
}

const NO_SHA1 = "the server wants a signature with SHA-1, which only --legacy allows";

/** A key that does not sign with SHA-1 unless that is allowed. */
function guardKey(key: ssh2.ParsedKey, allow: AllowSignature): ssh2.ParsedKey {
  const guarded: ssh2.ParsedKey = Object.create(key);
  guarded.sign = (data, algorithm) => {
    if (allow(algorithm, key.type)) return key.sign(data, algorithm);
    // This is how ssh2 tells that a key can't sign; throwing would end the process.
    return new Error(NO_SHA1) as unknown as ReturnType<ssh2.ParsedKey["sign"]>;
  };
  return guarded;
}

function guardAgent(path: string, allow: AllowSignature): ssh2.BaseAgent {
  const agent = ssh2.createAgent(path);
  const sign = agent.sign.bind(agent) as SignWithOptions;
  agent.sign = ((key, data, options, done) => {
    if (allow(options.hash, key.type)) sign(key, data, options, done);
    else done(new Error(NO_SHA1));
  }) as SignWithOptions as ssh2.BaseAgent["sign"];
  return agent;
}

/** How ssh2 asks an agent for a signature. */
type SignWithOptions = (
  key: ssh2.ParsedKey,
  data: Buffer,
  options: { readonly hash?: string },
  done: (error: Error) => void,
) => void;
