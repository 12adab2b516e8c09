/**
 * Gets a page from a server on this machine with fetch, and prints its status and text.
 *
 * The server is a socket of this program's own that answers one request.
 *
 * @module
 */

const RESPONSE = [
  "HTTP/1.1 200 OK",
  "Content-Type: text/plain",
  "Content-Length: 6",
  "Connection: close",
  "",
  "ready\n",
].join("\r\n");

async function answer(server: Deno.TcpListener): Promise<void> {
  using connection = await server.accept();
  const decoder = new TextDecoder();
  const bytes = new Uint8Array(4096);
  let request = "";
  while (!request.includes("\r\n\r\n")) {
    const length = await connection.read(bytes);
    if (length === null) throw new Error("the request ended early");
    request += decoder.decode(bytes.subarray(0, length), { stream: true });
  }
  await connection.write(new TextEncoder().encode(RESPONSE));
}

using server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
const answered = answer(server);
const response = await fetch(`http://127.0.0.1:${server.addr.port}/`);
console.log(response.status, (await response.text()).trim());
await answered;
