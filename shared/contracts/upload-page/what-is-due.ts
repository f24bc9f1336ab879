import type { OpenedLink } from '../http/portal-routes.ts';
import type { Markup } from './markup.ts';
import { dateInWords, listInWords } from './wording.ts';

type DuePeriod = OpenedLink['due'][number];

const days = (count: number): string => (count === 1 ? '1 day late' : `${String(count)} days late`);

const whatCame = ({ state, cameOn, daysLate = 0 }: DuePeriod): string => {
  switch (state) {
    case 'came':
      return `Sent on ${dateInWords(cameOn ?? '')}, in time`;
    case 'came-late':
      return `Sent on ${dateInWords(cameOn ?? '')}, ${days(daysLate)}`;
    case 'under-way':
      return 'Sent; not read yet';
    case 'awaited':
      return 'Not sent yet; there is time';
    case 'late':
      return `Not sent: ${days(daysLate)}`;
    case 'not-sent':
      return 'Not sent';
  }
};

/** Rounded down, so that 100% means all. */
const percent = (share: number): string => `${String(Math.floor(share * 100))}%`;

const quality = ({ quality: { complete, valid, heldBefore } }: DuePeriod): string => {
  const said = [
    ...(complete === undefined ? [] : [`${percent(complete)} of the columns were there`]),
    ...(valid === undefined ? [] : [`${percent(valid)} of the rows were right`]),
    ...(heldBefore === undefined ? [] : [`${percent(heldBefore)} of those we knew already`]),
  ];
  return said.length === 0 ? '–' : listInWords(said);
};

/** What the agreement expects of this feed and what came of it: undefined where nothing is expected at certain times. */
export const whatIsDue = <Node>(page: Markup<Node>, due: OpenedLink['due']): Node | undefined =>
  due.length === 0
    ? undefined
    : page.table(
        'What is due under the agreement',
        ['Period', 'Due by', 'What came', 'How good it was'],
        due
          .toReversed()
          .map((period) => [
            `${dateInWords(period.start)} to ${dateInWords(period.end)}`,
            dateInWords(period.dueOn),
            whatCame(period),
            quality(period),
          ]),
      );
