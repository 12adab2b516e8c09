/** Opens an SSH session over a socket of its own: Nagle off, phases apart, host key checked. */
import { Buffer } from "node:buffer";
import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import ssh2 from "./_ssh2.ts";
import { ProbeError } from "../error.ts";
import { connectTcp, toProbeError, withinAttempt } from "../socket.ts";
import type { Attempt, Target } from "../types.ts";
import { offerCertificates } from "./_certificate_exchange.ts";
import { refuseGlobalRequests } from "./_global_requests.ts";
import { checkHostKey, type HostKeyCheck } from "./_host_key_check.ts";
import { gateSocket } from "./_identification.ts";
import { planLogin } from "./_login.ts";
import { SSH_PORT } from "./_patterns.ts";
import { algorithmsFor, weakOnes } from "./algorithms.ts";
import { explain, type Stage } from "./_errors.ts";
import { isCertificateType } from "./certificate.ts";
import { readKnownHosts } from "./known_hosts.ts";
import type { SshAccess, SshInfo } from "./types.ts";

/** How long a closed session may take to say good-bye, in milliseconds. */
const GOODBYE_MS = 250;
/** How much of what follows the version is kept to explain a failed key exchange. */
const OPENING_BYTES = 16_384;

/** An SSH session. */
export interface SshSession extends AsyncDisposable {
  /** ssh2's client, for channels. */
  readonly client: ssh2.Client;
  /** What is known of the session until now. */
  readonly info: SshInfo;
  /** Whether it can still be used. */
  readonly alive: boolean;
  /**
   * Waits for something that happens on the session, and fails when the session or the attempt does.
   *
   * @param attempt The attempt.
   * @param start Starts it.
   */
  during<Value>(
    attempt: Attempt,
    start: (resolve: (value: Value) => void, reject: (error: unknown) => void) => void,
  ): Promise<Value>;
}

/** How far a session is opened. */
export type Until = "banner" | "kex" | "auth";

/**
 * Opens a session; ends the phases `resolveMs`, `connectMs`, `bannerMs`, `kexMs` and `authMs`.
 *
 * @param target The server.
 * @param access Who logs in, whom to trust.
 * @param attempt The attempt.
 * @param until Where to stop.
 * @returns The session, logged in unless it stopped before.
 * @throws {ProbeError} If it does not get there.
 */
