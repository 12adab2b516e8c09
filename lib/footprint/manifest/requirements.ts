/**
 * `requirements.txt` and its relatives, as pip reads them.
 *
 * Local folders are the project's own code and are not counted. Where the file was compiled from
 * another (`# via …`, by pip-tools and uv), what only others asked for is indirect.
 */
import { dirname, isAbsolute, join } from "node:path";
import { printable } from "../../error.ts";
import { collectPackages, declared } from "./_collect.ts";
import { fromArchiveName, parseRequirement, type Requirement } from "./_pep508.ts";
import { badManifest, linesOf } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

/** One requirement or option, with its continuation lines joined. */
interface Logical {
  text: string;
  line: number;
  /** Its comments: behind it, and on the lines that follow. */
  comments: string[];
}

const HINT = "Write it as pip expects it: name==1.0, -r FILE, -e PATH";
const OPTIONS_WITH_VALUE = new Set([
  ...["-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--no-binary"],
  ...["--only-binary", "--trusted-host", "--use-feature", "--pre", "--no-index"],
  ...["--prefer-binary", "--require-hashes", "--index", "--default-index"],
]);

function logicalLines(file: ManifestFile): Logical[] {
  const result: Logical[] = [];
  let open: Logical | undefined;
  linesOf(file.text).forEach((raw, index, all) => {
    // What goes on ends with the file: the end is missing.
    if (open !== undefined && raw === "" && index === all.length - 1) return;
    const comment = /(?:^|\s)#(.*)$/.exec(raw);
    const code = (comment === null ? raw : raw.slice(0, comment.index)).trim();
    if (open === undefined && code === "") {
      if (comment !== null) result.at(-1)?.comments.push(comment[1]!.trim());
      return;
    }
    open ??= { text: "", line: index + 1, comments: [] };
    const goesOn = comment === null && code.endsWith("\\");
    open.text += ` ${goesOn ? code.slice(0, -1) : code}`;
    if (comment !== null) open.comments.push(comment[1]!.trim());
    if (goesOn) return;
    result.push({ ...open, text: open.text.replace(/\s+/g, " ").trim() });
    open = undefined;
  });
  if (open !== undefined) {
    throw badManifest(file.path, `line ${(open as Logical).line} goes on, but the file ends`);
  }
  return result.filter(({ text }) => text !== "");
}

/** Takes `--hash=…` and other per-requirement options off. */
function withoutOptions(file: ManifestFile, { text, line }: Logical): string {
  const parts = text.split(/\s+(?=--?[a-zA-Z])/);
  for (const option of parts.slice(1)) {
    const hash = /^--hash[=\s]\s*(\S+)$/.exec(option);
    if (
      hash !== null &&
      !/^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/i.test(hash[1]!)
    ) {
      throw badManifest(
        file.path,
        `found the hash ${
          printable(hash[1]!.slice(0, 80))
        } at line ${line}, expected sha256:<64 digits>`,
      );
    }
    if (hash === null && !/^(--config-settings?|-C|--global-option|--hash)\b/.test(option)) {
      throw badManifest(
        file.path,
        `found the option ${printable(option.slice(0, 60))} at line ${line}`,
        HINT,
      );
    }
  }
  return parts[0]!;
}

/** What `# via` says: `undefined` if nothing, else whether the project itself asked for it. */
function viaProject(comments: readonly string[]): boolean | undefined {
  const start = comments.findIndex((text) => /^via(\s|$)/.test(text));
  if (start === -1) return undefined;
  const sources = comments.slice(start).join(",").replace(/^via/, "").split(",");
  return sources.some((source) =>
    /^-r\s|\((?:pyproject\.toml|setup\.(?:py|cfg)|.*\.in)(?::[^)]*)?\)$/.test(source.trim())
  );
}

function isLocal(text: string): boolean {
  if (/^[a-z][a-z0-9+]*:/i.test(text)) return /^file:/i.test(text);
  return /^[.~/]/.test(text) || (/[/\\]/.test(text) && !/[@<>=;]/.test(text));
}

/** What an address or an archive stands for, where that can be told. */
function fromAddress(text: string): Requirement | undefined {
  const egg = /[#&]egg=([A-Za-z0-9._-]+)/.exec(text);
  return egg === null ? fromArchiveName(text) : parseRequirement(egg[1]!);
}

function readRequirements(file: ManifestFile): ManifestContent {
  const found = collectPackages();
  const more: string[] = [];
  const partial = new Set<string>();
  const entries: { requirement: Requirement; via: boolean | undefined }[] = [];

  function include(option: string, target: string): void {
    const path = target.replace(/\$\{([A-Z0-9_]+)\}/g, (all, name) => Deno.env.get(name) ?? all);
    if (/^[a-z][a-z0-9+]*:\/\//i.test(path)) {
      partial.add(`${option} names an address, which is not read`);
    } else more.push(isAbsolute(path) ? path : join(dirname(file.path), path));
  }

  function option(logical: Logical): boolean {
    const match = /^(--?[a-zA-Z][\w-]*)(?:\s*=\s*|\s+|$)(.*)$/.exec(logical.text) ??
      /^(-[recif])(.+)$/.exec(logical.text);
    if (match === null) return false;
    const [, name, value] = match;
    if (name === "-r" || name === "--requirement") {
      if (value === "") {
        throw badManifest(file.path, `found ${name} without a file at line ${logical.line}`, HINT);
      }
      include(name, value!);
    } else if (name === "-e" || name === "--editable") {
      add({ ...logical, text: value! });
    } else if (name !== "-c" && name !== "--constraint" && !OPTIONS_WITH_VALUE.has(name!)) {
      partial.add(`it has the option ${printable(name!)}, which is not known`);
    }
    return true;
  }

  function add(logical: Logical): void {
    const text = withoutOptions(file, logical);
    const via = viaProject(logical.comments);
    const address = /^(?:[a-z][a-z0-9+]*:\/\/|git\+|file:)/i.test(text) ||
      /\.(?:whl|tar\.gz|zip)$/.test(text);
    const requirement = address
      ? fromAddress(text)
      : isLocal(text)
      ? undefined
      : parseRequirement(text);
    if (requirement !== undefined) entries.push({ requirement, via });
    else if (address && !isLocal(text)) {
      partial.add("it names packages by address only, without a name that could be read");
    } else if (!isLocal(text)) {
      throw badManifest(
        file.path,
        `found ${printable(text.slice(0, 80))} at line ${logical.line}, expected a requirement`,
        HINT,
      );
    }
  }

  for (const logical of logicalLines(file)) {
    if (!option(logical)) add(logical);
  }
  for (const { requirement, via } of entries) {
    found.add(declared("pypi", requirement.name, requirement.version, via ?? true));
  }
  return {
    format: "requirements.txt",
    packages: found.all(),
    directKnown: true,
    required: entries.filter(({ requirement }) => requirement.conditional !== true)
      .map(({ requirement }) => requirement.name),
    partial: [...partial],
    more,
  };
}

/** Reads lists of requirements. */
export const requirements: ManifestReader = {
  names: ["requirements.txt", "requirements*.txt", "*requirements.txt", "requirements.in"],
  matches: (name) => /^(?:.+[-_.])?requirements(?:[-_.].+)?\.(?:txt|in)$/.test(name),
  read: (file) => Promise.resolve(readRequirements(file)),
};
