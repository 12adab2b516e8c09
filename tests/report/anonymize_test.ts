import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { anonymize } from "../../lib/report/anonymize.ts";

const IDENTITY = { hostname: "vm", user: "alice", home: "/home/alice" };

describe("anonymize", () => {
  it("removes host name, user and folders, however deep they are", () => {
    const document = {
      environment: { hostname: "vm", os: "linux" },
      cases: [{ path: "/opt/tools/bin/go", reason: "no /home/alice/x on vm, said alice" }],
    };
    expect(anonymize(document, IDENTITY)).toEqual({
      environment: { os: "linux" },
      cases: [{ path: "…/go", reason: "no ~/x on host, said user" }],
    });
  });

  it("leaves names alone that only begin or end like the machine's or the user's", () => {
    const document = { a: "llvm 19 and vm-tools", b: "malice", c: "vm" };
    expect(anonymize(document, IDENTITY)).toEqual({
      a: "llvm 19 and vm-tools",
      b: "malice",
      c: "host",
    });
  });

  it("takes a name with signs of a pattern for what it is", () => {
    const identity = { hostname: "a.b(c", user: "x" };
    expect(anonymize({ a: "on a.b(c, not aXb(c" }, identity)).toEqual({
      a: "on host, not aXb(c",
    });
  });
});
