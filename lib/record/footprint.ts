/** The footprint document: what `versus trace --json` prints, and what a case of a footprint scenario holds. */
import * as v from "valibot";
import { DepsManifestSchema } from "./deps.ts";
import type {
  FootprintDocument,
  FootprintPackage,
  MissedGroup,
  TracedFile,
  TracedProcess,
  TracedSocket,
} from "./footprint_types.ts";
import { type Validator, WarningSchema } from "./warning.ts";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const Time = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, "expected an RFC 3339 time in UTC"),
);
/** Absolute, or what is left of that in an anonymised document. */
const AbsolutePath = v.pipe(v.string(), v.regex(/^(?:\/|~|…\/)/, "expected an absolute path"));

/** Package ecosystems. */
const EcosystemSchema = v.picklist([
  "pypi",
  "npm",
  "jsr",
  "go",
  "cargo",
  "deb",
  "rpm",
  "apk",
  "runtime",
]);

/** A file that was opened. */
export const TracedFileSchema: Validator<TracedFile> = v.object({
  path: AbsolutePath,
  pathBase64: v.exactOptional(v.pipe(v.string(), v.base64())),
  kind: v.picklist(["file", "directory", "device", "proc", "sys", "socket", "pipe", "gone"]),
  owner: v.exactOptional(v.string()),
  rule: v.string(),
  bytes: v.exactOptional(Count),
  readBytes: Count,
  mappedBytes: Count,
  opens: v.pipe(Count, v.minValue(1)),
  firstAtS: Seconds,
});

/** A package in three columns. */
export const FootprintPackageSchema: Validator<FootprintPackage> = v.object({
  ecosystem: EcosystemSchema,
  name: v.string(),
  version: v.exactOptional(v.string()),
  files: Count,
  bytes: Count,
  declared: v.boolean(),
  installed: v.boolean(),
  opened: v.boolean(),
  direct: v.boolean(),
  late: v.exactOptional(v.boolean()),
});

/** Look-ups that found nothing, in one folder. */
export const MissedGroupSchema: Validator<MissedGroup> = v.object({
  path: v.string(),
  count: v.pipe(Count, v.minValue(1)),
  search: v.exactOptional(
    v.picklist(["loader", "path", "node_modules", "package.json", "python"]),
  ),
});

/** A socket that was connected, bound or sent to. */
export const TracedSocketSchema: Validator<TracedSocket> = v.object({
  family: v.string(),
  address: v.string(),
  port: v.exactOptional(v.pipe(Count, v.maxValue(65_535))),
  type: v.exactOptional(v.string()),
  use: v.picklist(["connect", "bind", "send"]),
  error: v.exactOptional(v.string()),
  count: v.pipe(Count, v.minValue(1)),
});

/** A process of the program. */
export const TracedProcessSchema: Validator<TracedProcess> = v.object({
  pid: Count,
  parent: v.exactOptional(Count),
  argv: v.array(v.string()),
  program: v.exactOptional(v.string()),
  earlier: v.exactOptional(v.array(v.array(v.string()))),
  threads: Count,
  exitCode: v.exactOptional(Count),
  signal: v.exactOptional(v.string()),
});

/** The whole document. */
export const FootprintSchema: Validator<FootprintDocument> = v.object({
  schema: v.literal("versus.footprint/1"),
  command: v.pipe(v.array(v.string()), v.minLength(1)),
  cwd: AbsolutePath,
  startedAt: Time,
  exitCode: Count,
  signal: v.exactOptional(v.string()),
  method: v.picklist(["strace-seccomp", "strace"]),
  partial: v.exactOptional(v.object({ reason: v.string() })),
  opened: v.object({ count: Count, unique: Count }),
  missed: v.object({
    count: Count,
    bySyscall: v.record(v.string(), Count),
    byPath: v.array(MissedGroupSchema),
  }),
  bytes: v.object({ onDisk: Count, read: Count, mapped: Count }),
  files: v.array(TracedFileSchema),
  packages: v.array(FootprintPackageSchema),
  manifests: v.exactOptional(v.array(DepsManifestSchema)),
  sockets: v.array(TracedSocketSchema),
  processes: v.array(TracedProcessSchema),
  environment: v.record(v.string(), v.string()),
  time: v.object({
    untracedS: v.exactOptional(Seconds),
    tracedS: Seconds,
    firstOutputS: v.exactOptional(Seconds),
  }),
  warnings: v.array(WarningSchema),
});
