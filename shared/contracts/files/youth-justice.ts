import { dayAfter } from '../../domain/calendar/date-text.ts';
import type { Fact } from '../../domain/people/fact.ts';
import { date, reference, text } from './cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { pncId } from './identifier-cells.ts';
import { checkNotAfterPeriod, checkOrder, checkTouchesPeriod } from './period-checks.ts';
import { addressColumns, checkBirthDate, checkIdentity, nameColumns, personDetails, sexColumn } from './person-columns.ts';
import { present } from './present.ts';

export const youthJustice = defineFeed({
  id: 'youth-justice',
  version: 1,
  title: 'Youth justice',
  rowMeaning: 'One disposal of one young person, with the order that follows from it.',
  kind: 'increment',
  accessClass: 'standard',
  headings: ['H1'],
  columns: {
    disposal_id: required(reference('YJ-24-0098'), 'The disposal’s reference on your system.'),
    partner_person_id: required(reference('YJS0345'), 'The young person’s reference on your system.'),
    pnc_id: optional(pncId, 'Police National Computer ID.'),
    ...nameColumns,
    ...sexColumn,
    ...addressColumns,
    offence_date: required(date('20/08/2024'), 'The day of the offence.'),
    disposal_type: required(text('Referral order'), 'The disposal: the sentence, order or caution.'),
    disposal_date: required(date('15/10/2024'), 'The day of the disposal.'),
    order_start: optional(date('15/10/2024'), 'The first day of the order, if there is one.'),
    order_end: optional(date('14/04/2025'), 'The last day of the order.'),
  },
  exampleRow: { dob: '03/03/2009' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'pnc_id'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    checkOrder({ column: 'offence_date', value: row.offence_date }, { column: 'disposal_date', value: row.disposal_date }, report);
    checkOrder({ column: 'order_start', value: row.order_start }, { column: 'order_end', value: row.order_end }, report);
    const end =
      row.order_start === undefined
        ? ({ column: 'disposal_date', value: row.disposal_date } as const)
        : ({ column: 'order_end', value: row.order_end } as const);
    checkTouchesPeriod({ start: { column: 'disposal_date', value: row.disposal_date }, end }, report, period);
    checkNotAfterPeriod({ column: 'offence_date', value: row.offence_date }, report, period);
    if (row.order_end !== undefined && row.order_start === undefined) {
      report({
        columns: ['order_start', 'order_end'],
        code: 'order-start-missing',
        message: 'The order has an end but no start',
        fix: 'Enter the first day of the order, or leave both dates empty.',
      });
    }
  },
  recordKey: ['disposal_id', 'partner_person_id'],
  personNumber: { column: 'partner_person_id' },
  mentions: (row) => {
    const facts: Fact[] = [{ kind: 'proven-offence', from: row.offence_date, disposal: row.disposal_type }];
    if (row.order_start !== undefined) {
      facts.push({
        kind: 'youth-justice-order',
        from: row.order_start,
        disposal: row.disposal_type,
        ...present({ to: row.order_end === undefined ? undefined : dayAfter(row.order_end) }),
      });
    }
    return [{ subject: 'young-person', details: personDetails(row), contacts: [], relations: [], facts }];
  },
});
