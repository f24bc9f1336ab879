import type { AgreementEdit, AgreementView } from '../../contracts/http/agreement-routes.ts';
import { agreementExpiresOn } from '../../domain/uploads/retention.ts';
import type { SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import { Refusal } from '../refusal.ts';
import { agreementFaults } from './agreement-faults.ts';
import { agreementView } from './agreement-view.ts';
import type { AgreementPorts } from './create-agreement.ts';

interface Edit {
  readonly agreementId: string;
  /** As it was read. */
  readonly version: number;
  /** The issuer's subject. */
  readonly staffId: string;
}

/** New terms from now on, for every link: what came before is kept as it was when it came. */
export const editAgreement = (ports: AgreementPorts, edit: Edit, terms: AgreementEdit): Promise<AgreementView> => {
  const errors = agreementFaults(terms, ports.feeds);
  if (errors.length > 0) throw new Refusal('invalid-request', { errors });
  return change(ports, edit, (agreement, at) => ({ ...agreement, ...terms, expiresOn: agreementExpiresOn(terms.end, at) }));
};

/** No link of it works from this moment on, and a file that is not yet checked is refused. */
export const endAgreement = (ports: AgreementPorts, edit: Edit, reason: string): Promise<AgreementView> =>
  change(ports, edit, (agreement, at) => ({ ...agreement, ended: { at, by: edit.staffId, reason } }));

const change = async (
  { agreements, clock, transactions }: AgreementPorts,
  { agreementId, version, staffId }: Edit,
  to: (agreement: SharingAgreement, at: string) => SharingAgreement,
): Promise<AgreementView> => {
  const agreement = await agreements.findAgreement(agreementId);
  if (!agreement) throw new Refusal('not-found', { about: [agreementId] });
  if (agreement.version !== version) throw new Refusal('version-mismatch', { about: [agreementId] });
  if (agreement.ended !== undefined) throw new Refusal('state-conflict', { about: [agreementId] });
  const at = clock.now();
  const changed = { ...to(agreement, at), editedAt: at, editedBy: staffId, version: version + 1 };
  const { ok } = await transactions.commit([agreements.editFragment(changed)]);
  if (!ok) throw new Refusal('version-mismatch', { about: [agreementId] });
  return agreementView(changed, clock.today());
};
