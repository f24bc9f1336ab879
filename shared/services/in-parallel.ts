import { groupsOf } from '../domain/groups-of.ts';

/** Works through items, so many at once; results in the order of the items. */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce = 16,
): Promise<Result[]> => {
  const results: Result[] = [];
  for (const some of groupsOf(items, atOnce)) results.push(...(await Promise.all(some.map(work))));
  return results;
};
