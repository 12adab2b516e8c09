/** nginx: HTTP/1.1 and 2, TLS with a certificate of its own authority, RESTCONF-shaped JSON. */
import { join } from "node:path";
import { makePki } from "./_pki.ts";
import type { LabServer } from "./types.ts";

/** A data resource as RFC 8040 shapes it. */
const INTERFACES = {
  "ietf-interfaces:interfaces": {
    interface: [{
      name: "lo",
      type: "iana-if-type:softwareLoopback",
      enabled: true,
      statistics: { "in-octets": "0", "out-octets": "0" },
    }],
  },
};

function configuration(folder: string, ports: Readonly<Record<string, number>>): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(folder, "temporary")};`).join("\n  ");
  // Started by root, its workers would be somebody else, who may not look into the folder.
  const user = Deno.uid() === 0 ? "user root;\n" : "";
  return `${user}daemon off;
pid ${join(folder, "pid")};
error_log stderr;
worker_processes 1;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary}
  default_type text/plain;
  keepalive_requests 100000;
  server {
    listen 127.0.0.1:${ports.http};
    listen 127.0.0.1:${ports.https} ssl http2;
    ssl_certificate ${join(folder, "server.pem")};
    ssl_certificate_key ${join(folder, "server.key")};
    ssl_protocols TLSv1.2 TLSv1.3;
    root ${join(folder, "www")};
    location = /status/204 { return 204; }
    location = /status/404 { return 404 "not found\\n"; }
    location = /status/500 { return 500 "broken\\n"; }
    location = /redirect { return 302 /; }
    location = /redirect/2 { return 301 /redirect; }
    location = /loop { return 302 /loop; }
    location = /downgrade { return 302 http://127.0.0.1:${ports.http}/; }
    location = /.well-known/host-meta {
      default_type application/xrd+xml;
      return 200 '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="restconf" href="/restconf"/></XRD>';
    }
    location /restconf/data/ {
      default_type application/yang-data+json;
      try_files /restconf/interfaces.json =404;
    }
  }
}
`;
}

/** The web server. */
export const nginx: LabServer = {
  name: "nginx",
  title: "Web server: HTTP/1.1, HTTP/2, TLS, RESTCONF-shaped JSON",
  needs: { nginx: "nginx-light", openssl: "openssl" },
  ports: { http: 8080, https: 8443 },
  async prepare({ folder, ports, programs }) {
    const pki = await makePki(programs.openssl!, folder);
    await pki.issue("server", { names: ["DNS:localhost", "IP:127.0.0.1"] });
    const www = join(folder, "www");
    await Deno.mkdir(join(folder, "temporary"), { recursive: true });
    await Deno.mkdir(join(www, "restconf"), { recursive: true });
    await Deno.writeTextFile(join(www, "index.html"), "hello from nginx\n");
    await Deno.writeTextFile(join(www, "large.txt"), "0123456789abcde\n".repeat(65_536));
    await Deno.writeTextFile(join(www, "restconf/interfaces.json"), JSON.stringify(INTERFACES));
    const file = join(folder, "nginx.conf");
    await Deno.writeTextFile(file, configuration(folder, ports));
    return {
      argv: [programs.nginx!, "-c", file, "-e", "stderr", "-p", folder],
      ready: { kind: "tcp", port: ports.https! },
      endpoints: [
        { protocol: "http", target: `http://127.0.0.1:${ports.http}/` },
        {
          protocol: "http",
          target: `https://localhost:${ports.https}/`,
          note: `--ca ${join(folder, "ca.pem")}`,
        },
        {
          protocol: "tls",
          target: `localhost:${ports.https}`,
          note: `--ca ${join(folder, "ca.pem")}`,
        },
      ],
    };
  },
};
