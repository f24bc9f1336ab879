import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { parseJson } from '../contracts/parse-json.ts';
import type { KeyedHash } from '../domain/people/keyed-hash.ts';
import { secretsClient } from './aws-clients.ts';

export type { KeyedHash } from '../domain/people/keyed-hash.ts';

/** Four bytes of length before each part: no two lists of parts have the same bytes. */
const lengthPrefixed = (parts: readonly string[]): Buffer => {
  const lengths = parts.map((part) => Buffer.byteLength(part, 'utf8'));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  for (const [index, part] of parts.entries()) {
    at = bytes.writeUInt32BE(lengths[index] ?? 0, at);
    at += bytes.write(part, at, 'utf8');
  }
  return bytes;
};

/** A row asks for the same hash some three times: looking, deciding, writing. Enough for a window of rows, little for a process. */
const mostRemembered = 4096;

/** HMAC-SHA256 under `keyBytes`; `version` names the key, so that values of two keys can live side by side. */
export const keyedHash = (keyBytes: Uint8Array, version: number): KeyedHash => {
  // A key prepared once: five times faster than bytes, and a row takes some twenty hashes.
  const key = createSecretKey(keyBytes);
  const remembered = new Map<string, string>();
  return {
    hash: (...parts) => {
      const bytes = lengthPrefixed(parts);
      const asked = bytes.toString('latin1');
      const known = remembered.get(asked);
      if (known !== undefined) return known;
      const hashed = `v${String(version)}.${createHmac('sha256', key).update(bytes).digest('base64url')}`;
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(asked, hashed);
      return hashed;
    },
  };
};

const secretSchema = z.object({ version: z.int().positive(), key: z.string().min(43) });

const loaded = new Map<string, Promise<KeyedHash>>();

const fetchKeyedHash = async (secretArn: string): Promise<KeyedHash> => {
  const secret = await secretsClient().send(new GetSecretValueCommand({ SecretId: secretArn }));
  const result = secretSchema.safeParse(parseJson(secret.SecretString ?? ''));
  // The reasons of a failed parse could hold the key.
  if (!result.success) throw new Error('The secret of the keyed hash is not of the form {"version":1,"key":"…"}.');
  return keyedHash(createHash('sha256').update(result.data.key, 'utf8').digest(), result.data.version);
};

/** Fetches the key once per cold start; a failed attempt is not kept. The key text is hashed to 32 bytes. */
export const loadKeyedHash = (secretArn: string): Promise<KeyedHash> => {
  const known = loaded.get(secretArn);
  if (known) return known;
  const attempt = fetchKeyedHash(secretArn);
  loaded.set(secretArn, attempt);
  attempt.catch(() => loaded.delete(secretArn));
  return attempt;
};
