/** gNMI. Source: proto/gnmi/gnmi.proto of github.com/openconfig/gnmi, version 0.10.0. */
import { type Declaration, type Field, service } from "./services.ts";

/** A path. */
export interface GnmiPathMessage {
  /** Whose schema it is in. */
  readonly origin?: string;
  /** Its elements. */
  readonly elem?: readonly {
    readonly name?: string;
    readonly key?: Readonly<Record<string, string>>;
  }[];
  /** Which device is meant, behind a gateway. */
  readonly target?: string;
  /** The form of versions before 0.4.0. */
  readonly element?: readonly string[];
}

/** A value: one of its members, named by `value`. */
export interface TypedValueMessage {
  readonly value?: string;
  readonly string_val?: string;
  readonly int_val?: string;
  readonly uint_val?: string;
  readonly bool_val?: boolean;
  readonly bytes_val?: Uint8Array;
  readonly float_val?: number;
  readonly double_val?: number;
  readonly decimal_val?: { readonly digits?: string; readonly precision?: number };
  readonly leaflist_val?: { readonly element?: readonly TypedValueMessage[] };
  readonly any_val?: { readonly type_url?: string; readonly value?: Uint8Array };
  readonly json_val?: Uint8Array;
  readonly json_ietf_val?: Uint8Array;
  readonly ascii_val?: string;
  readonly proto_bytes?: Uint8Array;
}

/** Changes at one time. */
export interface NotificationMessage {
  /** Nanoseconds since 1970. */
  readonly timestamp?: string;
  readonly prefix?: GnmiPathMessage;
  readonly update?: readonly UpdateMessage[];
  readonly delete?: readonly GnmiPathMessage[];
}

/** A value at a path. */
export interface UpdateMessage {
  readonly path?: GnmiPathMessage;
  readonly val?: TypedValueMessage;
}

/** What a target can do. */
export interface CapabilityResponse {
  readonly supported_models?: readonly {
    readonly name?: string;
    readonly organization?: string;
    readonly version?: string;
  }[];
  readonly supported_encodings?: readonly string[];
  readonly gNMI_version?: string;
}

/** What is read. */
export interface GetRequest {
  readonly prefix?: GnmiPathMessage;
  readonly path: readonly GnmiPathMessage[];
  readonly type: string;
  readonly encoding: string;
}

/** What was read. */
export interface GetResponse {
  readonly notification?: readonly NotificationMessage[];
}

/** What is changed. */
export interface SetRequest {
  readonly prefix?: GnmiPathMessage;
  readonly delete?: readonly GnmiPathMessage[];
  readonly replace?: readonly UpdateMessage[];
  readonly update?: readonly UpdateMessage[];
}

/** What was changed. */
export interface SetResponse {
  readonly response?: readonly { readonly path?: GnmiPathMessage; readonly op?: string }[];
  readonly timestamp?: string;
}

/** A subscription, or the wish for the next answer of a poll. */
export type SubscribeRequest =
  | {
    readonly subscribe: {
      readonly prefix?: GnmiPathMessage;
      readonly mode: string;
      readonly encoding: string;
      readonly updates_only: boolean;
      readonly subscription: readonly {
        readonly path: GnmiPathMessage;
        readonly mode: string;
        /** Nanoseconds. */
        readonly sample_interval?: number;
        /** Nanoseconds. */
        readonly heartbeat_interval?: number;
        readonly suppress_redundant?: boolean;
      }[];
    };
  }
  | { readonly poll: Readonly<Record<never, never>> };

/** Changes, or the word that all there was has been sent. */
export interface SubscribeResponse {
  readonly update?: NotificationMessage;
  readonly sync_response?: boolean;
}

type Fields = Readonly<Record<string, Field>>;
const one = (type: string, id: number): Field => ({ type, id });
const many = (type: string, id: number): Field => ({ rule: "repeated", type, id });
const message = (fields: Fields): Declaration => ({ fields });
const union = (name: string, fields: Fields, others: Fields = {}): Declaration => ({
  fields: { ...others, ...fields },
  oneofs: { [name]: { oneof: Object.keys(fields) } },
});

