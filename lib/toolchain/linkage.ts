/** How an artifact is linked, read from the file itself. */

/** Static or dynamic for an executable; `script` for anything that needs an interpreter. */
export type Linkage = "static" | "dynamic" | "script";

/** Program header type of the interpreter (`PT_INTERP`), from the System V ABI, chapter 5. */
const PT_INTERP = 3;

/** `true` when the ELF image asks for a dynamic loader: it has a PT_INTERP program header. */
function hasInterpreter(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[4] === 2;
  const little = bytes[5] === 1;
  const offset = wide ? Number(view.getBigUint64(32, little)) : view.getUint32(28, little);
  const size = view.getUint16(wide ? 54 : 42, little);
  const count = view.getUint16(wide ? 56 : 44, little);
  for (let i = 0; i < count; i++) {
    const at = offset + i * size;
    if (at + 4 <= bytes.length && view.getUint32(at, little) === PT_INTERP) return true;
  }
  return false;
}

/**
 * Reads the linkage of a file from its ELF program headers.
 *
 * @param path An executable or a script.
 * @returns `dynamic` when it names a dynamic loader, `static` when it is ELF and names none,
 * `script` otherwise.
 * @throws {Deno.errors.NotFound} If there is no such file.
 */
export async function readLinkage(path: string): Promise<Linkage> {
  using file = await Deno.open(path);
  const head = new Uint8Array(4096);
  const read = (await file.read(head)) ?? 0;
  const bytes = head.subarray(0, read);
  const elf = read >= 64 && bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c &&
    bytes[3] === 0x46;
  if (!elf) return "script";
  return hasInterpreter(bytes) ? "dynamic" : "static";
}
