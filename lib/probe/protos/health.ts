/** Health checks. Source: grpc/health/v1/health.proto of github.com/grpc/grpc-proto. */
import { service } from "./services.ts";

/** What is asked. */
export interface HealthRequest {
  /** A service's name; empty for the whole server. */
  readonly service: string;
}

/** What is answered. */
export interface HealthResponse {
  /** `SERVING`, `NOT_SERVING`, `UNKNOWN`, `SERVICE_UNKNOWN`; absent for `UNKNOWN`, which is 0. */
  readonly status?: string;
}

const health = service({
  "grpc.health.v1": {
    HealthCheckRequest: { fields: { service: { type: "string", id: 1 } } },
    HealthCheckResponse: {
      fields: { status: { type: "ServingStatus", id: 1 } },
      nested: {
        ServingStatus: { values: { UNKNOWN: 0, SERVING: 1, NOT_SERVING: 2, SERVICE_UNKNOWN: 3 } },
      },
    },
    Health: {
      methods: {
        Check: { requestType: "HealthCheckRequest", responseType: "HealthCheckResponse" },
      },
    },
  },
}, "grpc.health.v1.Health");

/** Asks once for a service's health. */
export const checkHealth = health<HealthRequest, HealthResponse>("Check");