const gnmi = service({
  "google.protobuf": { Any: message({ type_url: one("string", 1), value: one("bytes", 2) }) },
  gnmi: {
    Notification: message({
      timestamp: one("int64", 1),
      prefix: one("Path", 2),
      update: many("Update", 4),
      delete: many("Path", 5),
    }),
    Update: message({ path: one("Path", 1), val: one("TypedValue", 3) }),
    TypedValue: union("value", {
      string_val: one("string", 1),
      int_val: one("int64", 2),
      uint_val: one("uint64", 3),
      bool_val: one("bool", 4),
      bytes_val: one("bytes", 5),
      float_val: one("float", 6),
      decimal_val: one("Decimal64", 7),
      leaflist_val: one("ScalarArray", 8),
      any_val: one("google.protobuf.Any", 9),
      json_val: one("bytes", 10),
      json_ietf_val: one("bytes", 11),
      ascii_val: one("string", 12),
      proto_bytes: one("bytes", 13),
      double_val: one("double", 14),
    }),
    Path: message({
      element: many("string", 1),
      origin: one("string", 2),
      elem: many("PathElem", 3),
      target: one("string", 4),
    }),
    PathElem: message({
      name: one("string", 1),
      key: { keyType: "string", type: "string", id: 2 },
    }),
    Encoding: { values: { JSON: 0, BYTES: 1, PROTO: 2, ASCII: 3, JSON_IETF: 4 } },
    Decimal64: message({ digits: one("int64", 1), precision: one("uint32", 2) }),
    ScalarArray: message({ element: many("TypedValue", 1) }),
    SubscribeRequest: union("request", {
      subscribe: one("SubscriptionList", 1),
      poll: one("Poll", 3),
    }),
    Poll: message({}),
    SubscribeResponse: union("response", {
      update: one("Notification", 1),
      sync_response: one("bool", 3),
    }),
    ListMode: { values: { STREAM: 0, ONCE: 1, POLL: 2 } },
    SubscriptionList: message({
      prefix: one("Path", 1),
      subscription: many("Subscription", 2),
      mode: one("ListMode", 5),
      encoding: one("Encoding", 8),
      updates_only: one("bool", 9),
    }),
    Subscription: message({
      path: one("Path", 1),
      mode: one("SubscriptionMode", 2),
      sample_interval: one("uint64", 3),
      suppress_redundant: one("bool", 4),
      heartbeat_interval: one("uint64", 5),
    }),
    SubscriptionMode: { values: { TARGET_DEFINED: 0, ON_CHANGE: 1, SAMPLE: 2 } },
    SetRequest: message({
      prefix: one("Path", 1),
      delete: many("Path", 2),
      replace: many("Update", 3),
      update: many("Update", 4),
    }),
    SetResponse: message({ response: many("UpdateResult", 2), timestamp: one("int64", 4) }),
    Operation: { values: { INVALID: 0, DELETE: 1, REPLACE: 2, UPDATE: 3, UNION_REPLACE: 4 } },
    UpdateResult: message({ path: one("Path", 2), op: one("Operation", 4) }),
    DataType: { values: { ALL: 0, CONFIG: 1, STATE: 2, OPERATIONAL: 3 } },
    GetRequest: message({
      prefix: one("Path", 1),
      path: many("Path", 2),
      type: one("DataType", 3),
      encoding: one("Encoding", 5),
    }),
    GetResponse: message({ notification: many("Notification", 1) }),
    CapabilityRequest: message({}),
    CapabilityResponse: message({
      supported_models: many("ModelData", 1),
      supported_encodings: many("Encoding", 2),
      gNMI_version: one("string", 3),
    }),
    ModelData: message({
      name: one("string", 1),
      organization: one("string", 2),
      version: one("string", 3),
    }),
    gNMI: {
      methods: {
        Capabilities: { requestType: "CapabilityRequest", responseType: "CapabilityResponse" },
        Get: { requestType: "GetRequest", responseType: "GetResponse" },
        Set: { requestType: "SetRequest", responseType: "SetResponse" },
        Subscribe: {
          requestType: "SubscribeRequest",
          requestStream: true,
          responseType: "SubscribeResponse",
          responseStream: true,
        },
      },
    },
  },
}, "gnmi.gNMI");

/** The four methods. */
export const GNMI = {
  capabilities: gnmi<Record<never, never>, CapabilityResponse>("Capabilities"),
  get: gnmi<GetRequest, GetResponse>("Get"),
  set: gnmi<SetRequest, SetResponse>("Set"),
  subscribe: gnmi<SubscribeRequest, SubscribeResponse>("Subscribe"),
};
