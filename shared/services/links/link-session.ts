import { instantMillis, instantOf } from '../../domain/calendar/instant.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import type { UploadLink } from '../../domain/uploads/upload-link.ts';

/** A working day: whoever comes back tomorrow types the code again. */
const sessionMillis = 10 * 3_600_000;

type Opened = Pick<UploadLink, 'linkId' | 'codeNumber'>;

const seal = (hash: KeyedHash, { linkId, codeNumber }: Opened, until: number): string =>
  hash.hash('link-session', linkId, String(codeNumber), String(until));

/** What shows that somebody had both the link and its code. Nothing of it is kept: the seal is enough. */
export const issueSession = (
  hash: KeyedHash,
  link: Opened & Pick<UploadLink, 'expiresAt'>,
  now: string,
): { readonly session: string; readonly sessionExpiresAt: string } => {
  const until = Math.min(instantMillis(now) + sessionMillis, instantMillis(link.expiresAt));
  return {
    session: [link.linkId, String(link.codeNumber), String(until), seal(hash, link, until)].join('~'),
    sessionExpiresAt: instantOf(until),
  };
};

/** Undefined for anything that was not issued here. Whether the code still is the link's is for the link to say. */
export const readSession = (hash: KeyedHash, session: string): (Opened & { readonly expiresAt: string }) | undefined => {
  const [, linkId = '', number = '', until = '', given = ''] =
    /^([0-9A-HJKMNP-TV-Z]{26})~([1-9]\d{0,8})~([1-9]\d{0,14})~([\w.-]+)$/.exec(session) ?? [];
  const opened = { linkId, codeNumber: Number(number) };
  if (linkId === '' || seal(hash, opened, Number(until)) !== given) return undefined;
  return { ...opened, expiresAt: instantOf(Number(until)) };
};
