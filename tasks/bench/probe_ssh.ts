/** The SSH probe beside OpenSSH's client: from connecting to a command's exit code. */
import { join } from "node:path";
import { startServer } from "../../lib/probe/lab/start.ts";
import { labUser } from "../../lib/probe/lab/_sshd.ts";
import { sshd } from "../../lib/probe/lab/sshd.ts";
import { startPhases } from "../../lib/probe/phases.ts";
import { ssh } from "../../lib/probe/protocols/ssh.ts";
import { loadKey } from "../../lib/probe/ssh/key_file.ts";
import type { SshOptions, SshResult } from "../../lib/probe/ssh/types.ts";
import type { Attempt, Connection } from "../../lib/probe/types.ts";
import { type Launcher, openLauncher } from "../../lib/process/mod.ts";
import { blockOrder, comparePaired, summarise } from "../../lib/stats/mod.ts";

/** What both agree on with the server. */
const KEX = "curve25519-sha256";
const CIPHER = "aes128-gcm@openssh.com";
const COMMAND = "true";
const NAMES = ["versus", "ssh", "ssh -V"] as const;

function attempt(): Attempt {
  const timeoutMs = 10_000;
  return { signal: AbortSignal.timeout(timeoutMs), clock: startPhases(), timeoutMs };
}

function check({ negotiated, command }: SshResult): void {
  if (command?.exitCode !== 0) throw new Error(`The command ended with ${command?.exitCode}`);
  if (negotiated?.kex !== KEX || negotiated.cipher !== CIPHER) {
    throw new Error(`Agreed on ${negotiated?.kex} and ${negotiated?.cipher}`);
  }
}

async function ask(connection: Connection<SshResult>, at: Attempt): Promise<number> {
  check(await connection.request(at));
  return at.clock.totalMs() / 1000;
}

/**
 * Measures, and prints the ratio of the probe's total to the client's wall time less that of
 * `ssh -V`, by pairs of the same block.
 *
 * @param blocks How many times each.
 */
export async function benchProbeSsh(blocks = 40): Promise<void> {
  await using server = await startServer(sshd);
  await using launcher = await openLauncher();
  const port = server.ports["ssh"]!;
  const file = (name: string) => join(server.folder, name);
  const target = { label: `127.0.0.1:${port}`, host: "127.0.0.1", port, variables: {} };
  const options: SshOptions = {
    login: { user: labUser(), keys: [loadKey(file("id"))] },
    trust: { files: [file("known_hosts")], acceptNew: false },
    legacy: false,
    until: "auth",
    command: COMMAND,
    expectExit: 0,
    maxOutputBytes: 1_000_000,
  };
  const client = [
    ...["-F", "/dev/null", "-p", String(port), "-i", file("id"), "-o", "IdentitiesOnly=yes"],
    ...["-o", "BatchMode=yes", "-o", `UserKnownHostsFile=${file("known_hosts")}`],
    ...["-o", "StrictHostKeyChecking=yes", "-o", `KexAlgorithms=${KEX}`, "-o", `Ciphers=${CIPHER}`],
    ...["-o", "HostKeyAlgorithms=ssh-ed25519", `${labUser()}@127.0.0.1`, COMMAND],
  ];
  async function probe(): Promise<number> {
    const at = attempt();
    await using connection = await ssh.open(target, options, at);
    return await ask(connection, at);
  }
  const contenders = [
    probe,
    () => wall(launcher, ["ssh", ...client]),
    () => wall(launcher, ["ssh", "-V"]),
  ];
  const times = NAMES.map((): number[] => []);
  for (let block = -1; block < blocks; block++) {
    for (const index of blockOrder(contenders.length, Math.max(0, block), 1)) {
      const seconds = await contenders[index]!();
      if (block >= 0) times[index]!.push(seconds);
    }
  }
  const at = attempt();
  await using connection = await ssh.open(target, options, at);
  await ask(connection, at);
  const warm: number[] = [];
  for (let i = 0; i < blocks; i++) warm.push(await ask(connection, attempt()));
  show(times, warm);
}

async function wall(launcher: Launcher, argv: readonly string[]): Promise<number> {
  const { wallS, exitCode } = await launcher.run({ argv, stderr: { captureBytes: 1000 } });
  if (exitCode !== 0) throw new Error(`${argv.join(" ")} ended with ${exitCode}`);
  return wallS;
}

function show(times: readonly (readonly number[])[], warm: readonly number[]): void {
  const [ours, theirs, version] = times as [number[], number[], number[]];
  const ms = (list: readonly number[]) => (summarise([...list]).median * 1000).toFixed(2);
  console.log(`SSH, connect to exit code of \`${COMMAND}\`, ${KEX}, ${CIPHER}, ssh-ed25519`);
  times.forEach((list, i) => console.log(`  ${NAMES[i]!.padEnd(24)} ${ms(list).padStart(9)} ms`));
  const net = theirs.map((seconds, i) => seconds - version[i]!);
  const { ratio, low, high } = comparePaired(ours, net)!;
  console.log(`  ${"ssh less ssh -V".padEnd(24)} ${ms(net).padStart(9)} ms`);
  console.log(
    `  versus by that           × ${ratio.toFixed(3)}  [${low.toFixed(3)}, ${high.toFixed(3)}]` +
      "  (limit: 1)",
  );
  console.log(`  ${"another command, warm".padEnd(24)} ${ms(warm).padStart(9)} ms`);
}

if (import.meta.main) await benchProbeSsh();
