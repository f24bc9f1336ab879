import { randomBytes } from 'node:crypto';
import { linkCode } from '../domain/uploads/link-code.ts';

/** A code that nobody can guess from another one: `4821 9034`. */
export const newLinkCode = (): string => linkCode(randomBytes(32)) ?? newLinkCode();
