import type { LinkView } from '../../contracts/http/link-routes.ts';
import type { KeyedHash } from '../../domain/people/keyed-hash.ts';
import { plainCode } from '../../domain/uploads/link-code.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import { codeHash } from './code-hash.ts';
import type { LinkRepository } from './link-repository.ts';
import { linkView } from './link-view.ts';

interface Ports {
  readonly links: Pick<LinkRepository, 'findLink' | 'changeCode'>;
  readonly agreements: Pick<AgreementRepository, 'findAgreement'>;
  readonly hash: KeyedHash;
  readonly clock: Clock;
  /** `4821 9034` */
  readonly newCode: () => string;
}

/** Another code for the link. What was opened with the one before has to be opened again; a locked link opens with this one. */
export const newLinkCode = async (
  { links, agreements, hash, clock, newCode }: Ports,
  { linkId, version }: { readonly linkId: string; readonly version: number },
): Promise<LinkView & { readonly code: string }> => {
  const link = await links.findLink(linkId);
  if (!link) throw new Refusal('not-found', { about: [linkId] });
  if (link.version !== version) throw new Refusal('version-mismatch', { about: [linkId] });
  if (link.revokedAt !== undefined) throw new Refusal('state-conflict', { about: [linkId] });
  const code = newCode();
  const result = await links.changeCode(link, codeHash(hash, linkId, plainCode(code)));
  if (!result.ok) throw new Refusal('version-mismatch', { about: [linkId] });
  return { ...linkView(result.link, await agreements.findAgreement(link.agreementId), clock), code };
};
