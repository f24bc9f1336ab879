import { familyRoutes, type FamilySummaryView, type FamilyView } from '#shared/contracts/http/family-routes.ts';
import { everyPage, type ApiClient } from './api-client.ts';

const [listFamilies, readFamily] = familyRoutes;

/** What council staff can read once everything has been processed. */
export interface Outcome {
  readonly families: readonly FamilySummaryView[];
  readonly details: readonly FamilyView[];
}

const atOnce = 8;

/** As a programme officer: the list of families, and each family with its people and rows. */
export const readOutcome = async (staff: ApiClient, onProgress: (done: number, of: number) => void): Promise<Outcome> => {
  const families = await everyPage((cursor) => staff(listFamilies, { query: { limit: 100, cursor } }));
  const details: FamilyView[] = [];
  for (let start = 0; start < families.length; start += atOnce) {
    const some = families.slice(start, start + atOnce);
    details.push(
      ...(await Promise.all(
        some.map(({ familyId }) => staff(readFamily, { path: { familyId }, headers: { 'x-purpose': 'identify-families' } })),
      )),
    );
    onProgress(details.length, families.length);
  }
  return { families, details };
};
