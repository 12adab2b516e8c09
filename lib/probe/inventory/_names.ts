/** Gives variables of other tools the names that the protocols look for. */

/** Ours, with what others call the same; the first that is there counts. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  user: ["user", "ansible_user", "ansible_ssh_user", "username"],
  password: ["password", "ansible_password", "ansible_ssh_pass", "ansible_ssh_password"],
  keyFile: ["keyFile", "ansible_ssh_private_key_file", "ansible_private_key_file"],
  enablePassword: [
    "enablePassword",
    "ansible_become_password",
    "ansible_become_pass",
    "enable_password",
  ],
  platform: ["platform", "ansible_network_os"],
};

/**
 * Adds our names to variables.
 *
 * @param variables By the names that the inventory has.
 * @returns The same, with ours beside them.
 */
export function withOurNames(
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const ours = Object.entries(ALIASES).flatMap(([name, others]) => {
    const found = others.find((other) =>
      variables[other] !== undefined && variables[other] !== null
    );
    return found === undefined ? [] : [[name, variables[found]]];
  });
  return { ...variables, ...Object.fromEntries(ours) };
}
