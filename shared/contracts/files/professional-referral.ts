import { date, reference, yesNo } from './cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { nhsNumber, nino, upn } from './identifier-cells.ts';
import { needIds } from './need-cells.ts';
import { checkInPeriod } from './period-checks.ts';
import { addressColumns, checkBirthDate, checkIdentity, nameColumns, personDetails, sexColumn } from './person-columns.ts';

const headingColumns = [
  ['h1', 'H1'],
  ['h2', 'H2'],
  ['h3', 'H3'],
  ['h4', 'H4'],
  ['h5', 'H5'],
  ['h6', 'H6'],
] as const;

export const professionalReferral = defineFeed({
  id: 'professional-referral',
  version: 1,
  title: 'Professional referral (nomination)',
  rowMeaning: 'One person whom a professional nominates, with the headings, or the needs, that they see.',
  kind: 'increment',
  accessClass: 'standard',
  headings: ['H1', 'H2', 'H3', 'H4', 'H5', 'H6'],
  columns: {
    nomination_ref: required(reference('NOM-24-0007'), 'Your reference for the nomination. People of one family may share it.'),
    partner_person_id: optional(
      reference('1'),
      'Your reference for the person, or their number on the form. Needed when a nomination names several people.',
    ),
    referral_date: required(date('12/11/2024'), 'The day of the nomination.'),
    ...nameColumns,
    ...sexColumn,
    nhs_number: optional(nhsNumber, 'NHS number, if you hold it.'),
    upn: optional(upn, 'Unique pupil number, if you hold it.'),
    nino: optional(nino, 'National Insurance number, if you hold it. Only from age 16.'),
    ...addressColumns,
    h1: optional(yesNo, 'Y for staying safe in the community: crime or antisocial behaviour.'),
    h2: optional(yesNo, 'Y for good education: not attending school regularly.'),
    h3: optional(yesNo, 'Y for life chances: a child who needs help.'),
    h4: optional(yesNo, 'Y for living standards: out of work, debt or homelessness.'),
    h5: optional(yesNo, 'Y for staying safe in relationships: domestic abuse.'),
    h6: optional(yesNo, 'Y for good health: physical or mental health, drugs or alcohol.'),
    needs: optional(needIds, 'Needs of the ten headings that you see, by number, such as SF.5.2 for harmful conflict between parents.'),
    notes_held: optional(yesNo, 'Y if you hold notes that support the nomination. Do not send them.'),
  },
  exampleRow: { upn: 'J340123425001', nino: '', h2: 'Y', needs: '' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'nhs_number', 'upn', 'nino'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    checkInPeriod({ column: 'referral_date', value: row.referral_date }, report, period);
    if (row.needs === undefined && headingColumns.every(([column]) => row[column] !== true)) {
      report({
        columns: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'needs'],
        code: 'heading-missing',
        message: 'The nomination has neither a heading nor a need',
        fix: 'Enter Y under at least one heading, h1 to h6, or name a need by its number.',
      });
    }
  },
  recordKey: ['nomination_ref', 'partner_person_id'],
  personNumber: { column: 'partner_person_id', within: ['nomination_ref'] },
  mentions: (row) => [
    {
      subject: 'person',
      details: personDetails(row),
      contacts: [],
      relations: [],
      facts: [...headingColumns.flatMap(([column, heading]) => (row[column] === true ? [heading] : [])), ...(row.needs ?? [])].map(
        (heading) => ({ kind: 'nominated-need' as const, from: row.referral_date, heading, note: row.notes_held ?? false }),
      ),
    },
  ],
});
