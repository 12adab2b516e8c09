import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { createSflowDecoder } from "../../../lib/probe/listen/mod.ts";
import { decodePacket } from "../../../lib/probe/listen/sflow/_header.ts";
import { fuzz } from "./_fuzz.ts";
import { hex, ip, pack, PEER } from "./_packets.ts";

const MACS = hex("001122334455 66778899aabb");
const TCP = pack([443, 2], [51000, 2], [1, 4], [2, 4], [0x5012, 2], [1024, 2], [0, 4]);
const IPV4 = pack(
  hex("4500 0034 0000 4000 40 06 0000"),
  ip("192.0.2.1"),
  ip("198.51.100.7"),
  TCP,
);
const IPV6 = pack(
  hex("60012345 0014 00 40 20010db8000000000000000000000001 20010db8000000000000000000000002"),
  // Hop-by-hop options before UDP.
  hex("11 00 000000000000"),
  [53, 2],
  [5353, 2],
  [12, 2],
  [0, 2],
);
const FRAME = pack(MACS, hex("8100 0064 0800"), IPV4);

function part(tag: number, content: Uint8Array): Uint8Array {
  return pack([tag, 4], [content.length, 4], content);
}

function datagram(...samples: readonly Uint8Array[]): Uint8Array {
  return pack(
    [5, 4],
    [1, 4],
    ip("192.0.2.254"),
    [3, 4],
    [99, 4],
    [60_000, 4],
    [samples.length, 4],
    ...samples,
  );
}

const HEADER = part(1, pack([1, 4], [1500, 4], [4, 4], [FRAME.length, 4], FRAME, [0, 2]));
const SWITCH = part(1001, pack([100, 4], [0, 4], [200, 4], [1, 4]));
const FLOW = part(
  1,
  pack(
    [11, 4],
    [0x00000005, 4],
    [512, 4],
    [5120, 4],
    [1, 4],
    [5, 4],
    [6, 4],
    [2, 4],
    HEADER,
    SWITCH,
  ),
);
const COUNTERS = part(
  1,
  pack(
    [5, 4],
    [6, 4],
    [10_000_000_000n, 8],
    [1, 4],
    [3, 4],
    [2n ** 40n, 8],
    ...Array.from({ length: 6 }, (_, i) => [i, 4] as const),
    [77, 8],
    ...Array.from({ length: 6 }, (_, i) => [i + 10, 4] as const),
  ),
);
const COUNTER_SAMPLE = part(
  2,
  pack([12, 4], [5, 4], [2, 4], COUNTERS, part(0x00abc00f, hex("0102"))),
);

describe("sFlow v5", () => {
  it("has flow samples whose header is decoded to addresses and ports", () => {
    const { head, records } = createSflowDecoder().decode(datagram(FLOW), PEER);
    expect(head).toEqual({
      format: "sflow5",
      agent: "192.0.2.254",
      subAgent: 3,
      sequence: 99,
      sysUpTimeMs: 60_000,
    });
    expect(records).toEqual([{
      record: "flow",
      sampleSequence: 11,
      sourceType: 0,
      sourceIndex: 5,
      samplingRate: 512,
      samplePool: 5120,
      sampleDrops: 1,
      ingressInterface: 5,
      egressInterface: 6,
      frameLength: 1500,
      strippedBytes: 4,
      headerProtocol: 1,
      destinationMacAddress: "00:11:22:33:44:55",
      sourceMacAddress: "66:77:88:99:aa:bb",
      vlanId: 100,
      ethernetType: 0x0800,
      ipVersion: 4,
      ipClassOfService: 0,
      ipTotalLength: 52,
      ipTTL: 64,
      protocolIdentifier: 6,
      sourceIPv4Address: "192.0.2.1",
      destinationIPv4Address: "198.51.100.7",
      tcpControlBits: 0x12,
      sourceTransportPort: 443,
      destinationTransportPort: 51000,
      dot1qPriority: 0,
      postVlanId: 200,
      postDot1qPriority: 1,
    }]);
  });

  it("has counter samples, and shows what it does not know", () => {
    const decoder = createSflowDecoder();
    const { records } = decoder.decode(datagram(COUNTER_SAMPLE), PEER);
    expect(records[0]).toMatchObject({
      record: "counters",
      ifIndex: 5,
      ifType: 6,
      ifSpeed: 10_000_000_000,
      ifStatus: 3,
      ifInOctets: 2 ** 40,
      ifOutOctets: 77,
      ifPromiscuousMode: 15,
      others: [{ enterprise: 0xabc, type: 15, hex: "0102" }],
    });
    expect(decoder.counts()).toMatchObject({ flowSamples: 0, counterSamples: 1 });
  });

  it("has expanded samples for large numbers", () => {
    const expanded = part(
      3,
      pack([1, 4], [0, 4], [70_000, 4], [1, 4], [1, 4], [0, 4], [0, 4], [70_000, 4], [1, 4], [
        256,
        4,
      ], [
        0,
        4,
      ]),
    );
    const { records } = createSflowDecoder().decode(datagram(expanded), PEER);
    expect(records[0]).toMatchObject({
      sourceIndex: 70_000,
      ingressInterface: 70_000,
      egressInterfaceDropped: 256,
    });
  });

  it("looks through tags, extension headers, labels and fragments", () => {
    expect(decodePacket(pack(MACS, hex("86dd"), IPV6), 1)).toMatchObject({
      sourceIPv6Address: "2001:db8::1",
      destinationIPv6Address: "2001:db8::2",
      flowLabelIPv6: 0x12345,
      protocolIdentifier: 17,
      sourceTransportPort: 53,
      destinationTransportPort: 5353,
    });
    expect(decodePacket(pack(MACS, hex("8847 00010040 00020140"), IPV4), 1)).toMatchObject({
      mplsTopLabel: 16,
      destinationIPv4Address: "198.51.100.7",
    });
    expect(decodePacket(pack(MACS, hex("88a8 0007 8100 0008 0800"), IPV4), 1).vlanId).toBe(7);
    const fragment = IPV4.slice();
    fragment[7] = 9;
    expect(decodePacket(fragment, 11).sourceTransportPort).toBeUndefined();
    expect(decodePacket(fragment, 11).sourceIPv4Address).toBe("192.0.2.1");
    expect(decodePacket(IPV4.subarray(0, 10), 11)).toEqual({});
  });

  it("is refused when it is cut short or of another version", () => {
    const decoder = createSflowDecoder();
    expect(() => decoder.decode(datagram(FLOW).subarray(0, 60), PEER)).toThrow("cut short");
    expect(() => decoder.decode(pack([4, 4], [1, 4]), PEER)).toThrow("A version other than 5");
  });

  it("survives noise", () => {
    const found = fuzz(createSflowDecoder, [
      datagram(FLOW, COUNTER_SAMPLE),
      datagram(COUNTER_SAMPLE, FLOW),
    ]);
    expect(found.refused).toBeGreaterThan(2000);
    expect(found.records).toBeGreaterThan(2000);
  });
});
