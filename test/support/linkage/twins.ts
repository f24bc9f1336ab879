/** What one record says of somebody whose name is known. */
interface BornRecord {
  readonly entity: string;
  readonly home: string;
  readonly surname: string;
  /** `YYYYMMDD`; undefined where the record has no whole date. */
  readonly day: string | undefined;
}

/** The digits of a date in the order year, month, day; undefined where a digit is missing or is none. */
export const dayOf = (text: string, format: string): string | undefined => {
  const shape = format.replaceAll(/[^YMD]/gu, '');
  const digits = text.replaceAll('/', '');
  if (!/^\d{8}$/u.test(digits)) return undefined;
  const part = (letter: string): string => digits.slice(shape.indexOf(letter), shape.lastIndexOf(letter) + 1);
  return part('Y') + part('M') + part('D');
};

/**
 * Who are twins, by entity: people of one home at any time whose commonest surname and birth date are the same. The same text
 * for all who were born together.
 */
export const twinsOf = (records: readonly BornRecord[]): ReadonlyMap<string, string> => {
  const byEntity = Map.groupBy(records, ({ entity }) => entity);
  const groups = new Map<string, Set<string>>();
  for (const [entity, own] of byEntity) {
    const day = commonest(own.flatMap((record) => record.day ?? []));
    const surname = commonest(own.map((record) => record.surname.toLowerCase()).filter((text) => text !== ''));
    if (day === undefined || surname === undefined) continue;
    for (const home of new Set(own.map((record) => record.home).filter((text) => text !== ''))) {
      const key = `${home} ${surname} ${day}`;
      groups.set(key, (groups.get(key) ?? new Set<string>()).add(entity));
    }
  }
  const twins = new Map<string, string>();
  for (const [key, entities] of groups)
    if (entities.size > 1) for (const entity of entities) if (!twins.has(entity)) twins.set(entity, key);
  return twins;
};

const commonest = (texts: readonly string[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([a, first], [b, second]) => second - first || (a < b ? -1 : 1))[0]?.[0];
};
