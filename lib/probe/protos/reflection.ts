/**
 * Reflection. Source: grpc/reflection/v1/reflection.proto and grpc/reflection/v1alpha/reflection.proto
 * of github.com/grpc/grpc-proto; both have the same fields.
 */
import { type Declaration, type GrpcMethod, service } from "./services.ts";

/** What is asked. */
export interface ReflectionRequest {
  /** Asks for all services; the text is not looked at. */
  readonly list_services: string;
}

/** What is answered. */
export interface ReflectionResponse {
  /** The services. */
  readonly list_services_response?: { readonly service?: readonly { readonly name?: string }[] };
  /** Why there is no answer. */
  readonly error_response?: { readonly error_code?: number; readonly error_message?: string };
}

const DECLARATIONS: Readonly<Record<string, Declaration>> = {
  ServerReflectionRequest: {
    fields: { host: { type: "string", id: 1 }, list_services: { type: "string", id: 7 } },
    oneofs: { message_request: { oneof: ["list_services"] } },
  },
  ServerReflectionResponse: {
    fields: {
      valid_host: { type: "string", id: 1 },
      list_services_response: { type: "ListServiceResponse", id: 6 },
      error_response: { type: "ErrorResponse", id: 7 },
    },
    oneofs: { message_response: { oneof: ["list_services_response", "error_response"] } },
  },
  ListServiceResponse: {
    fields: { service: { rule: "repeated", type: "ServiceResponse", id: 1 } },
  },
  ServiceResponse: { fields: { name: { type: "string", id: 1 } } },
  ErrorResponse: {
    fields: {
      error_code: { type: "int32", id: 1 },
      error_message: { type: "string", id: 2 },
    },
  },
  ServerReflection: {
    methods: {
      ServerReflectionInfo: {
        requestType: "ServerReflectionRequest",
        requestStream: true,
        responseType: "ServerReflectionResponse",
        responseStream: true,
      },
    },
  },
};

function reflection(version: string): GrpcMethod<ReflectionRequest, ReflectionResponse> {
  const name = `grpc.reflection.${version}`;
  return service({ [name]: DECLARATIONS }, `${name}.ServerReflection`)("ServerReflectionInfo");
}

/** The versions of reflection, the newer first. */
export const REFLECTIONS: readonly {
  readonly version: "v1" | "v1alpha";
  readonly method: GrpcMethod<ReflectionRequest, ReflectionResponse>;
}[] = [
  { version: "v1", method: reflection("v1") },
  { version: "v1alpha", method: reflection("v1alpha") },
];
