import type { KeyedHash } from '../../domain/people/keyed-hash.ts';

/** What is kept of a link's token. Keyed, so that the table alone does not tell whether a guessed token is one. */
export const tokenHash = (hash: KeyedHash, token: string): string => hash.hash('link-token', token);
