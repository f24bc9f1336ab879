import type { UploadEffect } from '../../contracts/http/upload-routes.ts';
import { Refusal } from '../refusal.ts';
import type { WeighingStore } from './weigh-ports.ts';

/** Who reads uploads need not be somebody who may see people: fewer than this tell of single ones. */
const fewestShown = 5;

const shown = (count: number): number | 'withheld' => (count > 0 && count < fewestShown ? 'withheld' : count);

/** What a file will change, as it was worked out when it was looked at as a whole, or since. */
export const readEffect = async (
  { weighings }: { readonly weighings: Pick<WeighingStore, 'findWeighing'> },
  uploadId: string,
): Promise<UploadEffect> => {
  const weighing = await weighings.findWeighing(uploadId);
  if (weighing === undefined) throw new Refusal('upload-not-found', { about: [uploadId] });
  const { newPeople, possibleMatches, changedFields, ...counts } = weighing.effect;
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
  };
};
