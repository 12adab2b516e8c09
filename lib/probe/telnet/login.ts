/** Logs in by answering prompts: Telnet has no login of its own. */
import { ProbeError } from "../error.ts";
import { redact } from "../secret.ts";
import { ANY_PROMPT, type Dialogue } from "../script/dialogue.ts";
import type { Attempt } from "../types.ts";
import type { TelnetOptions } from "./types.ts";

/** How often a device may ask for a name or a password. */
const MAX_ANSWERS = 4;

/** How far a login has come. */
export interface LoginEnd {
  /** What the device said before it asked for anything. */
  readonly banner: string;
  /** The prompt after login; none if a name or password is asked for and none was given. */
  readonly prompt?: string;
  /** Whether a name or a password was sent. */
  readonly loggedIn: boolean;
  /** What came after the last answer, before the prompt. */
  readonly greeting: string;
}

/**
 * Answers prompts for name and password until a device's own prompt comes; ends `bannerMs` with the
 * first prompt of any kind and `authMs` after login.
 *
 * @param dialogue With the device.
 * @param options The answers.
 * @param devicePrompt What the device's prompt looks like, if that is known.
 * @param attempt The attempt.
 * @param label The target.
 * @returns How it ended.
 * @throws {ProbeError} `auth-failed` if it is asked again or hung up on, `auth-missing` if there is
 * an answer for one of name and password and the other is missing; those of the dialogue.
 */
export async function logIn(
  dialogue: Dialogue,
  options: TelnetOptions,
  devicePrompt: RegExp | undefined,
  attempt: Attempt,
  label: string,
): Promise<LoginEnd> {
  const { user, password, loginPrompt, passwordPrompt } = options;
  const shell = devicePrompt ?? ANY_PROMPT;
  const any = new RegExp(
    [loginPrompt, passwordPrompt, shell].map(({ source }) => `(?:${source})`).join("|"),
    "i",
  );
  const first = await dialogue.until(any, "prompt", attempt.signal);
  attempt.clock.end("bannerMs");
  const banner = redact(first.output);
  let { prompt, output } = first;
  let names = 0;
  let passwords = 0;
  for (let answers = 0; answers <= MAX_ANSWERS; answers++) {
    const asksName = loginPrompt.test(prompt);
    const asksPassword = !asksName && passwordPrompt.test(prompt);
    if (!asksName && !asksPassword) {
      if (answers > 0) attempt.clock.end("authMs");
      return { banner, prompt, loggedIn: answers > 0, greeting: redact(output) };
    }
    // Asked again for what was answered already: the answer was wrong.
    if (asksName && names > 0 || asksPassword && passwords > 0) throw refused(label, user, output);
    const answer = asksName ? user : password?.reveal();
    if (answer === undefined) {
      if (answers === 0 && password === undefined && user === undefined) {
        return { banner, loggedIn: false, greeting: "" };
      }
      const what = asksName ? "a user's name" : "a password";
      throw new ProbeError("auth-missing", `${label} asks for ${what} and none was given`);
    }
    asksName ? names++ : passwords++;
    dialogue.send(answer, "\n");
    try {
      ({ prompt, output } = await dialogue.until(any, "prompt after login", attempt.signal));
    } catch (error) {
      const hungUp = error instanceof ProbeError && error.code === "closed" && passwords > 0;
      throw hungUp ? refused(label, user, "the connection was closed") : error;
    }
  }
  throw refused(label, user, output);
}

function refused(label: string, user: string | undefined, said: string): ProbeError {
  const reason = redact(said.trim().split("\n").at(-1) ?? "");
  const who = user === undefined ? "the password" : `user ${user}`;
  return new ProbeError(
    "auth-failed",
    `${label} refused ${who}${reason === "" ? "" : `: ${reason}`}`,
  );
}
