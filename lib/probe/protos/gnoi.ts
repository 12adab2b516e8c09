/**
 * gNOI's system service: ping, traceroute, time. Source: system/system.proto and types/types.proto of
 * github.com/openconfig/gnoi.
 */
import { type Declaration, type Field, service } from "./services.ts";

/** What a device shall ping; times in nanoseconds. */
export interface PingRequest {
  readonly destination: string;
  readonly source?: string;
  readonly count: number;
  readonly interval?: number;
  readonly wait?: number;
  readonly size?: number;
  readonly do_not_fragment?: boolean;
  readonly l3protocol?: string;
  readonly network_instance?: string;
}

/** One echo, or at the end their summary; times in nanoseconds, as text. */
export interface PingResponse {
  readonly source?: string;
  readonly time?: string;
  readonly sent?: number;
  readonly received?: number;
  readonly min_time?: string;
  readonly avg_time?: string;
  readonly max_time?: string;
  readonly std_dev?: string;
  readonly bytes?: number;
  readonly sequence?: number;
  readonly ttl?: number;
}

/** Which way a device shall trace; the wait in nanoseconds. */
export interface TracerouteRequest {
  readonly source?: string;
  readonly destination: string;
  readonly max_ttl?: number;
  readonly wait?: number;
  readonly l3protocol?: string;
  readonly do_not_lookup_asn: boolean;
  readonly network_instance?: string;
}

/** The head of a trace, or one hop's answer; the time in nanoseconds, as text. */
export interface TracerouteResponse {
  readonly destination_name?: string;
  readonly destination_address?: string;
  readonly hops?: number;
  readonly packet_size?: number;
  readonly hop?: number;
  readonly address?: string;
  readonly name?: string;
  readonly rtt?: string;
  readonly state?: string;
}

/** A device's clock: nanoseconds since 1970, as text. */
export interface TimeResponse {
  readonly time?: string;
}

const fields = (
  list: Readonly<Record<string, readonly [type: string, id: number]>>,
): Declaration => ({
  fields: Object.fromEntries(
    Object.entries(list).map(([name, [type, id]]): [string, Field] => [name, { type, id }]),
  ),
});

const system = service({
  "gnoi.types": { L3Protocol: { values: { UNSPECIFIED: 0, IPV4: 1, IPV6: 2 } } },
  "gnoi.system": {
    PingRequest: fields({
      destination: ["string", 1],
      source: ["string", 2],
      count: ["int32", 3],
      interval: ["int64", 4],
      wait: ["int64", 5],
      size: ["int32", 6],
      do_not_fragment: ["bool", 7],
      do_not_resolve: ["bool", 8],
      l3protocol: ["gnoi.types.L3Protocol", 9],
      network_instance: ["string", 10],
    }),
    PingResponse: fields({
      source: ["string", 1],
      time: ["int64", 2],
      sent: ["int32", 3],
      received: ["int32", 4],
      min_time: ["int64", 5],
      avg_time: ["int64", 6],
      max_time: ["int64", 7],
      std_dev: ["int64", 8],
      bytes: ["int32", 11],
      sequence: ["int32", 12],
      ttl: ["int32", 13],
    }),
    TracerouteRequest: fields({
      source: ["string", 1],
      destination: ["string", 2],
      initial_ttl: ["uint32", 3],
      max_ttl: ["int32", 4],
      wait: ["int64", 5],
      do_not_fragment: ["bool", 6],
      do_not_resolve: ["bool", 7],
      l3protocol: ["gnoi.types.L3Protocol", 8],
      do_not_lookup_asn: ["bool", 10],
      network_instance: ["string", 11],
    }),
    TracerouteResponse: {
      ...fields({
        destination_name: ["string", 1],
        destination_address: ["string", 2],
        hops: ["int32", 3],
        packet_size: ["int32", 4],
        hop: ["int32", 5],
        address: ["string", 6],
        name: ["string", 7],
        rtt: ["int64", 8],
        state: ["State", 9],
      }) as Extract<Declaration, { fields: unknown }>,
      nested: {
        State: {
          values: {
            DEFAULT: 0,
            NONE: 1,
            UNKNOWN: 2,
            ICMP: 3,
            HOST_UNREACHABLE: 4,
            NETWORK_UNREACHABLE: 5,
            PROTOCOL_UNREACHABLE: 6,
            SOURCE_ROUTE_FAILED: 7,
            FRAGMENTATION_NEEDED: 8,
            PROHIBITED: 9,
            PRECEDENCE_VIOLATION: 10,
            PRECEDENCE_CUTOFF: 11,
          },
        },
      },
    },
    TimeRequest: fields({}),
    TimeResponse: fields({ time: ["uint64", 1] }),
    System: {
      methods: {
        Ping: { requestType: "PingRequest", responseType: "PingResponse", responseStream: true },
        Traceroute: {
          requestType: "TracerouteRequest",
          responseType: "TracerouteResponse",
          responseStream: true,
        },
        Time: { requestType: "TimeRequest", responseType: "TimeResponse" },
      },
    },
  },
}, "gnoi.system.System");

/** The methods. */
export const GNOI = {
  ping: system<PingRequest, PingResponse>("Ping"),
  traceroute: system<TracerouteRequest, TracerouteResponse>("Traceroute"),
  time: system<Record<never, never>, TimeResponse>("Time"),
};
