import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { ProbeError } from "../../../lib/probe/error.ts";
import { readHello, readReply, writeRpc } from "../../../lib/probe/netconf/messages.ts";
import { checkXml, childrenOf, escapeXml, parseXml } from "../../../lib/probe/netconf/xml.ts";

const refused = (text: string) => {
  try {
    parseXml(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ProbeError);
    return (error as ProbeError).message.replace("The XML is refused: ", "");
  }
  return "taken";
};

describe("XML", () => {
  it("is read with attributes, text, CDATA and the entities of XML itself", () => {
    const text = `<?xml version="1.0"?><!-- > --><n:a xmlns:n="u" k="1 > &lt;">` +
      `<b>x &amp; y &#233;&#x1F600;</b><b><![CDATA[<raw> & ]]></b><c/></n:a>`;
    expect(parseXml(text)).toMatchObject({
      a: { "@k": "1 > <", b: ["x & y é😀", "<raw> &"], c: "" },
    });
  });

  it("is refused with a document type: bombs, files of the machine", () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>`;
    expect(refused(bomb)).toMatch(/^it has a document type/);
    expect(refused(`<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>`)).toMatch(/^it has a document/);
    expect(refused(`<a><!ENTITY x "y"></a>`)).toMatch(/^it has a document/);
    expect(refused("<a>&b;</a>")).toBe('unknown entity "&b;"');
    expect(refused("<a>&#0;</a>")).toBe('unknown entity "&#0;"');
  });

  it("is refused when it is not well-formed", () => {
    expect(refused("<a><b></a></b>")).toBe("</a> closes b");
    expect(refused("<a>")).toBe("<a> has no end");
    expect(refused("</a>")).toBe("</a> closes nothing");
    expect(refused("<a/><a/>")).toBe("a second outermost element");
    expect(refused("text")).toMatch(/^text outside/);
    expect(refused("")).toBe("no element");
    expect(refused("<a <b/>")).toMatch(/^no > after/);
    expect(refused("<a b='")).toMatch(/^no > after/);
    expect(refused("<!-- a")).toMatch(/^no --> after/);
    expect(refused("<1a/>")).toMatch(/is no element$/);
    expect(refused("<a>".repeat(300) + "</a>".repeat(300))).toMatch(/more than 200 deep/);
  });

  it("can't hide anything in a name", () => {
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    refused("<a><__proto__><polluted>1</polluted></__proto__></a>");
    refused("<constructor><prototype><polluted>1</polluted></prototype></constructor>");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(childrenOf(parseXml("<a/>"), "toString")).toEqual([]);
  });

  it("fails with a named error only, whatever comes: fuzzed", () => {
    const random = xoroshiro128plus(6241);
    const pieces = [
      "<a>",
      "</a>",
      "<b k='1'>",
      "</b>",
      "<c/>",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?x",
      "?>",
      "<!DOCTYPE a>",
      "&amp;",
      "&x;",
      "&",
      "<",
      ">",
      "'",
      '"',
      "text",
      "\0",
      "é",
      "/",
      "=",
    ];
    let taken = 0;
    for (let i = 0; i < 20_000; i++) {
      const body = Array.from(
        { length: uniformInt(random, 0, 6) },
        () => pieces[uniformInt(random, 0, pieces.length - 1)],
      ).join("");
      if (refused(`<r>${body}</r>`) === "taken") taken++;
    }
    expect(taken).toBeGreaterThan(100);
  });

  it("is written so that no text breaks out of it", () => {
    expect(escapeXml(`<"'&>`)).toBe("&#60;&#34;&#39;&#38;&#62;");
    checkXml(`<a k="${escapeXml(`"/><b k="`)}"/>`);
  });
});

describe("messages of NETCONF", () => {
  const hello = { sessionId: "1", capabilities: ["urn:ietf:params:netconf:capability:xpath:1.0"] };

  it("ask with filters, and only for what the server can do", () => {
    const get = { operation: "get", source: "running" } as const;
    const xpath = { kind: "xpath", select: "/if:a[x='1']", namespaces: { if: "u" } } as const;
    const text = writeRpc(7, { ...get, filter: xpath }, hello);
    const rpc = childrenOf(parseXml(text), "rpc")[0];
    expect(rpc).toMatchObject({
      "@message-id": "7",
      get: { filter: { "@type": "xpath", "@select": "/if:a[x='1']" } },
    });
    const poor = { sessionId: "1", capabilities: [] };
    expect(() => writeRpc(1, { ...get, filter: xpath }, poor)).toThrow(/no :xpath/);
    expect(() => writeRpc(1, { operation: "get-config", source: "startup" }, poor))
      .toThrow(/no startup datastore/);
  });

  it("are read by their local names, and only in answer to what was asked", () => {
    const said = readHello(
      `<nc:hello xmlns:nc="x"><nc:capabilities><nc:capability> a </nc:capability>` +
        `</nc:capabilities><nc:session-id>4</nc:session-id></nc:hello>`,
    );
    expect(said).toEqual({ sessionId: "4", capabilities: ["a"] });
    expect(() => readHello("<hello><capabilities/></hello>")).toThrow(/Expected a hello/);
    expect(readReply(`<rpc-reply message-id="3"><data><a>1</a></data></rpc-reply>`, 3))
      .toEqual({ data: { a: "1" }, warnings: [] });
    expect(() => readReply(`<rpc-reply message-id="2"><data/></rpc-reply>`, 3))
      .toThrow("Found a reply to message 2, expected 3");
    expect(() => readReply(`<rpc-reply message-id="3"><ok/></rpc-reply>`, 3)).toThrow(/no data/);
  });

  it("tell a server's errors by their tags, and keep warnings", () => {
    const error = (severity: string, tag: string) =>
      `<rpc-error><error-type>protocol</error-type><error-tag>${tag}</error-tag>` +
      `<error-severity>${severity}</error-severity><error-path>/a</error-path>` +
      `<error-message xml:lang="en">no\nway</error-message></rpc-error>`;
    const reply = (...inner: string[]) =>
      `<rpc-reply message-id="1">${inner.join("")}<data/></rpc-reply>`;
    expect(readReply(reply(error("warning", "a-tag")), 1).warnings)
      .toEqual(["a-tag: no\\nway (at /a)"]);
    const codeOf = (text: string) => {
      try {
        readReply(text, 1);
      } catch (error) {
        return (error as ProbeError).code;
      }
    };
    expect(codeOf(reply(error("error", "access-denied")))).toBe("remote-error");
    expect(codeOf(reply(error("error", "operation-not-supported")))).toBe("not-supported");
    expect(codeOf(reply(error("error", "too-big")))).toBe("too-large");
  });
});
