import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { createNetflowDecoder } from "../../../lib/probe/listen/mod.ts";
import {
  MAX_FIELDS_IN_ALL,
  MAX_TEMPLATES,
} from "../../../lib/probe/listen/netflow/_template_store.ts";
import { fuzz } from "./_fuzz.ts";
import { hex, ip, ipfix, netflow9, pack, PEER, set, template, utf8 } from "./_packets.ts";

/** Addresses, ports, packets, octets. */
const FLOW = [[8, 4], [12, 4], [7, 2], [11, 2], [4, 1], [2, 4], [1, 8]];
const RECORD = pack(
  ip("192.0.2.10"),
  ip("198.51.100.20"),
  [51234, 2],
  [443, 2],
  [6, 1],
  [12, 4],
  [9000, 8],
);
const SHOWN = {
  sourceIPv4Address: "192.0.2.10",
  destinationIPv4Address: "198.51.100.20",
  sourceTransportPort: 51234,
  destinationTransportPort: 443,
  protocolIdentifier: 6,
  packetDeltaCount: 12,
  octetDeltaCount: 9000,
};

const V5 = pack(
  [5, 2],
  [1, 2],
  [100_000, 4],
  [1_700_000_000, 4],
  [500_000_000, 4],
  [77, 4],
  [0x0102, 2],
  [0x4064, 2],
  ip("10.0.0.1"),
  ip("10.0.0.2"),
  ip("10.0.0.254"),
  [1, 2],
  [2, 2],
  [10, 4],
  [4_000_000_000, 4],
  [90_000, 4],
  [95_000, 4],
  [1024, 2],
  [53, 2],
  [0, 1],
  [0x1b, 1],
  [17, 1],
  [0, 1],
  [64_500, 2],
  [64_501, 2],
  [24, 1],
  [16, 1],
  [0, 2],
);

describe("NetFlow v5", () => {
  it("is decoded under the names of IPFIX", () => {
    const { head, records } = createNetflowDecoder().decode(V5, PEER);
    expect(head).toEqual({
      format: "netflow5",
      domain: 0x0102,
      sequence: 77,
      exportedAt: "2023-11-14T22:13:20.500Z",
      sysUpTimeMs: 100_000,
      samplingInterval: 100,
    });
    expect(records).toEqual([{
      record: "flow",
      template: 5,
      sourceIPv4Address: "10.0.0.1",
      destinationIPv4Address: "10.0.0.2",
      ipNextHopIPv4Address: "10.0.0.254",
      ingressInterface: 1,
      egressInterface: 2,
      packetDeltaCount: 10,
      octetDeltaCount: 4_000_000_000,
      flowStartSysUpTime: 90_000,
      flowEndSysUpTime: 95_000,
      sourceTransportPort: 1024,
      destinationTransportPort: 53,
      tcpControlBits: 0x1b,
      protocolIdentifier: 17,
      ipClassOfService: 0,
      bgpSourceAsNumber: 64_500,
      bgpDestinationAsNumber: 64_501,
      sourceIPv4PrefixLength: 24,
      destinationIPv4PrefixLength: 16,
    }]);
  });

  it("is refused when it has fewer records than it says", () => {
    expect(() => createNetflowDecoder().decode(V5.subarray(0, 60), PEER)).toThrow("cut short");
  });

  it("tells how many flows were lost on the way", () => {
    const decoder = createNetflowDecoder();
    decoder.decode(V5, PEER);
    const later = V5.slice();
    later[19] = 77 + 1 + 30;
    decoder.decode(later, PEER);
    expect(decoder.counts().lostBySequence).toBe(30);
  });
});

