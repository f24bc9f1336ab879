import type { UploadEffect } from '../../contracts/http/upload-routes.ts';
import { Refusal } from '../refusal.ts';
import { suppressSmall } from '../../domain/eligibility/what-if/count-changes.ts';
import type { WeighingStore } from './weigh-ports.ts';
import type { FamiliesEffect } from './weighing.ts';

/** Who reads uploads need not be somebody who may see people: fewer than this tell of single ones. */
const fewestShown = 5;

const shown = (count: number): number | 'withheld' => (count > 0 && count < fewestShown ? 'withheld' : count);

const familiesShown = ({ families, founded, eligible }: FamiliesEffect): NonNullable<UploadEffect['families']> => {
  const { counts, isTotalShown } = suppressSmall(eligible);
  return { families: isTotalShown ? families : 'withheld', founded: shown(founded), eligible: counts };
};

/** What a file will change, as it was worked out when it was looked at as a whole, or since. */
export const readEffect = async (
  { weighings }: { readonly weighings: Pick<WeighingStore, 'findWeighing'> },
  uploadId: string,
): Promise<UploadEffect> => {
  const weighing = await weighings.findWeighing(uploadId);
  if (weighing === undefined) throw new Refusal('upload-not-found', { about: [uploadId] });
  const { newPeople, possibleMatches, changedFields, families, ...counts } = weighing.effect;
  return {
    uploadId,
    workedOutAt: weighing.weighedAt,
    fileRows: weighing.profile.estimatedRows,
    ...counts,
    newPeople: shown(newPeople),
    possibleMatches: shown(possibleMatches),
    changedFields: Object.entries(changedFields)
      .toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
      .map(([field, records]) => ({ field, records: shown(records) })),
    ...(families !== undefined && { families: familiesShown(families) }),
  };
};
