import type { FeedDefinition, FilePeriod, RowProblem } from '../feed-definition.ts';
import { textHash } from './text-hash.ts';

type Query = (cells: ReadonlyMap<string, string>) => readonly RowProblem[];

const query = (column: string, code: string, message: string, fix: string): RowProblem => ({ column, code, message, fix });
const checkAndSend = 'Check it in your system. If it is right, send it as it is.';

const pairs = (columns: readonly string[], first: string, second: string): readonly (readonly [string, string])[] =>
  columns
    .filter((name) => name.endsWith(first))
    .flatMap((name): (readonly [string, string])[] => {
      const other = name.slice(0, -first.length) + second;
      return columns.includes(other) ? [[name, other]] : [];
    });

/** Beyond this age a century was typed for another more often than somebody lives so long. */
const oldestUsual = 100;
/** Larger households are rare; hostels, prisons and the sender's own address are not. */
const mostAtOneHome = 20;

/** Counts the people at each address as rows come; true from the one on that is one too many. */
const crowds = (): ((home: string, person: string) => boolean) => {
  const homes = new Map<string, Set<string>>();
  return (home, person) => {
    const people = homes.get(home) ?? new Set<string>();
    homes.set(home, people);
    if (people.size <= mostAtOneHome) people.add(textHash(person));
    return people.size > mostAtOneHome;
  };
};

/**
 * What is odd in a row but may be right: asked about, never refused. By what the columns are called, so that every feed has
 * the same questions; only about rows that are otherwise all right.
 */
export const rowQueries = (feed: FeedDefinition, { end }: Pick<FilePeriod, 'end'>): Query => {
  const columns = feed.columns.map(({ name }) => name);
  const sameNames = pairs(columns, 'forename', 'surname');
  const names = columns.filter((name) => /(?:fore|sur)name$/.test(name));
  const births = columns.filter((name) => /(?:^|_)dob$/.test(name));
  const lines = pairs(columns, 'address_line_1', 'postcode');
  const homes = columns.filter((name) => /(?:^|_)uprn$/.test(name));
  const isCrowded = crowds();
  return (cells) => {
    const found: RowProblem[] = [];
    const of = (name: string): string => cells.get(name) ?? '';
    for (const [forename, surname] of sameNames) {
      if (of(forename).length > 1 && of(forename).toLowerCase() === of(surname).toLowerCase()) {
        found.push(query(forename, 'query-same-names', 'The forename is the same as the surname', checkAndSend));
      }
    }
    for (const name of names) {
      if (/\d/.test(of(name))) found.push(query(name, 'query-digits-in-name', 'The name has digits in it', checkAndSend));
    }
    for (const name of births) {
      if (/^(?:0?1[/.-]0?1[/.-]|\d{4}-01-01)/.test(of(name))) {
        found.push(
          query(name, 'query-first-of-january', 'The date of birth is 1 January, which many systems put where none is known', checkAndSend),
        );
      }
    }
    for (const name of births) {
      const year = Number(/\d{4}/.exec(of(name))?.[0] ?? NaN);
      if (year < Number(end.slice(0, 4)) - oldestUsual) {
        found.push(query(name, 'query-very-old', `The date of birth is more than ${String(oldestUsual)} years ago`, checkAndSend));
      }
    }
    for (const name of homes) {
      if (of(name) !== '' && isCrowded(`${name} ${of(name)}`, JSON.stringify([...names, ...births].map(of)))) {
        found.push(
          query(
            name,
            'query-many-at-one-address',
            `More than ${String(mostAtOneHome)} people in the file have this UPRN`,
            'Check that it is where they live, and not where you are. If they do live there, send it as it is.',
          ),
        );
      }
    }
    for (const [line, postcode] of lines) {
      if (of(line) !== '' && of(postcode) === '' && cells.has(postcode)) {
        found.push(
          query(
            postcode,
            'query-address-without-postcode',
            'There is an address but no postcode',
            'Add the postcode if you have it. If not, send it as it is.',
          ),
        );
      }
    }
    return found;
  };
};
