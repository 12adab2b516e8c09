/**
 * Lends ssh2 the `__dirname` that a CommonJS module has and a bundle has not: while it is loaded, its
 * WebAssembly of Poly1305 asks for it, and has no other use for it than to find a file that it does
 * not need.
 */
const scope: { __dirname?: string } = globalThis as never;
const lent = scope.__dirname === undefined;
if (lent) scope.__dirname = "/";

/** Takes it back, once ssh2 is loaded. */
export function takeBackDirname(): void {
  if (lent) delete scope.__dirname;
}
