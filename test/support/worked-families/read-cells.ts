import { dayOf, isoOf } from '../second-evaluator/days.ts';
import {
  daysBehind,
  type CoveredPeriod,
  type FamilyFact,
  type FamilyRecord,
  type Feed,
  type Member,
} from '../second-evaluator/evaluator-input.ts';
import { factsInWords } from './facts-in-words.ts';

const date = String.raw`(\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d{2}-\d{2})`;

/** `31/08/2015` or `2015-08-31` as ISO text. A day that the calendar does not have stays one, for sheets about such data. */
export const readDate = (text: string): string => {
  const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (british) return `${british[3] ?? ''}-${(british[2] ?? '').padStart(2, '0')}-${(british[1] ?? '').padStart(2, '0')}`;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  throw new Error(`“${text}” should be a date such as 31/08/2015.`);
};

/** The day after a last day: what is up to and including the 31st ends, half-open, on the 1st. */
export const readDateAfter = (text: string): string => isoOf(dayOf(readDate(text)) + 1);

const partsOf = (text: string): string[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const feedNamed = (words: string): Feed => {
  const found = Object.keys(daysBehind).find((feed) => feed.replaceAll('-', ' ') === words.trim());
  if (found === undefined)
    throw new Error(`“${words}” is no feed. The feeds are: ${Object.keys(daysBehind).join(', ').replaceAll('-', ' ')}.`);
  return found as Feed;
};

/** `all`, `none`, `all but suspensions, dwp benefits` or `youth justice from D to D; …`, last days included. */
export const readCoverage = (text: string, asAt: string): CoveredPeriod[] => {
  if (text === 'none') return [];
  const complete = /^all(?: but (.*))?$/.exec(text);
  if (complete) {
    const missing = complete[1] === undefined ? [] : complete[1].split(',').map(feedNamed);
    const from = isoOf(dayOf(asAt) - 1500);
    return (Object.keys(daysBehind) as Feed[])
      .filter((feed) => !missing.includes(feed))
      .map((feed) => ({ feed, agency: 'partner', uploadId: `all-${feed}`, from, to: isoOf(dayOf(asAt) + 1) }));
  }
  return partsOf(text).map((part, index) => {
    const [, words = '', from = '', to = ''] = new RegExp(`^(.*?) from ${date} to ${date}$`).exec(part) ?? [];
    if (to === '') throw new Error(`“${part}” should say “feed from 01/01/2014 to 31/12/2014”, “all”, “all but …” or “none”.`);
    return { feed: feedNamed(words), agency: 'partner', uploadId: `file-${index + 1}`, from: readDate(from), to: readDateAfter(to) };
  });
};

/** `child born 20/01/2003`, `parent born about …, lives elsewhere`, `parent, birth date not known`, `unborn, expected 01/03/2024`, `…, restricted`. */
export const readMember = (personId: string, person: string, facts: string, asAt: string): Member => {
  const [, about, born] = new RegExp(`born (about )?${date}`).exec(person) ?? [];
  const [, expected] = new RegExp(`expected ${date}`).exec(person) ?? [];
  if (born === undefined && expected === undefined && !person.includes('birth date not known')) {
    throw new Error(`“${person}” should say “born 31/08/2015”, “expected 31/08/2015” or “birth date not known”.`);
  }
  return {
    personId,
    ...(born !== undefined && { birthDate: readDate(born), birthDateEstimated: about !== undefined }),
    ...(expected !== undefined && { expectedBirthDate: readDate(expected) }),
    parent: person.startsWith('parent'),
    lives: person.includes('lives elsewhere') ? 'elsewhere' : 'in-the-household',
    restricted: person.includes('restricted'),
    records: partsOf(facts).map((part, index) => readRecord(part, index + 1, asAt)),
  };
};

/** One fact is one row of one file, last seen on the day asked about unless it says `seen to D`. */
const readRecord = (part: string, row: number, asAt: string): FamilyRecord => {
  const [, what = part, seen] = new RegExp(`^(.*?)(?: seen to ${date})?$`).exec(part) ?? [];
  const { feed, facts } = readFact(what);
  return {
    feed,
    agency: 'partner',
    uploadId: `rows-${feed}`,
    row,
    accessClass: feed === 'dwp-benefits' ? 'benefits' : feed === 'domestic-abuse-marac' ? 'domestic-abuse' : 'standard',
    periodEnd: seen === undefined ? asAt : readDate(seen),
    facts,
  };
};

const readFact = (text: string): { feed: Feed; facts: FamilyFact[] } => {
  const known = /^known to (.*)$/.exec(text);
  if (known) return { feed: feedNamed(known[1] ?? ''), facts: [] };
  if (text.startsWith('attendance ')) return { feed: 'school-attendance', facts: [readAttendance(text)] };
  const [, words = '', , from = '', to] = new RegExp(`^(.*?) (on|from) ${date}(?: to ${date})?$`).exec(text) ?? [];
  if (from === '') throw new Error(`“${text}” should say “… on 31/08/2015”, “… from 31/08/2015” or “… from 31/08/2015 to 31/12/2015”.`);
  const dates = { from: readDate(from), ...(to !== undefined && { to: readDateAfter(to) }) };
  const nominated = /^nominated for (.*)$/.exec(words);
  if (nominated) {
    return { feed: 'professional-referral', facts: [{ kind: 'nominated-need', heading: nominated[1] ?? '', note: false, ...dates }] };
  }
  const meaning = factsInWords[words];
  if (!meaning) throw new Error(`“${words}” is no fact. The facts are: ${Object.keys(factsInWords).join(', ')}.`);
  return { feed: meaning.feed, facts: [{ ...meaning.fields, ...dates }] };
};

const usualTermDates: Readonly<Record<string, readonly [year: number, from: string, to: string]>> = {
  autumn: [0, '09-03', '12-21'],
  spring: [1, '01-06', '03-29'],
  summer: [1, '04-15', '07-21'],
};

/** `attendance autumn 2013/14: 15 unauthorised and 2 authorised of 100`, in sessions. */
const readAttendance = (text: string): FamilyFact => {
  const [, term = '', year = '', , unauthorised, authorised, possible] =
    /^attendance (\w+) ((\d{4})\/\d\d): (-?\d+) unauthorised and (-?\d+) authorised of (-?\d+)$/.exec(text) ?? [];
  const [later, from, to] = usualTermDates[term] ?? [0, '', ''];
  if (possible === undefined || from === '') {
    throw new Error(`“${text}” should say “attendance autumn 2013/14: 15 unauthorised and 2 authorised of 100”.`);
  }
  return {
    kind: 'school-attendance',
    from: `${Number(year.slice(0, 4)) + later}-${from}`,
    to: `${Number(year.slice(0, 4)) + later}-${to}`,
    academicYear: year,
    term,
    sessionsPossible: Number(possible),
    sessionsAuthorised: Number(authorised),
    sessionsUnauthorised: Number(unauthorised),
  };
};
