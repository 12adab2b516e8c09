/** What an inventory says of a target, laid over what was typed. */
import { homedir } from "node:os";
import { VersusError } from "../../error.ts";
import { type Secret, secret } from "../secret.ts";
import type { Target } from "../types.ts";
import { loadKey } from "./key_file.ts";
import type { SshAccess, SshKey } from "./types.ts";

/** The names of a user: versus's and Nornir's, Ansible's. */
const USER = ["user", "username", "ansible_user", "ansible_ssh_user"];
const PASSWORD = ["password", "ansible_password", "ansible_ssh_pass", "ansible_ssh_password"];

/** Keys that inventories name, each read once. */
const loaded = new Map<string, SshKey>();

/**
 * Applies a target's variables: `user`, `password` and `keyFile`.
 *
 * @param access What was typed.
 * @param target The target.
 * @returns What holds for this target.
 * @throws {VersusError} If a variable is not what it should be.
 */
export function accessOf<Access extends SshAccess>(access: Access, target: Target): Access {
  const user = userOf(target);
  const password = passwordOf(target);
  const key = keyOf(target);
  if (user === undefined && password === undefined && key === undefined) return access;
  return {
    ...access,
    login: {
      ...access.login,
      ...(key === undefined ? {} : { keys: [key] }),
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
    },
  };
}

/** The key that a target's variables name; `~` is the home folder. */
function keyOf({ label, variables }: Target): SshKey | undefined {
  const { keyFile } = variables;
  if (keyFile === undefined) return undefined;
  if (typeof keyFile !== "string") {
    throw new VersusError(`${label}: the variable keyFile should be a text`);
  }
  const path = keyFile.replace(/^~(?=\/)/, homedir());
  const key = loaded.get(path) ?? loadKey(path);
  loaded.set(path, key);
  return key;
}

/** The user that a target's variables, or its URL, name. */
export function userOf({ label, variables }: Target): string | undefined {
  const name = USER.find((name) => variables[name] !== undefined);
  if (name === undefined) {
    const { url } = variables;
    const { username = "" } = typeof url === "string" ? new URL(url) : {};
    return username === "" ? undefined : decodeURIComponent(username);
  }
  const value = variables[name];
  if (typeof value === "string") return value;
  throw new VersusError(`${label}: found ${JSON.stringify(value)} for ${name}, expected a text`);
}

/** The password that a target's variables hold. */
export function passwordOf({ label, variables }: Target): Secret | undefined {
  const name = PASSWORD.find((name) => variables[name] !== undefined);
  if (name === undefined) return undefined;
  const value = variables[name];
  if (typeof value === "string") return secret(value);
  if (typeof value === "object" && value !== null && "reveal" in value) return value as Secret;
  throw new VersusError(`${label}: the variable ${name} should be a text`);
}