describe("NetFlow v9", () => {
  it("is decoded by its template, and padding is left", () => {
    const decoder = createNetflowDecoder();
    const padded = pack(RECORD, RECORD, [0, 2]);
    const { head, records } = decoder.decode(
      netflow9(1, set(0, template(256, FLOW)), set(256, padded)),
      PEER,
    );
    expect(head).toMatchObject({ format: "netflow9", domain: 7, sequence: 1, sysUpTimeMs: 5000 });
    const shown = { record: "flow", template: 256, ...SHOWN };
    expect(records).toEqual([shown, shown]);
  });

  it("counts what comes before its template, and reads what comes after", () => {
    const decoder = createNetflowDecoder();
    expect(decoder.decode(netflow9(1, set(256, RECORD)), PEER).records).toEqual([]);
    expect(decoder.counts().setsWithoutTemplate).toBe(1);
    decoder.decode(netflow9(2, set(0, template(256, FLOW))), PEER);
    expect(decoder.decode(netflow9(3, set(256, RECORD)), PEER).records.length).toBe(1);
    // Another exporter has templates of its own.
    const other = { address: "192.0.2.2", port: 1 };
    expect(decoder.decode(netflow9(3, set(256, RECORD)), other).records).toEqual([]);
    expect(decoder.counts()).toMatchObject({ setsWithoutTemplate: 2, templatesLearned: 1 });
  });

  it("takes a template that changes", () => {
    const decoder = createNetflowDecoder();
    decoder.decode(netflow9(1, set(0, template(256, FLOW))), PEER);
    const data = set(256, pack([1, 4], [2, 4]));
    decoder.decode(netflow9(2, set(0, template(256, [[1, 4], [2, 4]]))), PEER);
    expect(decoder.decode(netflow9(3, data), PEER).records).toEqual([
      { record: "flow", template: 256, octetDeltaCount: 1, packetDeltaCount: 2 },
    ]);
  });

  it("is decoded by options templates, which say what they are about", () => {
    const decoder = createNetflowDecoder();
    const options = pack([257, 2], [4, 2], [8, 2], [1, 2], [4, 2], [34, 2], [4, 2], [35, 2], [
      1,
      2,
    ]);
    const data = set(257, pack([9, 4], [1000, 4], [2, 1], [0, 3]));
    const { records } = decoder.decode(netflow9(1, set(1, options), data), PEER);
    expect(records).toEqual([{
      record: "options",
      template: 257,
      "scope.system": 9,
      samplingInterval: 1000,
      samplingAlgorithm: 2,
    }]);
  });

  it("keeps no more templates than its bound", () => {
    const decoder = createNetflowDecoder();
    for (let id = 256; id < 256 + MAX_TEMPLATES + 10; id++) {
      decoder.decode(netflow9(id, set(0, template(id, FLOW))), PEER);
    }
    expect(decoder.counts().templatesEvicted).toBe(10);
    expect(decoder.decode(netflow9(1, set(256, RECORD)), PEER).records).toEqual([]);
    expect(decoder.decode(netflow9(1, set(266, RECORD)), PEER).records.length).toBe(1);
  });

  it("keeps no more fields than its bound, whoever sends them", () => {
    const decoder = createNetflowDecoder();
    const wide = Array.from({ length: 1000 }, (_, i) => [i + 1, 4]);
    const templates = MAX_FIELDS_IN_ALL / 1000 + 50;
    for (let i = 0; i < templates; i++) {
      const sender = { address: `192.0.2.${i % 100}`, port: 1 };
      const packet = netflow9(i, set(0, template(256 + Math.floor(i / 100), wide)));
      decoder.decode(packet, sender);
    }
    const { templatesLearned, templatesEvicted } = decoder.counts();
    expect(templatesLearned).toBe(templates);
    expect(templatesEvicted).toBeGreaterThanOrEqual(50);
    expect(templatesEvicted).toBeLessThan(templates / 2);
  });

  it("is refused when a template describes records without bytes", () => {
    const decoder = createNetflowDecoder();
    const empty = netflow9(1, set(0, template(256, [[1, 0], [2, 0]])), set(256, RECORD));
    expect(() => decoder.decode(empty, PEER)).toThrow("without bytes");
  });

  it("is refused when a set is shorter than its header, or longer than the datagram", () => {
    const decoder = createNetflowDecoder();
    const short = netflow9(1, pack([256, 2], [3, 2]));
    expect(() => decoder.decode(short, PEER)).toThrow("shorter than its header");
    const long = netflow9(1, pack([256, 2], [400, 2]));
    expect(() => decoder.decode(long, PEER)).toThrow("cut short");
    expect(() => decoder.decode(hex("000b0000"), PEER)).toThrow("A version other than 5, 9 and 10");
  });
});

