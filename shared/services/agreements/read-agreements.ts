import type { AgreementView } from '../../contracts/http/agreement-routes.ts';
import { Refusal } from '../refusal.ts';
import type { Page, PageRequest } from '../uploads/upload-repository.ts';
import { agreementView } from './agreement-view.ts';
import type { AgreementPorts } from './create-agreement.ts';

type Ports = Pick<AgreementPorts, 'agreements' | 'clock'>;

export const readAgreement = async ({ agreements, clock }: Ports, agreementId: string): Promise<AgreementView> => {
  const agreement = await agreements.findAgreement(agreementId);
  if (!agreement) throw new Refusal('not-found', { about: [agreementId] });
  return agreementView(agreement, clock.today());
};

/** Newest first. */
export const listAgreements = async ({ agreements, clock }: Ports, page: PageRequest): Promise<Page<AgreementView>> => {
  const { items, ...rest } = await agreements.listAgreements(page);
  const today = clock.today();
  return { items: items.map((agreement) => agreementView(agreement, today)), ...rest };
};

/** What it said at each time, newest first. */
export const listAgreementVersions = async (ports: Ports, agreementId: string, page: PageRequest): Promise<Page<AgreementView>> => {
  await readAgreement(ports, agreementId);
  const { items, ...rest } = await ports.agreements.listVersions(agreementId, page);
  const today = ports.clock.today();
  return { items: items.map((agreement) => agreementView(agreement, today)), ...rest };
};
