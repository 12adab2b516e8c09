/** OpenSSH's server with its own choice of algorithms. */
import { sshServer } from "./_sshd.ts";

/** A modern SSH server. */
export const sshd = sshServer("sshd", "OpenSSH's server, as it comes", 2222, {
  hostKeys: ["ed25519", "ecdsa", "rsa"],
  userKey: "ed25519",
  config: ["UsePAM no", "KbdInteractiveAuthentication no"],
});
