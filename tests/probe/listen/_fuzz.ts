/** Changes packets by a seed and gives them to a decoder. */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { ProbeError } from "../../../lib/probe/error.ts";
import type { Decoder } from "../../../lib/probe/listen/mod.ts";
import { PEER } from "./_packets.ts";

/**
 * Gives a decoder changed packets.
 *
 * @param make Makes the decoder.
 * @param seeds Good packets.
 * @param rounds How many changed ones.
 * @returns How many were decoded, and how many refused.
 * @throws What the decoder throws that is no ProbeError of a bad message.
 */
export function fuzz(make: () => Decoder, seeds: readonly Uint8Array[], rounds = 20_000) {
  const random = xoroshiro128plus(7);
  const below = (limit: number) => (random.next() >>> 0) % limit;
  const decoder = make();
  const found = { decoded: 0, refused: 0, records: 0 };
  for (let round = 0; round < rounds; round++) {
    let packet = seeds[below(seeds.length)]!.slice();
    for (let n = below(5); n > 0; n--) packet[below(packet.length)] = below(256);
    if (below(4) === 0) packet = packet.subarray(0, below(packet.length + 1));
    if (below(8) === 0) {
      const other = seeds[below(seeds.length)]!;
      packet = Uint8Array.from([...packet, ...other.subarray(below(other.length))]);
    }
    try {
      const { records, head } = decoder.decode(packet, PEER);
      for (const record of records) JSON.parse(JSON.stringify({ ...head, ...record }));
      found.decoded++;
      found.records += records.length;
    } catch (error) {
      const expected = error instanceof ProbeError &&
        (error.code === "protocol" || error.code === "auth-failed");
      if (!expected) throw error;
      found.refused++;
    }
  }
  return found;
}
