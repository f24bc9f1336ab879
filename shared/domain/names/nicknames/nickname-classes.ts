import { carltonNorthernList } from './carlton-northern-list.ts';
import { shortFormsInTheUk } from './short-forms-in-the-uk.ts';

const none: readonly number[] = [];

const readClasses = (...lists: readonly string[]): ReadonlyMap<string, readonly number[]> => {
  const idOf = new Map<string, number>();
  const classes = new Map<string, Set<number>>();
  const belong = (name: string, root: string): void => {
    let id = idOf.get(root);
    if (id === undefined) {
      id = idOf.size;
      idOf.set(root, id);
    }
    const own = classes.get(name) ?? new Set();
    classes.set(name, own.add(id));
  };
  for (const line of lists.flatMap((list) => list.trim().split('\n'))) {
    const [root = '', ...shortForms] = line.split(' ');
    for (const name of [root, ...shortForms]) belong(name, root);
  }
  return new Map([...classes].map(([name, ids]) => [name, [...ids].toSorted((a, b) => a - b)]));
};

const classes = readClasses(shortFormsInTheUk, carltonNorthernList);

/**
 * The classes a folded forename (a–z) belongs to: one for each name it is or is short for, ascending; empty for a name that
 * is in no list. The numbers mean something within one process only. Keep the array: comparing two is cheap.
 */
export const nicknameClasses = (forename: string): readonly number[] => classes.get(forename) ?? none;

/** Whether two forenames may be the same person's: one is short for the other, or both for a third. Of classes, ascending. */
export const shareNicknameClass = (a: readonly number[], b: readonly number[]): boolean => {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [left = 0, right = 0] = [a[i], b[j]];
    if (left === right) return true;
    if (left < right) i += 1;
    else j += 1;
  }
  return false;
};

/** A list's name for each word in it: itself where a line begins with it, else the first line that has it. */
const fullForms = (list: string): ReadonlyMap<string, string> => {
  const lines = list
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const forms = new Map<string, string>(lines.map(([root = '']) => [root, root]));
  for (const [root = '', ...shortForms] of lines) for (const name of shortForms) if (!forms.has(name)) forms.set(name, root);
  return forms;
};
const inTheUk = fullForms(shortFormsInTheUk);
const elsewhere = fullForms(carltonNorthernList);

/** The one name that a folded forename most likely stands for; itself where it is in no list. A guess, good for a key. */
export const fullFormOf = (forename: string): string => inTheUk.get(forename) ?? elsewhere.get(forename) ?? forename;
