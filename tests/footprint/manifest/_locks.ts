/** The lock files of the fixtures. */

/** Each fixture's lock file, with what has to be beside it. */
export const LOCKS: readonly (readonly [file: string, ...parts: string[]])[] = [
  ["package-lock.json", "node/project", "node/npm1"],
  ["package-lock.json", "node/project", "node/npm2"],
  ["package-lock.json", "node/project", "node/npm3"],
  ["pnpm-lock.yaml", "node/project", "node/pnpm6"],
  ["pnpm-lock.yaml", "node/project", "node/pnpm8"],
  ["pnpm-lock.yaml", "node/project", "node/pnpm10"],
  ["yarn.lock", "node/project", "node/yarn1"],
  ["yarn.lock", "node/project", "node/yarn3"],
  ["yarn.lock", "node/project", "node/yarn4"],
  ["pylock.toml", "python/requirements.in", "python/pylock"],
  ["poetry.lock", "python/poetry/1.1"],
  ["poetry.lock", "python/poetry/1.8"],
  ["poetry.lock", "python/poetry/2"],
  ["uv.lock", "python/pyproject.toml", "python/uv"],
  ["requirements.txt", "python/pip-compile"],
  ["go.mod", "go"],
  ["go.sum", "go"],
  ["Cargo.lock", "rust/project", "rust/v3"],
  ["Cargo.lock", "rust/project", "rust/v4"],
  ["deno.lock", "deno/v3"],
  ["deno.lock", "deno/v4"],
  ["deno.lock", "deno/v5"],
];
