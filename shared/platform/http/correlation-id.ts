import { newId } from '../ids.ts';

const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The caller's `X-Request-Id` where it is a ULID or a UUID, else a new ULID. Nothing else is taken over: the id is
 * logged, stored and answered, and free text in it could be about a person.
 */
export const correlationIdOf = (requestId: string | undefined): string =>
  requestId !== undefined && (ulid.test(requestId) || uuid.test(requestId)) ? requestId : newId();
