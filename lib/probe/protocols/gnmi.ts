/** gNMI: capabilities, get, set, subscribe. */
import { ProbeError } from "../error.ts";
import { notificationOf } from "../gnmi/notification.ts";
import { formatPath } from "../gnmi/path.ts";
import { subscribe } from "../gnmi/subscribe.ts";
import type { GnmiOptions, GnmiResult, GnmiWrite } from "../gnmi/types.ts";
import { ENCODINGS, type GnmiEncoding, typedOf } from "../gnmi/value.ts";
import { type Channel, openChannel } from "../grpc/channel.ts";
import { warmUpGrpc } from "../grpc/warm_up.ts";
import { GNMI, type GnmiPathMessage } from "../protos/gnmi.ts";
import type { Attempt, Protocol } from "../types.ts";

/** As IANA has it for gnmi-gnoi. */
export const GNMI_PORT = 9339;

/** A notification of an update whose path and value are empty: in both answers it is field 1. */
const NOTHING = Uint8Array.of(0x0a, 0x06, 0x22, 0x04, 0x0a, 0x00, 0x1a, 0x00);

/** gNMI. */
export const gnmi: Protocol<GnmiOptions, GnmiResult> = {
  name: "gnmi",
  title: "Ask a gNMI target: capabilities, get, set, subscribe",
  defaultPort: GNMI_PORT,
  async prepare(options) {
    // The messages' code is generated when it is first used, which is no peer's time.
    const path = { elem: [{ name: "nothing" }] };
    GNMI.get.encode({ path: [path], type: "ALL", encoding: "JSON" });
    const subscription = [{ path, mode: "SAMPLE" }];
    const rest = { mode: "ONCE", encoding: "JSON", updates_only: false };
    GNMI.subscribe.encode({ subscribe: { ...rest, subscription } });
    GNMI.get.decode(NOTHING);
    GNMI.subscribe.decode(NOTHING);
    await warmUpGrpc(options);
  },
  async open(target, options, attempt) {
    const channel = await openChannel(target, GNMI_PORT, options, attempt);
    return {
      get reusable() {
        return channel.alive;
      },
      async request(attempt) {
        const { kind } = options.operation;
        try {
          return { ...channel.info, operation: kind, ...await ask(channel, options, attempt) };
        } catch (error) {
          if (!(error instanceof ProbeError) || error.message.startsWith(target.label)) throw error;
          throw new ProbeError(error.code, `${target.label}: ${error.message}`, error);
        }
      },
      [Symbol.asyncDispose]() {
        channel.close();
        return Promise.resolve();
      },
    };
  },
};

type Answer = Omit<GnmiResult, "tls" | "weak" | "operation">;

async function ask(channel: Channel, options: GnmiOptions, attempt: Attempt): Promise<Answer> {
  const { operation, encoding } = options;
  const prefix = prefixOf(options);
  switch (operation.kind) {
    case "capabilities":
      return { capabilities: await askCapabilities(channel, attempt) };
    case "get": {
      const { notification = [] } = await channel.ask(GNMI.get, {
        ...(prefix === undefined ? {} : { prefix }),
        path: operation.paths,
        type: operation.type.toUpperCase(),
        encoding: ENCODINGS[encoding],
      }, attempt);
      return { notifications: notification.map(notificationOf) };
    }
    case "set":
      return { set: await write(channel, operation.writes, encoding, prefix, attempt) };
    case "subscribe":
      return await subscribe(channel, operation, encoding, prefix, attempt);
  }
}

function prefixOf({ prefix, target }: GnmiOptions): GnmiPathMessage | undefined {
  if (target === undefined) return prefix;
  return { ...prefix, target };
}

async function askCapabilities(
  channel: Channel,
  attempt: Attempt,
): Promise<NonNullable<GnmiResult["capabilities"]>> {
  const { supported_models = [], supported_encodings = [], gNMI_version = "" } = await channel.ask(
    GNMI.capabilities,
    {},
    attempt,
  );
  return {
    version: gNMI_version,
    encodings: supported_encodings,
    models: supported_models.map(({ name = "", organization = "", version = "" }) => ({
      name,
      organization,
      version,
    })),
  };
}

async function write(
  channel: Channel,
  writes: readonly GnmiWrite[],
  encoding: GnmiEncoding,
  prefix: GnmiPathMessage | undefined,
  attempt: Attempt,
): Promise<NonNullable<GnmiResult["set"]>> {
  const updates = (wanted: GnmiWrite["operation"]) =>
    writes.filter(({ operation }) => operation === wanted)
      .map(({ path, json = "null" }) => ({ path, val: typedOf(json, encoding) }));
  const { response = [] } = await channel.ask(GNMI.set, {
    ...(prefix === undefined ? {} : { prefix }),
    delete: writes.filter(({ operation }) => operation === "delete").map(({ path }) => path),
    replace: updates("replace"),
    update: updates("update"),
  }, attempt);
  return response.map(({ path, op = "INVALID" }) => ({
    path: formatPath(path, prefix),
    operation: op,
  }));
}
