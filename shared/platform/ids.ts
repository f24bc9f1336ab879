import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const next = monotonicFactory(() => randomBytes(4).readUInt32BE() / 2 ** 32);

/** A ULID: 26 characters, sorts by time, rises within one process even inside a millisecond. */
export const newId = (): string => next();

/** 128 bits of chance as 22 characters base64url: kept beside something so that its hash does not give it away. */
export const newNonce = (): string => randomBytes(16).toString('base64url');

/** 256 bits of chance as 43 characters base64url: cannot be guessed, safe in a URL fragment. */
export const newToken = (): string => randomBytes(32).toString('base64url');
