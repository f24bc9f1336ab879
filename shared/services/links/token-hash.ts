import { readTypedLinkCode } from '../../domain/uploads/typed-link-code.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';

/** What is kept of a link's token. Keyed, so that the table alone does not tell whether a guessed token is one. */
export const tokenHash = (hash: KeyedHash, token: string): string => hash.hash('link-token', token);

/** The same of the code that stands for the token where it has to be typed. Undefined for what cannot be one. */
export const typedCodeHash = (hash: KeyedHash, typed: string): string | undefined => {
  const code = readTypedLinkCode(typed);
  return code === undefined ? undefined : hash.hash('link-typed-code', code);
};
