import type { Visibility } from '../../domain/access/access.ts';
import { unpackDetermination, type SeenDetermination } from '../../domain/access/limited-determination.ts';
import type { HeldDetermination } from './family-repository.ts';

/** What is held, as a reader may have it: with the version and the time of what they may have. */
export const determinationSeen = (
  { version, determinedAt, determination, limited }: HeldDetermination,
  visibility: Visibility,
): { readonly version: number; readonly determinedAt: string; readonly determination: SeenDetermination } | undefined => {
  if (visibility === 'whole') return determination && { version, determinedAt, determination };
  return (
    limited && {
      version: limited.version,
      determinedAt: limited.determinedAt,
      determination: unpackDetermination(limited.determination, determination),
    }
  );
};
