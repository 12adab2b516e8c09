import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { hashName, hostName, matchesPattern, namesHost } from "../../../lib/probe/ssh/_patterns.ts";
import { entriesOf, parseKnownHosts, readKnownHosts } from "../../../lib/probe/ssh/known_hosts.ts";
import { missingPeers } from "../../peers/_peers.ts";
import { run } from "./_lab.ts";

const KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIEmd3FTN2Tg4eyPTNZLbyUaJVBlqh+ZPCxnKXMyPmWhb";
const missing = missingPeers({ "ssh-keygen": "openssh-client" });

describe("the lines of known_hosts", () => {
  it("reads hosts, markers, types and keys; skips comments and blank lines", () => {
    const text = `# a comment\n\n \t\nr1,192.0.2.1 ssh-ed25519 ${KEY} me@there\r\n` +
      `@revoked * ssh-ed25519 ${KEY}\n  @cert-authority\t*.example ssh-ed25519 ${KEY}`;
    const { entries, bad } = parseKnownHosts(text, "f");
    expect(bad).toEqual([]);
    expect(entries.map(({ line, marker, hosts, type }) => [line, marker, hosts, type])).toEqual([
      [4, undefined, "r1,192.0.2.1", "ssh-ed25519"],
      [5, "revoked", "*", "ssh-ed25519"],
      [6, "cert-authority", "*.example", "ssh-ed25519"],
    ]);
    expect(entries[0]?.key.toString("base64")).toBe(KEY);
  });

  it("tells lines that are none: they trust nothing", () => {
    const lines = [
      "r1",
      "r1 ssh-ed25519",
      `@trusted r1 ssh-ed25519 ${KEY}`,
      `r1 ssh-rsa ${KEY}`,
      "r1 ssh-ed25519 !!!",
      "r1 ssh-ed25519 AAAA",
      "r1 1024 35 1234567890",
    ];
    const { entries, bad } = parseKnownHosts(lines.join("\n"), "f");
    expect(entries).toEqual([]);
    expect(bad.map(({ line }) => line)).toEqual(lines.map((_, i) => i + 1));
  });
});

describe("which lines name a host", () => {
  it("matches patterns, case aside, and lets a negated one rule the line out", () => {
    expect(namesHost("r1,R2", "r2")).toBe(true);
    expect(namesHost("*.example,!db.example", "www.example")).toBe(true);
    expect(namesHost("*.example,!db.example", "db.example")).toBe(false);
    expect(namesHost("!db.example,*.example", "db.example")).toBe(false);
    expect(namesHost("!db.example", "www.example")).toBe(false);
    expect(namesHost("192.0.2.?", "192.0.2.7")).toBe(true);
    expect(namesHost("192.0.2.?", "192.0.2.77")).toBe(false);
    expect(namesHost("r1", hostName("r1", 2222))).toBe(false);
    expect(namesHost("[r1]:2222", hostName("R1", 2222))).toBe(true);
    expect(namesHost("[*]:2222", hostName("r1", 2222))).toBe(true);
  });

  it("needs no more time for a pattern made to be slow", () => {
    expect(matchesPattern("a".repeat(1000), "*a".repeat(400) + "b")).toBe(false);
  });

  it("knows hashed names", () => {
    const salt = Buffer.alloc(20, 7);
    expect(namesHost(hashName("r1", salt), "r1")).toBe(true);
    expect(namesHost(hashName("r1", salt), "r2")).toBe(false);
    expect(namesHost("|1|AAAA", "r1")).toBe(false);
    expect(namesHost("|2|AAAA|AAAA", "r1")).toBe(false);
  });

  it("finds the lines that ssh-keygen -F finds", { ignore: missing !== undefined }, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const file = join(folder, "known_hosts");
      const hosts = [
        "r1",
        "r1,r2",
        "R3",
        "*.example,!db.example",
        "!*.bad,*",
        "r?",
        "[r1]:2222",
        "[*.example]:830",
        "192.0.2.1",
        "2001:db8::1",
        "[2001:db8::1]:22022",
        hashName("r1", Buffer.alloc(20, 1)),
        hashName("[r1]:2222", Buffer.alloc(20, 2)),
      ];
      const text = hosts.map((host) => `${host} ssh-ed25519 ${KEY}\n`).join("");
      await Deno.writeTextFile(file, text);
      const asked: [string, number][] = [
        ["r1", 22],
        ["R1", 22],
        ["r2", 22],
        ["r3", 22],
        ["db.example", 22],
        ["www.example", 22],
        ["x.bad", 22],
        ["r1", 2222],
        ["a.example", 830],
        ["192.0.2.1", 22],
        ["2001:db8::1", 22],
        ["2001:db8::1", 22022],
      ];
      for (const [host, port] of asked) {
        const name = hostName(host, port);
        const { stdout } = await run(["ssh-keygen", "-F", name, "-f", file]);
        const theirs = [...stdout.matchAll(/found: line (\d+)/g)].map(([, line]) => Number(line));
        const ours = entriesOf(parseKnownHosts(text, file), name).map(({ line }) => line);
        expect([name, ours]).toEqual([name, theirs]);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
});

describe("the parser of known_hosts, fuzzed", () => {
  it("takes any text, keeps what it can read and never throws", () => {
    const random = xoroshiro128plus(20240607);
    const pieces = [
      "r1",
      "*",
      "|1|",
      "@revoked",
      "@",
      "ssh-ed25519",
      KEY,
      KEY.slice(0, 30),
      " ",
      "\t",
      "\n",
      "\r",
      ",",
      "!",
      "#",
      "\0",
      "é",
      "=",
      "[",
    ];
    let entries = 0;
    for (let i = 0; i < 20_000; i++) {
      const words = ["r1", " ", "ssh-ed25519", " ", KEY, "\n"];
      // Good lines with a few pieces put in, or in the place of others.
      for (let n = uniformInt(random, 0, 4); n > 0; n--) {
        const piece = pieces[uniformInt(random, 0, pieces.length - 1)]!;
        words.splice(uniformInt(random, 0, words.length), uniformInt(random, 0, 1), piece);
      }
      const text = words.join("");
      const known = parseKnownHosts(text, "f");
      entries += entriesOf(known, "r1").length;
      for (const entry of known.entries) expect(entry.key.length).toBeGreaterThan(19);
    }
    expect(entries).toBeGreaterThan(0);
  });
});

describe("known_hosts files", () => {
  it("are read again when they change, and hold nothing when they are not there", async () => {
    const folder = await Deno.makeTempDir();
    try {
      const [a, b] = [join(folder, "a"), join(folder, "b")];
      const hosts = () => readKnownHosts([a, b]).entries.map((entry) => entry.hosts);
      expect(hosts()).toEqual([]);
      await Deno.writeTextFile(b, `r2 ssh-ed25519 ${KEY}\n`);
      expect(hosts()).toEqual(["r2"]);
      expect(readKnownHosts([a, b])).toBe(readKnownHosts([a, b]));
      await Deno.writeTextFile(a, `r1 ssh-ed25519 ${KEY}\n`);
      expect(hosts()).toEqual(["r1", "r2"]);
      expect(entriesOf(readKnownHosts([a, b]), "r1").length).toBe(1);
      await Deno.remove(b);
      expect(hosts()).toEqual(["r1"]);
      await Deno.mkdir(b);
      expect(hosts).toThrow(/known hosts can't be read/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
});
