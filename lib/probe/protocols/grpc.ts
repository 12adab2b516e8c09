/** gRPC: health and reflection. */
import { printable } from "../../error.ts";
import { ProbeError } from "../error.ts";
import { type Channel, openChannel } from "../grpc/channel.ts";
import type { GrpcOptions, GrpcResult } from "../grpc/types.ts";
import { warmUpGrpc } from "../grpc/warm_up.ts";
import { checkHealth } from "../protos/health.ts";
import { REFLECTIONS } from "../protos/reflection.ts";
import type { Attempt, Protocol } from "../types.ts";

/** gRPC has no port of its own; the one that its examples use. */
const PORT = 50051;

/** gRPC. */
export const grpc: Protocol<GrpcOptions, GrpcResult> = {
  name: "grpc",
  title: "Ask a gRPC server for its health, or by reflection for its services",
  defaultPort: PORT,
  async prepare(options) {
    // The messages' code is generated when it is first used, which is no peer's time.
    for (const { method } of REFLECTIONS) method.decode(method.encode({ list_services: "" }));
    await warmUpGrpc(options);
  },
  async open(target, options, attempt) {
    const channel = await openChannel(target, PORT, options, attempt);
    return {
      get reusable() {
        return channel.alive;
      },
      async request(attempt): Promise<GrpcResult> {
        if (options.operation === "list") {
          return { ...channel.info, reflection: await listServices(channel, attempt) };
        }
        const { service } = options;
        const { status = "UNKNOWN" } = await channel.ask(checkHealth, { service }, attempt);
        return { ...channel.info, health: { service, status } };
      },
      [Symbol.asyncDispose]() {
        channel.close();
        return Promise.resolve();
      },
    };
  },
  judge({ health }) {
    if (health === undefined || health.status === "SERVING") return undefined;
    const what = health.service === "" ? "the server" : printable(health.service);
    return new ProbeError("remote-error", `${what} is ${printable(health.status)}, not SERVING`);
  },
};

type Reflection = NonNullable<GrpcResult["reflection"]>;

/** By the newest version of reflection that the server has. */
async function listServices(channel: Channel, attempt: Attempt): Promise<Reflection> {
  const [newest, older] = REFLECTIONS;
  try {
    return await listBy(channel, newest!, attempt);
  } catch (error) {
    if (!(error instanceof ProbeError) || error.code !== "not-supported") throw error;
    return await listBy(channel, older!, attempt);
  }
}

async function listBy(
  channel: Channel,
  { version, method }: typeof REFLECTIONS[number],
  attempt: Attempt,
): Promise<Reflection> {
  const answer = await channel.ask(method, { list_services: "*" }, attempt);
  const { list_services_response: list, error_response: error } = answer;
  if (error !== undefined) {
    const { error_code = 0, error_message = "" } = error;
    throw new ProbeError("remote-error", `reflection: ${error_code} ${printable(error_message)}`);
  }
  const services = (list?.service ?? []).flatMap(({ name }) => name === undefined ? [] : [name]);
  return { version, services: services.sort() };
}
