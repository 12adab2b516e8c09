/**
 * Services of gRPC, made of descriptors in the form of protobuf.js.
 *
 * The files of this folder hold field numbers and names of the public specifications, each with its
 * source; only what versus asks and reads is there, and a peer's other fields are skipped.
 */
import { Buffer } from "node:buffer";
import { fromJSON, type MethodDefinition, type Options } from "@grpc/proto-loader";

/** A message's field, as protobuf.js writes it. */
export interface Field {
  /** A type of protobuf, a message or an enumeration. */
  readonly type: string;
  /** Its number. */
  readonly id: number;
  /** Whether there may be several. */
  readonly rule?: "repeated";
  /** Of a map. */
  readonly keyType?: string;
}

/** A message, an enumeration or a service. */
export type Declaration =
  | {
    readonly fields: Readonly<Record<string, Field>>;
    readonly oneofs?: Readonly<Record<string, { readonly oneof: readonly string[] }>>;
    readonly nested?: Readonly<Record<string, Declaration>>;
  }
  | { readonly values: Readonly<Record<string, number>> }
  | {
    readonly methods: Readonly<
      Record<string, {
        readonly requestType: string;
        readonly responseType: string;
        readonly requestStream?: boolean;
        readonly responseStream?: boolean;
      }>
    >;
  };

/** Declarations by package: `{ "grpc.health.v1": {...} }`. */
export type Packages = Readonly<Record<string, Readonly<Record<string, Declaration>>>>;

/** One method: its path, and how messages are written and read. */
export interface GrpcMethod<Request, Response> {
  /** `/grpc.health.v1.Health/Check` */
  readonly path: string;
  /** Writes a request. */
  encode(request: Request): Uint8Array;
  /**
   * Reads an answer: names as in the specification, 64-bit numbers as text, enumerations by name.
   *
   * @throws {Error} If the bytes are no such message.
   */
  decode(bytes: Uint8Array): Response;
}

const OPTIONS: Options = {
  keepCase: true,
  longs: String,
  enums: String,
  bytes: Buffer as unknown as NonNullable<Options["bytes"]>,
  oneofs: true,
};

interface Tree {
  nested: Record<string, Tree | Declaration>;
}

/**
 * Makes the methods of a service.
 *
 * @param packages What it is declared by.
 * @param service Its full name: `grpc.health.v1.Health`.
 * @returns A function that finds a method by its name.
 */
export function service(
  packages: Packages,
  service: string,
): <Request, Response>(method: string) => GrpcMethod<Request, Response> {
  let found: Record<string, MethodDefinition<object, object>> | undefined;
  // Made when it is first asked for: loading a protocol costs nothing of this.
  const methods = () =>
    found ??= fromJSON(treeOf(packages) as never, OPTIONS)[service] as typeof found & object;
  return <Request, Response>(name: string) => {
    let method: MethodDefinition<object, object> | undefined;
    const definition = () => method ??= methods()[name]!;
    return {
      path: `/${service}/${name}`,
      encode: (request: Request) => definition().requestSerialize(request as object),
      decode: (bytes: Uint8Array) =>
        definition().responseDeserialize(Buffer.from(bytes)) as Response,
    };
  };
}

/** protobuf.js wants a level for each part of a package's name. */
function treeOf(packages: Packages): Tree {
  const root: Tree = { nested: {} };
  for (const [name, declarations] of Object.entries(packages)) {
    let at = root;
    for (const part of name.split(".")) at = (at.nested[part] ??= { nested: {} }) as Tree;
    Object.assign(at.nested, declarations);
  }
  return root;
}
