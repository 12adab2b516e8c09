import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { parseXml } from "../../../lib/probe/netconf/xml.ts";
import {
  compareTables,
  countStates,
  type InterfaceValues,
  readTree,
} from "../../../lib/probe/rfc8343/mod.ts";

function table(values: InterfaceValues) {
  return { atMs: 0, interfaces: new Map([["e0", values]]) };
}

function stateOf(node: string, before: string, yang: string, after = before): string {
  const readings = [before, yang, after].map((value) => table({ [node]: value }));
  const [only] = compareTables({
    before: readings[0]!,
    yang: readings[1]!,
    after: readings[2]!,
  })[0]!.cells;
  return only!.state;
}

describe("comparing interfaces", () => {
  it("lets counters move forwards, past their end too, and not further than SNMP saw", () => {
    expect(stateOf("in-octets", "10", "10", "20")).toBe("equal");
    expect(stateOf("in-octets", "10", "15", "20")).toBe("moved");
    expect(stateOf("in-octets", "10", "20", "20")).toBe("moved");
    expect(stateOf("in-octets", "10", "21", "20")).toBe("differing");
    expect(stateOf("in-octets", "10", "9", "20")).toBe("differing");
    expect(stateOf("in-octets", "18446744073709551610", "3", "5")).toBe("moved");
    expect(stateOf("in-errors", "4294967290", "3", "5")).toBe("moved");
    expect(stateOf("in-octets", "4294967290", "3", "5")).toBe("differing");
  });

  it("compares times within two seconds and speeds within half a million", () => {
    expect(stateOf("last-change", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.900Z")).toBe(
      "equal",
    );
    expect(stateOf("last-change", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:03.000Z")).toBe(
      "differing",
    );
    expect(stateOf("speed", "10000000000", "10000000400")).toBe("equal");
    expect(stateOf("speed", "64000", "64001")).toBe("differing");
  });

  it("counts states", () => {
    const compared = compareTables({
      before: table({ name: "e0", type: "other" }),
      yang: table({ name: "e0", description: "x" }),
      after: table({}),
    });
    expect(countStates(compared)).toEqual({
      equal: 1,
      moved: 0,
      differing: 0,
      "missing-snmp": 1,
      "missing-yang": 1,
    });
  });
});

describe("reading YANG's interfaces", () => {
  it("takes XML of ietf-interfaces, with the state of RFC 7223 beside it", () => {
    const xml = parseXml(
      `<data><interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces"><interface>` +
        `<name>e0</name><description>up</description>` +
        `<type xmlns:x="urn:ietf:params:xml:ns:yang:iana-if-type">x:ethernetCsmacd</type>` +
        `</interface></interfaces><interfaces-state><interface><name>e0</name>` +
        `<phys-address>AA:BB:CC:00:00:01</phys-address><higher-layer-if>e2</higher-layer-if>` +
        `<higher-layer-if>e1</higher-layer-if><last-change>2026-01-01T01:00:00+01:00</last-change>` +
        `<statistics><in-octets>7</in-octets></statistics></interface></interfaces-state></data>`,
    ).data;
    expect(readTree(xml, "ietf", 0).interfaces.get("e0")).toEqual({
      name: "e0",
      description: "up",
      type: "ethernetCsmacd",
      "phys-address": "aa:bb:cc:00:00:01",
      "higher-layer-if": "e1,e2",
      "last-change": "2026-01-01T00:00:00.000Z",
      "in-octets": "7",
    });
  });

  it("takes JSON of openconfig-interfaces", () => {
    const json = {
      "openconfig-interfaces:interfaces": {
        interface: [{
          name: "e0",
          state: {
            ifindex: 4,
            "oper-status": "LOWER_LAYER_DOWN",
            "last-change": "1767225600000000000",
            counters: { "in-octets": "9" },
          },
        }],
      },
    };
    expect(readTree(json, "openconfig", 0).interfaces.get("e0")).toEqual({
      name: "e0",
      "if-index": "4",
      "oper-status": "lower-layer-down",
      "last-change": "2026-01-01T00:00:00.000Z",
      "in-octets": "9",
    });
  });

  it("takes anything else for an empty table", () => {
    for (const data of ["", null, 5, [], { interfaces: "" }, { interfaces: { interface: [1] } }]) {
      expect(readTree(data, "ietf", 0).interfaces.size).toBe(0);
    }
  });
});
