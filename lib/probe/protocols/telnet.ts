/** Telnet: negotiation of options, login, and a script. */
import { ProbeError } from "../error.ts";
import { startDialogue } from "../script/dialogue.ts";
import { runSteps } from "../script/run.ts";
import { scriptFor } from "../script/target.ts";
import { connectTcp } from "../socket.ts";
import { passwordOf, userOf } from "../ssh/target.ts";
import { logIn } from "../telnet/login.ts";
import { startTelnet } from "../telnet/session.ts";
import type { TelnetOptions, TelnetResult } from "../telnet/types.ts";
import type { Attempt, Protocol } from "../types.ts";

/** Telnet's port. */
const TELNET_PORT = 23;

/** Telnet. */
export const telnet: Protocol<TelnetOptions, TelnetResult> = {
  name: "telnet",
  title: "Log in by Telnet and run a script",
  defaultPort: TELNET_PORT,
  async open(target, typed, attempt) {
    const user = userOf(target) ?? typed.user;
    const password = passwordOf(target) ?? typed.password;
    const options = {
      ...typed,
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
    };
    const script = options.script && scriptFor(options.script, target);
    const socket = await connectTcp(target, TELNET_PORT, attempt);
    const session = startTelnet(socket, target.label);
    try {
      const dialogue = startDialogue(session, { maxAnswer: options.maxOutputBytes });
      const login = await logIn(dialogue, options, script?.prompt, attempt, target.label);
      let prompt = login.prompt;
      if (prompt === undefined && script !== undefined) {
        throw new ProbeError(
          "auth-missing",
          `${target.label} asks who logs in and nobody was named`,
        );
      }
      return {
        get reusable() {
          return script !== undefined && session.alive;
        },
        async request(attempt: Attempt): Promise<TelnetResult> {
          const base = {
            banner: login.banner,
            options: session.options(),
            weak: ["cleartext"],
            ...(login.loggedIn && user !== undefined ? { user } : {}),
          };
          if (script === undefined || prompt === undefined) return base;
          const { greeting } = login;
          const steps = await runSteps(dialogue, { prompt, output: greeting }, script, attempt);
          prompt = steps.steps.at(-1)?.prompt ?? prompt;
          return { ...base, script: steps };
        },
        [Symbol.asyncDispose]() {
          session[Symbol.dispose]();
          return Promise.resolve();
        },
      };
    } catch (error) {
      session[Symbol.dispose]();
      throw error;
    }
  },
};
