import { splitFullName } from '../split-full-name.ts';
import { foldWords } from './fold-words.ts';
import {
  areRoleWords,
  bareTitles,
  droppedParticles,
  gaelicForms,
  generations,
  honours,
  isUnbornWord,
  isUnnamedChildWord,
  joinedParticles,
  titles,
} from './name-words.ts';
import { repairText } from './repair-text.ts';

/** Raise it when the same raw names come out otherwise: what is kept beside the raw value says by which it was made. */
export const nameCleaningVersion = 2;

/** Names as a row has them. `fullName` is used where forename and surname are both missing. */
export interface RawNames {
  readonly forename?: string | undefined;
  readonly middleNames?: string | undefined;
  readonly surname?: string | undefined;
  readonly previousSurname?: string | undefined;
  readonly fullName?: string | undefined;
}

type NameNote =
  /** What stood for the forename or the surname is a role or a remark: `mother`, `not known`. It is left out. */
  | 'placeholder-forename'
  | 'placeholder-surname'
  /** A child that is not named yet; the surname may be the mother's. */
  | 'unnamed-child'
  | 'unborn'
  /** Forename and surname stood in one cell. */
  | 'full-name-split'
  /** Encoding, web entities or a spreadsheet's marks were undone. */
  | 'repaired'
  /** A cell with an error or a date in it that cannot be a name. */
  | 'lost';

/**
 * Names for comparing: lower case, a–z, words with one space between. The alternatives of a field are names of the same
 * person (a nickname in brackets, a name before marriage), the one in use first; none where nothing is known.
 */
export interface CleanNames {
  readonly version: number;
  /** `jean paul`; `j`. */
  readonly forenames: readonly string[];
  /** `mary louise`; empty where there are none. */
  readonly middleNames: string;
  /** Particles closed up (`vanderberg`, `obrien`), double names as words (`smith jones`). */
  readonly surnames: readonly string[];
  /** `jr`, `sr`, `ii`: tells namesakes apart. */
  readonly generation: string;
  readonly notes: readonly NameNote[];
}

const simple = /^[A-Za-z]{2,}$/;

interface Parts {
  words: readonly string[];
  readonly others: readonly (readonly string[])[];
}

const nothing: Parts = { words: [], others: [] };

/** Of a cell: its words, and those of names beside it in brackets, quotes or behind née, known as, formerly, or a stroke. */
const readCell = (raw: string | undefined, notes: Set<NameNote>): Parts => {
  if (raw === undefined || raw === '') return nothing;
  if (simple.test(raw)) return { words: [raw.toLowerCase()], others: [] };
  const { text, repairs } = repairText(raw);
  if (repairs.includes('lost')) notes.add('lost');
  else if (repairs.length > 0) notes.add('repaired');
  const others: string[] = [];
  const outside = text
    .replaceAll(/[([{"“]([^)\]}"”]*)[)\]}"”]?/gu, (_, inside: string) => {
      others.push(inside);
      return ' ';
    })
    .replace(
      /(?:^|\s)(?:n[ée]e|born|formerly|previously|prev|aka|a\.k\.a\.?|known as|also known as|k\/a|alias)(?:\s+|:\s*)(.*)$/iu,
      (_, name: string) => {
        others.push(name);
        return ' ';
      },
    );
  return {
    words: foldWords(outside),
    others: others
      .map((other) => foldWords(other.replace(/^(?:n[ée]e|formerly|aka|known as|prefers)\s+/iu, '')))
      .filter(({ length }) => length > 0),
  };
};

const withoutTitles = (words: readonly string[]): readonly string[] => {
  let first = 0;
  while (first < words.length - 1 && titles.has(words[first] ?? '')) first += 1;
  return first === 0 ? words : words.slice(first);
};

/** Particles closed up or left out: the last word always stays. `Salah ud Din` becomes one word, as many write it. */
const joinParticles = (words: readonly string[]): readonly string[] => {
  if (words.length < 2) return words;
  const joined: string[] = [];
  let prefix = '';
  for (const [index, word] of words.entries()) {
    const isLast = index === words.length - 1;
    if (word === 'din' && droppedParticles.has(words[index - 1] ?? '') && joined.length > 0) {
      joined.push(`${joined.pop() ?? ''}uddin`);
    } else if (!isLast && gaelicForms[word] !== undefined) prefix += gaelicForms[word];
    else if (!isLast && joinedParticles.has(word)) prefix += word === 'abd' || word.startsWith('abd') ? 'abdul' : word;
    else if (isLast || !droppedParticles.has(word)) {
      joined.push(prefix + (gaelicForms[words[index - 1] ?? ''] === undefined ? word : word.replace(/^([bcdfgmpst])h/, '$1')));
      prefix = '';
    }
  }
  return joined;
};

/** A single O or D is a particle before a surname, but an initial in the middle of forenames. */
const joinGivenParticles = (words: readonly string[]): readonly string[] =>
  words.length < 2 || !words.some((word) => word.length > 1 && (joinedParticles.has(word) || droppedParticles.has(word)))
    ? words
    : joinParticles(words);

