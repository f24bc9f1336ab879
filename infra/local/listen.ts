import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { errorCode, HostError } from './host-error.ts';

/** Bytes of a request's first line and headers. */
const longestHead = 256 * 1024;

const address = '127.0.0.1';

/** A server on this machine only; port 0 takes any free one. `purpose` names the port in the error. */
export const listen = async (purpose: string, port: number): Promise<{ readonly server: Server; readonly url: string }> => {
  // Node would end the connection of a request with more than 16 KB of headers: who listens here answers it.
  const server = createServer({ keepAliveTimeout: 60_000, maxHeaderSize: longestHead });
  server.listen(port, address);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') {
      throw new HostError(`Port ${port} for the ${purpose} is taken: stop the program that uses it, or choose another port.`);
    }
    if (errorCode(error) === 'EACCES') throw new HostError(`Port ${port} for the ${purpose} is not allowed: choose one above 1023.`);
    throw error;
  }
  const bound = server.address();
  return { server, url: `http://${address}:${bound === null || typeof bound === 'string' ? port : bound.port}` };
};

export const close = async (server: Server): Promise<void> => {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
};

/** A request's path and query. What is no path at all counts as the root. */
export const urlOf = ({ url }: IncomingMessage): URL => new URL(`http://local${url?.startsWith('/') === true ? url : '/'}`);

/** The body of a request; undefined when it is longer than `limit` bytes. */
export const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
};
