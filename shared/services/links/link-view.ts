import type { LinkView } from '../../contracts/http/link-routes.ts';
import type { SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import { linkState, type UploadLink } from '../../domain/uploads/upload-link.ts';
import type { Clock } from '../clock.ts';

/** `agreement`: the link's own; undefined where it is no longer held. */
export const linkView = (link: UploadLink, agreement: SharingAgreement | undefined, clock: Clock): LinkView => {
  const { expiresOn: _expiresOn, codeHash: _codeHash, codeTries: _codeTries, ...shown } = link;
  return { ...shown, state: linkState(link, agreement, { now: clock.now(), today: clock.today() }) };
};
