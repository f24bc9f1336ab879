import { dayAfter } from '../../domain/calendar/date-text.ts';
import type { Fact } from '../../domain/people/fact.ts';
import { date, reference, yesNo } from './cells.ts';
import { oneOf } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { nino, postcode } from './identifier-cells.ts';
import { checkNotAfterPeriod, checkOrder } from './period-checks.ts';
import { checkBirthDate, checkIdentity, nameColumns, personDetails } from './person-columns.ts';
import { present } from './present.ts';

const benefit = oneOf(
  'benefit',
  {
    'universal-credit': ['UC', 'Universal Credit'],
    'jobseekers-allowance': ['JSA', 'Jobseekers Allowance', 'Jobseeker’s Allowance', "Jobseeker's Allowance"],
    'employment-and-support-allowance': ['ESA', 'Employment and Support Allowance'],
    'income-support': ['IS', 'Income Support'],
    'carers-allowance': ['CA', 'Carers Allowance', 'Carer’s Allowance', "Carer's Allowance"],
  },
  { example: 'UC', nothing: ['None', 'N/A'] },
);

/** Universal Credit Regulations 2013, regs 89–99, in the names that Jobcentres use. */
const conditionality = oneOf(
  'conditionality group',
  {
    'searching-for-work': ['Searching for work', 'Searching', 'Intensive work search'],
    'working-with-requirements': ['Working with requirements', 'Light touch'],
    'preparing-for-work': ['Preparing for work', 'Preparing', 'Work preparation'],
    'planning-for-work': ['Planning for work', 'Planning', 'Work focused interview'],
    'no-work-requirements': ['No work requirements'],
    'working-no-requirements': ['Working no requirements', 'Working enough'],
  },
  { example: 'Searching for work', nothing: ['None', 'N/A', 'Not applicable'] },
);

export const dwpBenefits = defineFeed({
  id: 'dwp-benefits',
  version: 1,
  title: 'Out-of-work benefits',
  rowMeaning: 'One person whom the Jobcentre knows, with one benefit and whether they are in work, on the day of the check.',
  kind: 'snapshot',
  accessClass: 'benefits',
  headings: ['H4'],
  columns: {
    request_ref: required(reference('SF-REQ-00042'), 'The reference that the council gave the person in its request.'),
    nino: optional(nino, 'National Insurance number.'),
    ...nameColumns,
    postcode: optional(postcode, 'Postcode of the home address.'),
    check_date: required(date('31/10/2024'), 'The day the benefit system was looked at.'),
    oow_benefit_flag: required(yesNo, 'Y if the person is on an out-of-work benefit.'),
    benefit_type: optional(benefit, 'The benefit. Needed with an out-of-work benefit.'),
    claim_start: optional(date('12/02/2024'), 'The first day of the claim. Needed with an out-of-work benefit.'),
    claim_end: optional(date('30/11/2024'), 'The last day of the claim, if it has ended.'),
    uc_conditionality_group: optional(conditionality, 'For Universal Credit: the conditionality group.'),
    employment_flag: optional(yesNo, 'Y if the person is in work.'),
  },
  exampleRow: { dob: '17/08/1986', oow_benefit_flag: 'Y', claim_end: '' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'nino'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    checkNotAfterPeriod({ column: 'check_date', value: row.check_date }, report, period);
    checkNotAfterPeriod({ column: 'claim_start', value: row.claim_start }, report, period);
    checkOrder({ column: 'claim_start', value: row.claim_start }, { column: 'claim_end', value: row.claim_end }, report);
    if (row.oow_benefit_flag !== true) return;
    if (row.benefit_type === undefined) {
      report({
        columns: ['benefit_type', 'oow_benefit_flag'],
        code: 'benefit-missing',
        message: 'The person is on an out-of-work benefit, but the benefit is not named',
        fix: 'Enter the benefit, or correct the flag to N.',
      });
    }
    if (row.claim_start === undefined) {
      report({
        columns: ['claim_start', 'oow_benefit_flag'],
        code: 'claim-start-missing',
        message: 'The person is on an out-of-work benefit, but the claim has no first day',
        fix: 'Enter the first day of the claim, or correct the flag to N.',
      });
    }
  },
  recordKey: ['request_ref', 'benefit_type'],
  personNumber: { column: 'request_ref', within: ['check_date'] },
  mentions: (row) => {
    const facts: Fact[] = [];
    if (row.oow_benefit_flag && row.benefit_type !== undefined && row.claim_start !== undefined) {
      facts.push({
        kind: 'out-of-work-benefit',
        from: row.claim_start,
        benefit: row.benefit_type,
        ...present({ to: row.claim_end === undefined ? undefined : dayAfter(row.claim_end), conditionality: row.uc_conditionality_group }),
      });
    }
    if (row.employment_flag === true) facts.push({ kind: 'employment', from: row.check_date });
    return [{ subject: 'claimant', details: personDetails(row), contacts: [], relations: [], facts }];
  },
});
