import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { mostWrongCodes, plainCode } from '../../domain/uploads/link-code.ts';
import type { SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import { linkState, type UploadLink } from '../../domain/uploads/upload-link.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import { codeHash } from './code-hash.ts';
import type { LinkRepository } from './link-repository.ts';
import { readSession } from './link-session.ts';
import { tokenHash, typedCodeHash } from './token-hash.ts';

interface Ports {
  readonly links: Pick<LinkRepository, 'findLink' | 'findLinkByToken' | 'takeCodeTry' | 'forgetCodeTries'>;
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  /** Told once when wrong codes have locked a link: people are to look at it. */
  readonly onLocked: (linkId: string) => void;
}

/** What tells whose session it is. */
export interface SessionPorts extends Omit<Ports, 'links' | 'onLocked'> {
  readonly links: Pick<LinkRepository, 'findLink'>;
}

/** What a link is opened with. `token`: what stands behind the `#`, or the code that stands for it where it is typed. */
export interface Opening {
  readonly token: string;
  readonly code: string;
}

/** A link that works now, with the agreement that says what may be sent. */
export interface RecognisedLink {
  readonly link: UploadLink;
  readonly agreement: SharingAgreement;
}

/**
 * The open link of a token and its code. A token that was never given out, a wrong code and a link that wrong codes have
 * locked are all `link-not-found`. Each try is counted before its code is looked at, so that however many come at once, no
 * more than five are; the right code ends the count.
 */
export const openWithCode = async (ports: Ports, { token, code }: Opening): Promise<RecognisedLink> => {
  const { links, hash } = ports;
  const link = await links.findLinkByToken(typedCodeHash(hash, token) ?? tokenHash(hash, token));
  if (!link) throw new Refusal('link-not-found');
  const counted = await links.takeCodeTry(link.linkId);
  if (counted?.codeHash !== codeHash(hash, link.linkId, plainCode(code))) {
    if (counted?.codeTries === mostWrongCodes) ports.onLocked(link.linkId);
    throw new Refusal('link-not-found', { about: [link.linkId] });
  }
  await links.forgetCodeTries(counted);
  return whileOpen(ports, counted);
};

/** The open link of a session. One that was made up, is over or began with an earlier code is `session-ended`. */
export const recogniseLink = async (ports: SessionPorts, session: string): Promise<RecognisedLink> => {
  const opened = readSession(ports.hash, session);
  if (opened === undefined) throw new Refusal('session-ended');
  const link = await ports.links.findLink(opened.linkId);
  if (link === undefined) throw new Refusal('session-ended');
  const open = await whileOpen(ports, link);
  if (link.codeNumber !== opened.codeNumber || opened.expiresAt <= ports.clock.now())
    throw new Refusal('session-ended', { about: [link.linkId] });
  return open;
};

const whileOpen = async ({ agreements, clock }: Pick<Ports, 'agreements' | 'clock'>, link: UploadLink): Promise<RecognisedLink> => {
  const agreement = await agreements.findAgreement(link.agreementId);
  const about = [link.linkId];
  switch (linkState(link, agreement, { now: clock.now(), today: clock.today() })) {
    case 'revoked':
      throw new Refusal('link-revoked', { about });
    case 'agreement-ended':
      throw new Refusal('agreement-ended', { about });
    case 'expired':
      throw new Refusal('link-expired', { about });
    // Somebody else's wrong codes do not end what the right one began.
    case 'locked':
    case 'open':
      if (agreement === undefined) throw new Error('an open link without an agreement');
      return { link, agreement };
  }
};
