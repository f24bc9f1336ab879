import type { KeyedHash } from '../../domain/people/keyed-hash.ts';

/** What is kept of a link's code. Keyed, so that the few possible codes cannot be tried out on the table. */
export const codeHash = (hash: KeyedHash, linkId: string, code: string): string => hash.hash('link-code', linkId, code);