describe("IPFIX", () => {
  const NAMES = [[82, 0xffff], [8, 4], [12, 4, 29_305], [33, 0xffff, 32_473], [152, 8], [276, 1]];
  const DATA = pack(
    [3, 1],
    utf8("et0"),
    ip("192.0.2.1"),
    ip("192.0.2.9"),
    [255, 1],
    [2, 2],
    [0xbeef, 2],
    [1_700_000_000_123n, 8],
    [1, 1],
  );

  it("has fields that vary, fields of enterprises and the other direction of a flow", () => {
    const decoder = createNetflowDecoder();
    const message = ipfix(5, set(2, template(300, NAMES)), set(300, DATA));
    const { head, records } = decoder.decode(message, PEER);
    expect(head).toEqual({
      format: "ipfix",
      domain: 7,
      sequence: 5,
      exportedAt: "2023-11-14T22:13:20.000Z",
    });
    expect(records).toEqual([{
      record: "flow",
      template: 300,
      interfaceName: "et0",
      sourceIPv4Address: "192.0.2.1",
      reverseDestinationIPv4Address: "192.0.2.9",
      "e32473.33": "beef",
      flowStartMilliseconds: "2023-11-14T22:13:20.123Z",
      dataRecordsReliability: true,
    }]);
  });

  it("withdraws a template", () => {
    const decoder = createNetflowDecoder();
    decoder.decode(ipfix(1, set(2, template(300, FLOW))), PEER);
    decoder.decode(ipfix(1, set(2, pack([300, 2], [0, 2]))), PEER);
    expect(decoder.decode(ipfix(1, set(300, RECORD)), PEER).records).toEqual([]);
    expect(decoder.counts().setsWithoutTemplate).toBe(1);
  });

  it("has options whose scope comes first", () => {
    const decoder = createNetflowDecoder();
    const options = pack([301, 2], [2, 2], [1, 2], [149, 2], [4, 2], [41, 2], [8, 2]);
    const message = ipfix(1, set(3, options), set(301, pack([7, 4], [2n ** 60n, 8])));
    expect(decoder.decode(message, PEER).records).toEqual([{
      record: "options",
      template: 301,
      observationDomainId: 7,
      // Beyond what numbers of JSON hold exactly.
      exportedMessageTotalCount: "1152921504606846976",
    }]);
  });

  it("counts records in its sequence, so that a loss is known", () => {
    const decoder = createNetflowDecoder();
    decoder.decode(ipfix(0, set(2, template(300, FLOW)), set(300, pack(RECORD, RECORD))), PEER);
    decoder.decode(ipfix(2, set(300, RECORD)), PEER);
    expect(decoder.counts().lostBySequence).toBe(0);
    decoder.decode(ipfix(8, set(300, RECORD)), PEER);
    expect(decoder.counts().lostBySequence).toBe(5);
  });

  it("shows an address that has a wrong length as it is, and what varies past the end not at all", () => {
    const decoder = createNetflowDecoder();
    const odd = ipfix(1, set(2, template(300, [[8, 3]])), set(300, hex("010203")));
    expect(decoder.decode(odd, PEER).records[0]!.sourceIPv4Address).toBe("010203");
    const cut = ipfix(1, set(2, template(301, [[82, 0xffff]])), set(301, hex("09 6162")));
    expect(() => decoder.decode(cut, PEER)).toThrow("cut short");
  });

  it("survives noise, and so do the older versions", () => {
    const seeds = [
      V5,
      netflow9(1, set(0, template(256, FLOW)), set(256, pack(RECORD, RECORD))),
      ipfix(5, set(2, template(300, NAMES)), set(300, DATA)),
      ipfix(1, set(3, pack([301, 2], [2, 2], [1, 2], [149, 2], [4, 2], [41, 2], [8, 2]))),
      netflow9(1, set(1, pack([257, 2], [4, 2], [4, 2], [1, 2], [4, 2], [34, 2], [4, 2]))),
    ];
    const found = fuzz(createNetflowDecoder, seeds);
    expect(found.refused).toBeGreaterThan(2000);
    expect(found.records).toBeGreaterThan(2000);
  });
});
