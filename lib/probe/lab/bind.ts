/** BIND: a zone of its own, by UDP and TCP. */
import { join } from "node:path";
import type { LabServer } from "./types.ts";

/** Records of all kinds, and one name whose answer does not fit into a datagram. */
const ZONE = `$TTL 300
@ IN SOA ns.lab.test. admin.lab.test. 7 3600 600 86400 60
@ IN NS ns.lab.test.
@ IN MX 10 mail.lab.test.
@ IN TXT "v=spf1 -all" "second \\"part\\""
@ IN CAA 0 issue "ca.example"
ns IN A 127.0.0.1
mail IN A 192.0.2.25
r1 IN A 192.0.2.1
r1 IN AAAA 2001:db8::1
alias IN CNAME r1
_ssh._tcp IN SRV 10 20 22 r1.lab.test.
r1 IN SSHFP 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789
_443._tcp.r1 IN TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
phone IN NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@lab.test!" .
large IN TXT ${`"${"x".repeat(250)}" `.repeat(12)}
`;

/** The name server with its own zone, `lab.test`. */
export const bind: LabServer = {
  name: "bind",
  title: "Name server with the zone lab.test, UDP and TCP",
  needs: { named: "bind9" },
  ports: { dns: 5353 },
  async prepare({ folder, ports, programs }) {
    await Deno.writeTextFile(join(folder, "lab.test.zone"), ZONE);
    const file = join(folder, "named.conf");
    await Deno.writeTextFile(
      file,
      `options {
  directory "${folder}";
  listen-on port ${ports.dns} { 127.0.0.1; };
  listen-on-v6 { none; };
  pid-file "${join(folder, "named.pid")}";
  session-keyfile "${join(folder, "session.key")}";
  managed-keys-directory "${folder}";
  recursion no;
  dnssec-validation no;
  notify no;
  empty-zones-enable no;
};
controls {};
zone "lab.test" { type primary; file "lab.test.zone"; };
`,
    );
    return {
      argv: [programs.named!, "-4", "-g", "-c", file, "-n", "1"],
      ready: { kind: "log", text: "running" },
      endpoints: [{
        protocol: "dns",
        target: `127.0.0.1:${ports.dns}`,
        note: "--name r1.lab.test",
      }],
    };
  },
};
