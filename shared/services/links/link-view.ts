import type { LinkView } from '../../contracts/http/link-routes.ts';
import { linkState, type UploadLink } from '../../domain/uploads/upload-link.ts';

export const linkView = (link: UploadLink, now: string): LinkView => {
  const { expiresOn, ...shown } = link;
  return { ...shown, state: linkState(link, now) };
};
