import { randomBytes } from 'node:crypto';
import { typedLinkCode } from '../domain/uploads/typed-link-code.ts';

/** A code that nobody can guess from another one: `7Q4M-2XPT-K9RD-W4HN-BC8V`. */
export const newTypedLinkCode = (): string => typedLinkCode(randomBytes(18));
