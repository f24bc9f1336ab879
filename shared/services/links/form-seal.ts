import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { Refusal } from '../refusal.ts';

/**
 * Stands in every form that changes something: another site can have a browser send a form with its cookies, but does not
 * know the seal that belongs to them.
 */
export const formSeal = (hash: KeyedHash, session: string): string => hash.hash('form-seal', session);

export const checkFormSeal = (hash: KeyedHash, { session, seal }: { readonly session: string; readonly seal: string }): void => {
  if (seal !== formSeal(hash, session)) throw new Refusal('not-for-role');
};
