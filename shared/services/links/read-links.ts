import type { LinkView } from '../../contracts/http/link-routes.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import type { LinkRepository } from './link-repository.ts';
import { linkView } from './link-view.ts';

interface Ports {
  readonly links: LinkRepository;
  readonly clock: Clock;
}

export const readLink = async ({ links, clock }: Ports, linkId: string): Promise<LinkView> => {
  const link = await links.findLink(linkId);
  if (!link) throw new Refusal('not-found', { about: [linkId] });
  return linkView(link, clock.now());
};

export const listLinks = async ({ links, clock }: Ports, page: PageRequest): Promise<Page<LinkView>> => {
  const { items, ...rest } = await links.listLinks(page);
  const now = clock.now();
  return { items: items.map((link) => linkView(link, now)), ...rest };
};
