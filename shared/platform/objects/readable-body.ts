import { Readable } from 'node:stream';

/** The SDK's body is one of three stream types by runtime; in Node it is a Readable of byte chunks. */
export const isReadable = (body: unknown): body is AsyncIterable<Uint8Array> => body instanceof Readable;
