import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { junitExporter } from "../../lib/report/junit.ts";
import { RICH } from "./fixtures.ts";
import { missing, run } from "./_tools.ts";

/** Reads XML from stdin with expat and prints it as JSON. */
const READER = `
import json, sys
import xml.etree.ElementTree as ET
def plain(e):
    return {"tag": e.tag, "attributes": e.attrib, "text": e.text or "", "children": [plain(c) for c in e]}
print(json.dumps(plain(ET.fromstring(sys.stdin.buffer.read()))))
`;

interface Element {
  tag: string;
  attributes: Record<string, string>;
  text: string;
  children: Element[];
}

async function read(xml: string): Promise<Element> {
  return JSON.parse(await run("python3", ["-c", READER], xml));
}

/** Elements of a name anywhere below. */
function all(element: Element, tag: string): Element[] {
  return element.children.flatMap((child) => [
    ...(child.tag === tag ? [child] : []),
    ...all(child, tag),
  ]);
}

const ignore = missing("python3");

describe("junit", { ignore }, () => {
  it("has a testsuite a scenario and one for the gate, whose counts are true", async () => {
    const root = await read(junitExporter.render(RICH));
    expect(root.tag).toBe("testsuites");
    expect(root.children.map(({ attributes }) => attributes.name))
      .toEqual(["flipsum", "host\\x1b[1mile", "gate"]);
    for (const element of [root, ...root.children]) {
      const { tests, failures, errors, skipped, time } = element.attributes;
      const cases = all(element, "testcase");
      expect(Number(tests)).toBe(cases.length);
      expect(Number(failures)).toBe(all(element, "failure").length);
      expect(Number(errors)).toBe(all(element, "error").length);
      expect(Number(skipped)).toBe(all(element, "skipped").length);
      const sum = cases.reduce((total, c) => total + Number(c.attributes.time), 0);
      expect(Number(time)).toBeCloseTo(sum, 6);
      expect(time).toMatch(/^\d+(\.\d+)?$/);
    }
  });

  it("gives every status its outcome", async () => {
    const root = await read(junitExporter.render(RICH));
    const outcomes = all(root, "testcase").map(({ attributes, children }) => [
      attributes.name,
      children.map(({ tag }) => tag).find((tag) => tag !== "system-out") ?? "passed",
    ]);
    expect(Object.fromEntries(outcomes)).toMatchObject({
      "flipsum/rust-bad[n=10000000]": "failure",
      "flipsum/typescript[n=10000000]": "skipped",
      "flipsum/c[n=10000000]": "failure",
      "flipsum/java[n=10000000]": "failure",
      "flipsum/go-unused[n=10000000]": "skipped",
    });
    const gate = all(root.children.at(-1)!, "testcase")
      .map(({ children }) => children[0]!.tag);
    expect(gate).toEqual(["failure", "system-out", "error"]);
  });

  it("says what went wrong, and what was measured", async () => {
    const root = await read(junitExporter.render(RICH));
    const failure = all(root, "failure")[0]!;
    expect(failure.attributes).toMatchObject({
      type: "wrong-output",
      message: "wrong-output: It printed another result",
    });
    expect(failure.text).toContain("expected: 5000000\n");
    expect(failure.text).toContain("actual: 4999999\nxxx");
    const threads = all(root, "system-out").find(({ text }) => text.includes("slower"))!;
    expect(threads.text).toContain("1.042 × slower (1.031–1.054)");
    const go = all(root, "testcase").find(({ attributes }) => attributes.name!.includes("/go["))!;
    expect(go.attributes.time).toBe("0.01233");
    expect(go.children[0]!.text).toContain("wallS: time 12.33 ms ± 0.05\n");
    expect(go.children[0]!.text).toContain("64.2 × faster (62.9–65.5)");
    expect(go.children[0]!.text).toContain("warning: go takes 3.20 ms, mostly start-up; Raise");
  });

  it("writes characters that XML forbids visibly", async () => {
    const root = await read(junitExporter.render(RICH));
    const hostile = all(root, "testcase").find(({ attributes }) =>
      attributes.name!.includes("31m")
    )!;
    expect(hostile.attributes.name).toContain("\\x1b[31mred");
    expect(hostile.attributes.name).toContain("next\\x00\\ufffe\ufffd");
    expect(hostile.attributes.name).toContain("<b>&amp;</b>");
  });
});