export async function openSession(
  target: Target,
  access: SshAccess,
  attempt: Attempt,
  until: Until = "auth",
): Promise<SshSession> {
  const known = readKnownHosts(access.trust.files);
  const socket = await connectTcp(target, SSH_PORT, attempt);
  const session = startSession({ target, access, attempt, until, socket, known });
  try {
    await session.during<void>(attempt, session.whenThere);
    return session;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

interface Start {
  readonly target: Target;
  readonly access: SshAccess;
  readonly attempt: Attempt;
  readonly until: Until;
  readonly socket: Socket;
  readonly known: ReturnType<typeof readKnownHosts>;
}

interface StartedSession extends SshSession {
  whenThere(resolve: () => void): void;
}

function startSession({ target, access, attempt, until, socket, known }: Start): StartedSession {
  const client = new ssh2.Client();
  const port = target.port ?? SSH_PORT;
  const offer = algorithmsFor(access.legacy, known, target.host, port);
  const login = planLogin(access.login, access.legacy, until !== "auth");
  const waiting = new Set<(error: ProbeError) => void>();
  let stage: Stage = "banner";
  let info: SshInfo = { banner: "", software: "", weak: [] };
  let failure: ProbeError | undefined;
  let check: HostKeyCheck | undefined;
  let opening = Buffer.alloc(0);
  let arrived = () => {};

  function fail(error: ProbeError): void {
    failure ??= error;
    for (const reject of [...waiting]) reject(failure);
    socket.destroy();
  }
  function reach(next: Stage, phase: "bannerMs" | "kexMs" | "authMs", last: Until): void {
    attempt.clock.end(phase);
    stage = next;
    if (until === last) arrived();
  }

  const gate = gateSocket(socket, {
    identified(found) {
      info = { ...info, ...found };
      reach("kex", "bannerMs", "banner");
    },
    failed: fail,
  });
  gate.on("data", (chunk: Buffer) => {
    if (stage === "kex" && opening.length < OPENING_BYTES) {
      opening = Buffer.concat([opening, chunk]);
    }
  });
  client.on("error", (error: Error & { level?: string }) => {
    // A key that can't sign is only one of several ways in; the others are still tried.
    if (error.level === "agent" || isSigning(error)) return login.note(error.message);
    const at = { label: target.label, stage, legacy: access.legacy, opening, info };
    fail(check?.error ?? explain(error, at, login));
  });
  client.on("banner", (message) => info = { ...info, message });
  client.on("handshake", (negotiated) => {
    if (stage !== "kex") return;
    try {
      info = { ...info, ...agreed(negotiated, check!) };
      info = { ...info, hostKey: check!.accept() };
    } catch (error) {
      return fail(toProbeError(error, target.label));
    }
    reach("auth", "kexMs", "kex");
  });
  client.on("ready", () => {
    const weak = login.usedSha1() ? weakOnes([...info.weak, "ssh-rsa"]) : info.weak;
    info = { ...info, weak, auth: { user: access.login.user, ...login.current() } };
    reach("ready", "authMs", "auth");
  });
  (client as EventEmitter).on("change password", () => {
    const said = `${target.label} wants a new password of ${access.login.user}`;
    fail(new ProbeError("auth-failed", said));
  });
  client.on("close", () => {
    const at = { label: target.label, stage, legacy: access.legacy, opening, info };
    fail(check?.error ?? explain(undefined, at, login));
  });
  if (until === "banner") {
    gate.resume();
  } else {
    client.connect({
      sock: gate,
      username: access.login.user,
      // The attempt has the only clock.
      readyTimeout: 0,
      algorithms: {
        ...offer,
        serverHostKey: offer.serverHostKey.filter((name) => !isCertificateType(name)),
      } as unknown as ssh2.Algorithms,
      authHandler: login.handler,
      hostVerifier: (blob: Buffer) => {
        check = checkHostKey(access.trust, known, target, port, blob);
        return check.error === undefined;
      },
    });
    refuseGlobalRequests(client);
    if (offer.serverHostKey.some(isCertificateType)) offerCertificates(client, offer);
  }

  return {
    client,
    get info() {
      return info;
    },
    get alive() {
      return failure === undefined && stage === "ready";
    },
    whenThere: (resolve) => void (arrived = resolve),
    during<Value>(
      current: Attempt,
      start: (resolve: (value: Value) => void, reject: (error: unknown) => void) => void,
    ) {
      let stop = () => {};
      return withinAttempt<Value>(current, (resolve, reject) => {
        if (failure !== undefined) reject(failure);
        waiting.add(reject);
        stop = () => waiting.delete(reject);
        start(resolve, reject);
        return () => {
          stop();
          fail(toProbeError(current.signal.reason, target.label));
        };
      }).finally(() => stop());
    },
    async [Symbol.asyncDispose]() {
      failure ??= new ProbeError("closed", "The session is closed");
      if (stage === "auth" || stage === "ready") await sayGoodbye(client, socket);
      socket.destroy();
    },
  };
}

function isSigning({ level, message }: Error & { level?: string }): boolean {
  return level === "client-authentication" && /^Error.*signing/.test(message);
}

/** Ends a session as the protocol wants it, and does not wait long for the other side. */
async function sayGoodbye(client: ssh2.Client, socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, GOODBYE_MS);
    socket.once("close", () => {
      clearTimeout(timer);
      done();
    });
    client.end();
  });
}

function agreed(
  negotiated: ssh2.NegotiatedAlgorithms,
  check: HostKeyCheck,
): Pick<SshInfo, "negotiated" | "weak"> {
  const { kex, cs, sc } = negotiated;
  // ssh2 was told the certificate's plain algorithm.
  const { serverHostKey } = negotiated as unknown as { serverHostKey: string };
  const weak = weakOnes([kex, serverHostKey, cs.cipher, sc.cipher, cs.mac, sc.mac]);
  return {
    negotiated: {
      kex,
      hostKey: check.algorithm(serverHostKey),
      cipher: sc.cipher,
      ...(sc.mac === "" ? {} : { mac: sc.mac }),
    },
    weak,
  };
}
