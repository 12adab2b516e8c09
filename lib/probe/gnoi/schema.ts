/** Checks what a gNOI probe answers. */
import * as v from "valibot";
import { connectionEntries } from "../grpc/schema.ts";
import type { GnoiResult } from "./types.ts";

const maybe = <Schema extends v.GenericSchema>(schema: Schema) => v.exactOptional(schema);
const Number = v.number();
const Text = v.string();

/** Checks a {@linkcode GnoiResult}. */
export const GnoiResultSchema: v.GenericSchema<unknown, GnoiResult> = v.strictObject({
  ...connectionEntries,
  operation: v.picklist(["time", "ping", "traceroute"]),
  time: maybe(v.strictObject({ time: Text, offsetMs: Number })),
  ping: maybe(v.strictObject({
    destination: Text,
    echoes: v.array(v.strictObject({
      sequence: Number,
      source: Text,
      rttMs: Number,
      bytes: maybe(Number),
      ttl: maybe(Number),
    })),
    sent: maybe(Number),
    received: maybe(Number),
    minMs: maybe(Number),
    avgMs: maybe(Number),
    maxMs: maybe(Number),
    stdDevMs: maybe(Number),
  })),
  traceroute: maybe(v.strictObject({
    destination: Text,
    address: maybe(Text),
    hops: v.array(v.strictObject({
      hop: Number,
      address: maybe(Text),
      name: maybe(Text),
      rttMs: maybe(Number),
      state: maybe(Text),
    })),
  })),
});
