import type { AgreementView } from '../../contracts/http/agreement-routes.ts';
import { agreementState, type SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';

export const agreementView = (agreement: SharingAgreement, today: string): AgreementView => {
  const { expiresOn: _expiresOn, ...shown } = agreement;
  return { ...shown, state: agreementState(agreement, today) };
};
