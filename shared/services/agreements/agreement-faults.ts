import type { FieldError } from '../../contracts/http/problems.ts';
import type { AgreementTerms } from '../../domain/uploads/sharing-agreement.ts';
import type { FeedCatalogue } from '../uploads/feed-catalogue.ts';

/** Days that no agreement has are slips of the keyboard, and retention counts on from them. */
const [earliest, latest] = ['2000-01-01', '2199-12-31'];

/** What the schema cannot see: days in the wrong order, and columns that do not fit their feed. */
export const agreementFaults = (
  { start, end, feeds }: Pick<AgreementTerms, 'start' | 'end' | 'feeds'>,
  catalogue: FeedCatalogue,
): readonly FieldError[] => {
  const errors: FieldError[] = [];
  for (const [name, day] of Object.entries({ start, end })) {
    if (day >= earliest && day <= latest) continue;
    errors.push({
      pointer: `/body/${name}`,
      code: 'day-implausible',
      message: 'No agreement is of such a year.',
      fix: 'Give a day from 2000 to 2199.',
    });
  }
  if (end < start) {
    errors.push({
      pointer: '/body/end',
      code: 'period-backwards',
      message: 'The agreement ends before it starts.',
      fix: 'Give an end that is on or after the start.',
    });
  }
  feeds.forEach(({ feed, columns }, index) => {
    const pointer = `/body/feeds/${String(index)}`;
    if (feeds.findIndex((other) => other.feed === feed) < index) {
      errors.push({ pointer, code: 'feed-twice', message: 'The feed is listed twice.', fix: 'List each feed once.' });
    }
    const known = catalogue(feed).columns;
    columns.forEach((column, at) => {
      if (columns.indexOf(column) < at) {
        errors.push({
          pointer: `${pointer}/columns/${String(at)}`,
          code: 'column-twice',
          message: 'The column is listed twice.',
          fix: 'List each column once.',
        });
      }
      if (!known.some(({ name }) => name === column)) {
        errors.push({
          pointer: `${pointer}/columns/${String(at)}`,
          code: 'column-unknown',
          message: 'The feed has no such column.',
          fix: 'Use the column names of the feed’s template.',
        });
      }
    });
    for (const { name, inEveryFile } of known) {
      if (inEveryFile && !columns.includes(name)) {
        errors.push({
          pointer: `${pointer}/columns`,
          column: name,
          code: 'column-needed',
          message: `The feed’s rows cannot be read without the column ${name}.`,
          fix: 'Agree on the column as well, or leave the feed out.',
        });
      }
    }
  });
  return errors;
};
