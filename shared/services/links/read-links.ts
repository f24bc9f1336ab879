import type { LinkView } from '../../contracts/http/link-routes.ts';
import type { AgreementRepository } from '../agreements/agreement-repository.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import type { LinkRepository } from './link-repository.ts';
import { linkView } from './link-view.ts';

interface Ports {
  readonly links: LinkRepository;
  readonly agreements: Pick<AgreementRepository, 'findAgreement' | 'findAgreements'>;
  readonly clock: Clock;
}

export const readLink = async ({ links, agreements, clock }: Ports, linkId: string): Promise<LinkView> => {
  const link = await links.findLink(linkId);
  if (!link) throw new Refusal('not-found', { about: [linkId] });
  return linkView(link, await agreements.findAgreement(link.agreementId), clock);
};

export const listLinks = async ({ links, agreements, clock }: Ports, page: PageRequest): Promise<Page<LinkView>> => {
  const { items, ...rest } = await links.listLinks(page);
  const found = await agreements.findAgreements(items.map(({ agreementId }) => agreementId));
  const byId = new Map(found.map((agreement) => [agreement.agreementId, agreement]));
  return { items: items.map((link) => linkView(link, byId.get(link.agreementId), clock)), ...rest };
};
