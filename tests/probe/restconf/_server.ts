/** nginx with the answers of a RESTCONF server: discovery, capabilities, data, errors, a login. */
import { join } from "node:path";
import { makePki } from "../../../lib/probe/lab/_pki.ts";
import type { LabServer } from "../../../lib/probe/lab/types.ts";

/** Who may read what is behind a login. */
export const USER = "operator";
/** With what. */
export const PASSWORD = "read-0nly pass";

const INTERFACES = { interface: [{ name: "lo", enabled: true }, { name: "eth0", enabled: false }] };
const FILES: Readonly<Record<string, string>> = {
  "api.json": JSON.stringify({
    "ietf-restconf:restconf": { data: {}, operations: {}, "yang-library-version": "2019-01-04" },
  }),
  "api.xml": `<restconf xmlns="urn:ietf:params:xml:ns:yang:ietf-restconf"><data/><operations/>` +
    `<yang-library-version>2019-01-04</yang-library-version></restconf>`,
  "capabilities.json": JSON.stringify({
    "ietf-restconf-monitoring:capabilities": {
      capability: ["depth:1.0", "fields:1.0"].map((name) =>
        `urn:ietf:params:restconf:capability:${name}`
      ),
    },
  }),
  "interfaces.json": JSON.stringify({ "ietf-interfaces:interfaces": INTERFACES }),
  "interfaces.xml": `<interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces">` +
    `<interface><name>lo</name></interface><interface><name>eth0</name></interface></interfaces>`,
  "names.json": JSON.stringify({
    "ietf-interfaces:interfaces": { interface: [{ name: "lo" }, { name: "eth0" }] },
  }),
  "error.json": JSON.stringify({
    "ietf-restconf:errors": {
      error: [{
        "error-type": "protocol",
        "error-tag": "invalid-value",
        "error-message": "no such key",
      }],
    },
  }),
  "bomb.xml": `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>`,
  "deep.json": "[".repeat(100_000) + "]".repeat(100_000),
  "broken.json": `{"a": `,
  "secret.json": JSON.stringify({ "x:echo": `you are ${PASSWORD}` }),
};

function configuration(folder: string, ports: Readonly<Record<string, number>>): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(folder, "temporary")};`).join("\n  ");
  const file = (path: string, name: string, extra = "") =>
    `location = ${path} { ${extra} types {} default_type application/yang-data+${
      name.endsWith("xml") ? "xml" : "json"
    }; alias ${join(folder, "www", name)}; }`;
  return `${Deno.uid() === 0 ? "user root;\n" : ""}daemon off;
pid ${join(folder, "pid")};
error_log stderr;
worker_processes 1;
events { worker_connections 100; }
http {
  access_log off;
  ${temporary}
  map $http_accept $kind { default json; "application/yang-data+xml" xml; }
  map $args $reads { default interfaces; "depth=2&fields=interface(name)" names; }
  server {
    listen 127.0.0.1:${ports.http};
    listen 127.0.0.1:${ports.https} ssl http2;
    ssl_certificate ${join(folder, "server.pem")};
    ssl_certificate_key ${join(folder, "server.key")};
    location = /.well-known/host-meta {
      types {} default_type application/xrd+xml;
      return 200 '<?xml version="1.0"?><XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" href="/x"/><Link rel="restconf" href="/api/"/></XRD>';
    }
    location = /api {
      types { application/yang-data+json json; application/yang-data+xml xml; }
      try_files /api.$kind =404;
    }
    root ${join(folder, "www")};
    location = /api/data/ietf-interfaces:interfaces {
      types { application/yang-data+json json; application/yang-data+xml xml; }
      try_files /$reads.$kind =404;
    }
    ${file("/api/data/ietf-restconf-monitoring:restconf-state/capabilities", "capabilities.json")}
    ${file("/api/data/bomb", "bomb.xml")}
    ${file("/api/data/deep", "deep.json")}
    ${file("/api/data/broken", "broken.json")}
    location = /api/data/html { default_type text/html; return 200 "<p>hello</p>"; }
    location = /api/data/empty { return 204; }
    location = /api/data/moved { return 302 https://elsewhere.example/; }
    location = /api/data/invalid { error_page 400 /error; return 400; }
    ${file("/error", "error.json", "internal;")}
    ${
    file(
      "/api/data/private",
      "secret.json",
      `auth_basic lab; auth_basic_user_file ${join(folder, "users")};`,
    )
  }
  }
}
`;
}

/** The server. */
export const restconfServer: LabServer = {
  name: "restconf",
  title: "nginx with RESTCONF's answers",
  needs: { nginx: "nginx-light", openssl: "openssl" },
  ports: { http: 0, https: 0 },
  async prepare({ folder, ports, programs }) {
    const pki = await makePki(programs.openssl!, folder);
    await pki.issue("server", { names: ["DNS:localhost", "IP:127.0.0.1"] });
    const hash = new Deno.Command(programs.openssl!, { args: ["passwd", "-apr1", PASSWORD] })
      .outputSync();
    const line = `${USER}:${new TextDecoder().decode(hash.stdout).trim()}\n`;
    await Deno.writeTextFile(join(folder, "users"), line);
    await Deno.mkdir(join(folder, "temporary"));
    await Deno.mkdir(join(folder, "www"));
    for (const [name, text] of Object.entries(FILES)) {
      await Deno.writeTextFile(join(folder, "www", name), text);
    }
    const file = join(folder, "nginx.conf");
    await Deno.writeTextFile(file, configuration(folder, ports));
    return {
      argv: [programs.nginx!, "-c", file, "-e", "stderr", "-p", folder],
      ready: { kind: "tcp", port: ports.https! },
      endpoints: [],
    };
  },
};
