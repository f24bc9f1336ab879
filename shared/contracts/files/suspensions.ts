import { date, decimalNumber } from './cells.ts';
import { oneOf } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { upn } from './identifier-cells.ts';
import { checkInPeriod } from './period-checks.ts';
import { checkBirthDate, nameColumns, personDetails } from './person-columns.ts';
import { establishment } from './school-cells.ts';

/** DfE's term is suspension since 2021; older systems still write fixed-term or fixed-period exclusion. */
const category = oneOf(
  'category',
  {
    suspension: ['SUSP', 'Suspension', 'FIXD', 'Fixed term', 'Fixed period', 'Fixed term exclusion', 'LNCH', 'Lunchtime'],
    permanent: ['PERM', 'Permanent', 'Permanent exclusion'],
  },
  { example: 'SUSP' },
);

export const suspensions = defineFeed({
  id: 'suspensions',
  version: 1,
  title: 'Suspensions and permanent exclusions',
  rowMeaning: 'One suspension or permanent exclusion of one pupil.',
  kind: 'increment',
  accessClass: 'standard',
  headings: ['H2'],
  columns: {
    upn: required(upn, 'Unique pupil number.'),
    estab_no: optional(establishment, 'The school’s LA and establishment number.'),
    ...nameColumns,
    category: required(category, 'SUSP for a suspension (fixed-term exclusion), PERM for a permanent exclusion.'),
    start_date: required(date('14/11/2024'), 'The first day of the suspension or exclusion.'),
    sessions: optional(
      decimalNumber({ max: 90, example: '4' }),
      'How many sessions (half days) the suspension lasts. Needed for a suspension.',
    ),
  },
  checkRow: (row, report, period) => {
    checkBirthDate(row.dob, 'dob', report, period);
    checkInPeriod({ column: 'start_date', value: row.start_date }, report, period);
    if (row.category === 'suspension' && row.sessions === undefined) {
      report({
        columns: ['sessions', 'category'],
        code: 'sessions-missing',
        message: 'The number of sessions is missing',
        fix: 'Enter how many sessions the suspension lasts. One school day is two sessions.',
      });
    }
  },
  recordKey: ['upn', 'category', 'start_date'],
  mentions: (row) => [
    {
      subject: 'pupil',
      details: personDetails(row),
      contacts: [],
      relations: [],
      facts: [{ kind: 'exclusion', from: row.start_date, category: row.category, sessions: row.sessions ?? 0 }],
    },
  ],
});
