/** What a measurement was taken in: machine, kernel, load, runtime. */
import { hostname, release } from "node:os";
import type { Environment } from "./schema.ts";

/** What the launcher knows of itself that belongs to the environment of a run. */
export interface LauncherFacts {
  /** The least peak resident set that can be seen, in KiB. */
  readonly maxRssFloorKb?: number;
  /** What the launcher adds to a plain spawn, in seconds. */
  readonly wallOffsetS?: number;
  /** The hardware counters in use, or why there are none. */
  readonly counters?: string;
}

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path).trim();
  } catch {
    // Files of /proc and /sys that a kernel lacks say nothing: the fact stays absent.
    return undefined;
  }
}

/**
 * Reads a kernel's list of processors.
 *
 * @param list For example `0-3,6`.
 * @returns The numbers, ascending: `[0, 1, 2, 3, 6]`.
 */
export function parseCpuList(list: string): number[] {
  return list.split(",").filter((part) => part.trim() !== "").flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return Array.from({ length: last! - first! + 1 }, (_, i) => first! + i);
  });
}

function affinity(cores: number): number[] {
  const line = readText("/proc/self/status")?.match(/^Cpus_allowed_list:\s*(\S+)/m)?.[1];
  return line === undefined ? Array.from({ length: cores }, (_, i) => i) : parseCpuList(line);
}

function virtualization(cpuinfo: string | undefined): string | undefined {
  if (readText("/proc/1/cgroup")?.match(/docker|kubepods|lxc/)) return "container";
  const product = readText("/sys/class/dmi/id/product_name") ??
    readText("/sys/hypervisor/type");
  if (cpuinfo?.match(/^flags\s*:.*\bhypervisor\b/m)) return product ?? "virtual machine";
  return undefined;
}

/**
 * Describes the machine and the moment.
 *
 * @param packages Which packages the program runs with.
 * @param launcher What the launcher knows of itself.
 * @returns The `environment` of a run document; facts that can't be read are absent.
 */
export function describeEnvironment(
  packages: "jsr" | "airgap",
  launcher: LauncherFacts = {},
): Environment {
  const cpuinfo = readText("/proc/cpuinfo");
  const cores = navigator.hardwareConcurrency;
  const memory = Deno.systemMemoryInfo();
  const virtual = virtualization(cpuinfo);
  const governor = readText("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  return {
    os: Deno.build.os,
    kernel: release(),
    hostname: hostname(),
    cpuModel: cpuinfo?.match(/^model name\s*:\s*(.+)$/m)?.[1] ?? Deno.build.arch,
    cores,
    affinity: affinity(cores),
    memTotalKb: Math.round(memory.total / 1024),
    ...(Deno.build.os === "windows" ? {} : { loadAvg1: Deno.loadavg()[0]! }),
    ...(virtual === undefined ? {} : { virtualization: virtual }),
    ...(governor === undefined ? {} : { governor }),
    runtime: `deno ${Deno.version.deno}`,
    packages,
    ...launcher,
  };
}
