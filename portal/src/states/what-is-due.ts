import type { OpenedLink } from '#shared/contracts/http/portal-routes.ts';
import { element, table } from '../page/element.ts';
import { dateInWords } from '../page/wording.ts';

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
const percent = (share: number | undefined): string => (share === undefined ? '–' : `${String(Math.floor(share * 100))}%`);

/** What the agreement expects of this feed and what came of it: undefined where nothing is expected at certain times. */
export const whatIsDue = (due: OpenedLink['due']): HTMLElement | undefined =>
  due.length === 0
    ? undefined
    : element(
        'div',
        {},
        table(
          'What is due under the agreement',
          ['Period', 'Due by', 'What came', 'Columns that were there', 'Rows that were right', 'Rows that we knew already'],
          due
            .toReversed()
            .map((period) => [
              `${dateInWords(period.start)} to ${dateInWords(period.end)}`,
              dateInWords(period.dueOn),
              whatCame(period),
              percent(period.quality.complete),
              percent(period.quality.valid),
              percent(period.quality.heldBefore),
            ]),
        ),
      );
