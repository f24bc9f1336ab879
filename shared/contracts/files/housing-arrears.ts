import type { Fact } from '../../domain/people/fact.ts';
import { date, reference, wholeNumber } from './cells.ts';
import { oneOf } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { nino } from './identifier-cells.ts';
import { checkNotAfterPeriod } from './period-checks.ts';
import { addressColumns, checkBirthDate, checkIdentity, nameColumns, personDetails } from './person-columns.ts';
import { present } from './present.ts';

const status = oneOf('status', { open: ['Open'], closed: ['Closed'], none: ['None'] }, { example: 'Open' });

export const housingArrears = defineFeed({
  id: 'housing-arrears',
  version: 1,
  title: 'Rent arrears',
  rowMeaning: 'One tenant of one tenancy that has, or had, rent arrears or eviction action. Joint tenants are one row each.',
  kind: 'snapshot',
  accessClass: 'standard',
  headings: ['H4'],
  columns: {
    tenancy_ref: required(reference('T-0009876'), 'The tenancy’s reference.'),
    partner_person_id: required(reference('P-0001234'), 'The tenant’s reference on your system.'),
    ...nameColumns,
    nino: optional(nino, 'National Insurance number, if you hold it.'),
    ...addressColumns,
    arrears_status: required(status, 'Whether there are rent arrears now (Open), were (Closed) or never were (None).'),
    arrears_since: optional(date('03/06/2024'), 'The day the arrears began. Needed when they are open.'),
    arrears_weeks: optional(wholeNumber({ max: 520, example: '9' }), 'How many weeks’ rent is owed. The amount is not needed.'),
    nosp_status: optional(status, 'Whether a notice seeking possession is in force.'),
    eviction_status: optional(status, 'Whether eviction action is under way.'),
    eviction_since: optional(date('01/10/2024'), 'The day the eviction action began. Needed when it is open.'),
  },
  exampleRow: { dob: '17/08/1986', eviction_status: 'None', eviction_since: '' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'nino'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    checkNotAfterPeriod({ column: 'arrears_since', value: row.arrears_since }, report, period);
    checkNotAfterPeriod({ column: 'eviction_since', value: row.eviction_since }, report, period);
    if (row.arrears_status === 'open' && row.arrears_since === undefined) {
      report({
        columns: ['arrears_since', 'arrears_status'],
        code: 'arrears-since-missing',
        message: 'The arrears are open, but the day they began is missing',
        fix: 'Enter the day the arrears began, or correct the status.',
      });
    }
    if (row.eviction_status === 'open' && row.eviction_since === undefined) {
      report({
        columns: ['eviction_since', 'eviction_status'],
        code: 'eviction-since-missing',
        message: 'Eviction action is open, but the day it began is missing',
        fix: 'Enter the day the eviction action began, or correct the status.',
      });
    }
  },
  recordKey: ['tenancy_ref', 'partner_person_id'],
  personNumber: { column: 'partner_person_id' },
  mentions: (row) => {
    const facts: Fact[] = [];
    if (row.arrears_status === 'open' && row.arrears_since !== undefined) {
      facts.push({
        kind: 'rent-arrears',
        from: row.arrears_since,
        noticeServed: row.nosp_status === 'open',
        ...present({ weeks: row.arrears_weeks }),
      });
    }
    if (row.eviction_status === 'open' && row.eviction_since !== undefined)
      facts.push({ kind: 'eviction-action', from: row.eviction_since });
    return [{ subject: 'tenant', details: personDetails(row), contacts: [], relations: [], facts }];
  },
});
