/** OpenSSH's server with what old gear speaks. */
import { sshServer } from "./_sshd.ts";

/** An SSH server with SHA-1, CBC and RSA only. */
export const sshdLegacy = sshServer("sshd-legacy", "OpenSSH's server, as old gear speaks", 2223, {
  hostKeys: ["rsa"],
  userKey: "rsa",
  config: [
    "UsePAM no",
    "KbdInteractiveAuthentication no",
    "KexAlgorithms diffie-hellman-group1-sha1,diffie-hellman-group14-sha1",
    "HostKeyAlgorithms ssh-rsa",
    "PubkeyAcceptedAlgorithms +ssh-rsa",
    "Ciphers aes128-cbc,3des-cbc",
    "MACs hmac-sha1",
  ],
  note: "--legacy",
});
