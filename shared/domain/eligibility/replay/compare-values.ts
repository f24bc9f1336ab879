import { canonicalJson } from './canonical-json.ts';

export interface Difference {
  /** `criteria.P2.H2.1.value`: parts of a list are named by their id where they have one. */
  readonly path: string;
  /** Canonical JSON; undefined where the one side has nothing there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** By what a part of a list is the same part in another list. */
const nameOf = (value: unknown, index: number): string => {
  if (!isRecord(value)) return String(index);
  const id = value['criterionId'] ?? value['id'] ?? value['heading'];
  if (typeof id !== 'string') return String(index);
  // One criterion can stand twice, for two periods.
  return typeof value['effectiveFrom'] === 'string' && typeof value['effectiveTo'] === 'string'
    ? `${id} until ${value['effectiveTo']}`
    : id;
};

const partsOf = (value: unknown): Map<string, unknown> | undefined => {
  if (Array.isArray(value)) return new Map(value.map((each: unknown, index) => [nameOf(each, index), each]));
  return isRecord(value) ? new Map(Object.entries(value).filter(([, each]) => each !== undefined)) : undefined;
};

/** Where two values differ, down to the smallest part, in order of the path. Nothing where they are the same. */
export const compareValues = (before: unknown, after: unknown, path = ''): Difference[] => {
  const [left, right] = [partsOf(before), partsOf(after)];
  if (left === undefined || right === undefined || Array.isArray(before) !== Array.isArray(after)) {
    const texts = [before, after].map((value) => (value === undefined ? undefined : canonicalJson(value)));
    return texts[0] === texts[1] ? [] : [{ path, before: texts[0], after: texts[1] }];
  }
  const names = [...new Set([...left.keys(), ...right.keys()])].toSorted();
  return names.flatMap((name) => compareValues(left.get(name), right.get(name), path === '' ? name : `${path}.${name}`));
};
