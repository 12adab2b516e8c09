/** Names with several addresses, and attempts that end while something is waited for. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { ProbeError, type ProbeErrorCode } from "../../lib/probe/error.ts";
import { startPhases } from "../../lib/probe/phases.ts";
import { overAddresses, resolveAll, withinAttempt } from "../../lib/probe/socket.ts";

function attempt(signal = AbortSignal.timeout(5000)) {
  return { signal, clock: startPhases(), timeoutMs: 5000 };
}

describe("resolveAll", () => {
  it("gives an address as it is, without a phase", async () => {
    const own = attempt();
    expect(await resolveAll("2001:db8::1", own)).toEqual(["2001:db8::1"]);
    expect(own.clock.phases).toEqual({});
  });

  it("gives all addresses of a name, each once", async () => {
    const own = attempt();
    const found = await resolveAll("localhost", own);
    expect(new Set(found).size).toBe(found.length);
    expect(found.every((address) => address === "::1" || address.startsWith("127."))).toBe(true);
    expect(Object.keys(own.clock.phases)).toEqual(["resolveMs"]);
  });

  it("says that a name does not exist", async () => {
    const { code } = await resolveAll("no-such-host.invalid", attempt()).catch((error) => error);
    expect(code).toBe("dns-nxdomain");
  });
});

describe("overAddresses", () => {
  for (
    const [code, goesOn] of [
      ["refused", true],
      ["unreachable", true],
      ["timeout", false],
      ["reset", false],
    ] as readonly (readonly [ProbeErrorCode, boolean])[]
  ) {
    it(`${goesOn ? "tries the next address" : "stops"} after ${code}`, async () => {
      const addresses = await resolveAll("localhost", attempt());
      const tried: string[] = [];
      const found = await overAddresses("localhost", attempt(), (address) => {
        tried.push(address);
        return Promise.reject(new ProbeError(code, address));
      }).catch((error) => error);
      expect(found.code).toBe(code);
      expect(tried).toEqual(goesOn ? addresses : addresses.slice(0, 1));
    });
  }

  it("tries an address alone", async () => {
    const tried: string[] = [];
    await overAddresses("192.0.2.1", attempt(), (address) => Promise.resolve(tried.push(address)));
    expect(tried).toEqual(["192.0.2.1"]);
  });
});

describe("withinAttempt", () => {
  it("undoes what was started, and tells the reason of the signal", async () => {
    const controller = new AbortController();
    const reason = new ProbeError("timeout", "too late");
    let undone = 0;
    const waiting = withinAttempt(attempt(controller.signal), () => () => void undone++);
    controller.abort(reason);
    expect(await waiting.catch((error) => error)).toBe(reason);
    expect(undone).toBe(1);
  });

  it("starts nothing after the end", async () => {
    const controller = new AbortController();
    controller.abort("for another reason");
    let started = 0;
    const waiting = withinAttempt(attempt(controller.signal), () => () => void started++);
    const { code } = await waiting.catch((error) => error) as ProbeError;
    expect([code, started]).toEqual(["cancelled", 0]);
  });

  it("leaves the signal alone once it is settled", async () => {
    const controller = new AbortController();
    let undone = 0;
    const value = await withinAttempt<number>(attempt(controller.signal), (resolve) => {
      resolve(7);
      return () => void undone++;
    });
    controller.abort();
    expect([value, undone]).toEqual([7, 0]);
  });
});