/** One letter of an alphabet; one sign of Chinese is a name. */
const isInitial = (word: string): boolean => /^[a-z0-9]?$/.test(word);

const startsWith = (words: readonly string[], start: readonly string[]): boolean => start.every((word, index) => words[index] === word);
const endsWith = (words: readonly string[], end: readonly string[]): boolean =>
  end.every((word, index) => words[words.length - end.length + index] === word);

/** The names of one row, cleaned. Pure and total: any text gives an answer, rubbish an empty one. */
export const cleanNames = (raw: RawNames): CleanNames => {
  const notes = new Set<NameNote>();
  const cells = splitCells(raw, notes);
  const middle = withoutTitles(readCell(cells.middleNames, notes).words);
  const given = readCell(cells.forename, notes);
  const family = readCell(cells.surname, notes);
  let forename = withoutTitles(given.words);
  let surname = withoutTitles(family.words);
  const generation = [...forename.slice(1), ...surname.slice(1)].find((word) => generations.has(word)) ?? '';
  forename = withoutSuffixes(forename);
  surname = withoutSuffixes(surname);

  // The whole name in the forename's or the surname's cell, beside the other part.
  if (surname.length > 0 && forename.length > surname.length && endsWith(forename, surname)) forename = forename.slice(0, -surname.length);
  if (forename.join('').length > 2 && surname.length > forename.length && startsWith(surname, forename))
    surname = surname.slice(forename.length);

  const role = namelessness(forename, surname, notes);
  const names = {
    forename: role.forename ? [] : joinGivenParticles(forename),
    surname: role.surname ? [] : joinParticles(surname).filter((word, _, all) => !isInitial(word) || all.length === 1),
  };
  const surnames = [names.surname, ...family.others.map(joinParticles), joinParticles(readCell(cells.previousSurname, notes).words)];
  return {
    version: nameCleaningVersion,
    forenames: alternatives([names.forename, ...given.others]),
    middleNames: areRoleWords(middle, true) ? '' : joinGivenParticles(middle).join(' '),
    surnames: alternatives(surnames.filter((words) => !isInitial(words.join('')) && !areRoleWords(words, false))),
    generation: canonicalGeneration(generation),
    notes: [...notes],
  };
};

const splitCells = (raw: RawNames, notes: Set<NameNote>): RawNames => {
  const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
  if (!isBlank(raw.forename) && !isBlank(raw.surname)) return raw;
  const whole = isBlank(raw.forename) && isBlank(raw.surname) ? raw.fullName : isBlank(raw.forename) ? raw.surname : raw.forename;
  // A full name of one word is a forename or a surname: as the latter it is held against both.
  if (whole !== undefined && whole === raw.fullName && !/[\s,]/.test(whole.trim())) return { ...raw, surname: whole };
  if (whole === undefined || !/[\s,]/.test(whole.trim())) return raw;
  // A cell of one field stays what it says it is, unless it says itself that both are in it.
  const isFullName = whole === raw.fullName || whole.includes(',');
  const split = isFullName ? splitFullName(repairText(whole).text) : undefined;
  if (split?.forename === undefined) return raw;
  notes.add('full-name-split');
  return { ...raw, forename: split.forename, surname: split.surname, middleNames: raw.middleNames ?? split.middleNames };
};

const withoutSuffixes = (words: readonly string[]): readonly string[] => {
  let end = words.length;
  while (end > 1 && (generations.has(words[end - 1] ?? '') || honours.has(words[end - 1] ?? ''))) end -= 1;
  return end === words.length ? words : words.slice(0, end);
};

const canonicalGeneration = (word: string): string =>
  word === '' ? '' : word.startsWith('j') ? 'jr' : word.startsWith('s') ? 'sr' : word === '2nd' ? 'ii' : word === '3rd' ? 'iii' : word;

const namelessness = (
  forename: readonly string[],
  surname: readonly string[],
  notes: Set<NameNote>,
): { readonly forename: boolean; readonly surname: boolean } => {
  const [first = ''] = forename;
  const isChild = isUnnamedChildWord(first) || isUnnamedChildWord(surname[0] ?? '');
  if (isChild) notes.add('unnamed-child');
  if (forename.some(isUnbornWord) || surname.some(isUnbornWord)) notes.add('unborn');
  const placeholder =
    forename.length > 0 && (isUnnamedChildWord(first) || areRoleWords(forename, true) || bareTitles.has(forename.join('')));
  if (placeholder) notes.add('placeholder-forename');
  const noSurname = surname.length > 0 && (areRoleWords(surname, placeholder) || surname.every(isInitial));
  if (noSurname) notes.add('placeholder-surname');
  return { forename: placeholder, surname: noSurname };
};

const alternatives = (names: readonly (readonly string[])[]): readonly string[] => [
  ...new Set(names.map((words) => words.join(' ')).filter((name) => name !== '')),
];
