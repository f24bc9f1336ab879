import type { Fact } from '../../domain/people/fact.ts';
import { date, reference, yesNo } from './cells.ts';
import { oneOf } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import { pncId } from './identifier-cells.ts';
import { checkInPeriod } from './period-checks.ts';
import { addressColumns, checkBirthDate, checkIdentity, nameColumns, personDetails, sexColumn } from './person-columns.ts';

const role = oneOf(
  'role',
  {
    suspect: ['Suspect', 'Offender', 'Accused'],
    victim: ['Victim', 'Aggrieved'],
    witness: ['Witness'],
    subject: ['Subject', 'Involved', 'Involved party'],
  },
  { example: 'Suspect' },
);

const outcome = oneOf(
  'outcome',
  {
    convicted: ['Convicted', 'Conviction'],
    caution: ['Caution', 'Simple caution'],
    'conditional-caution': ['Conditional caution', 'Youth conditional caution'],
    'youth-caution': ['Youth caution'],
    charged: ['Charged'],
    'community-resolution': ['Community resolution'],
    'no-further-action': ['No further action', 'NFA'],
    ongoing: ['Ongoing', 'Under investigation'],
  },
  { example: 'Caution', nothing: ['None', 'Not applicable', 'N/A', 'Unknown'] },
);

/** Proven is what a court or a formal caution has found (Ministry of Justice, proven reoffending statistics). */
const provenOutcomes: readonly (string | undefined)[] = ['convicted', 'caution', 'conditional-caution', 'youth-caution'];

export const policeIncidents = defineFeed({
  id: 'police-incidents',
  version: 1,
  title: 'Police incidents',
  rowMeaning:
    'One person’s part in one incident. An incident with three people is three rows. Send only the kinds agreed for the programme.',
  kind: 'increment',
  accessClass: 'standard',
  headings: ['H1', 'H5'],
  columns: {
    incident_no: required(reference('MER-24-000123'), 'The incident or crime number.'),
    partner_person_id: required(reference('N0004567'), 'The person’s reference on the police system.'),
    incident_date: required(date('05/10/2024'), 'The day of the incident.'),
    role: required(role, 'The person’s part in it.'),
    outcome: optional(outcome, 'What came of it for this person.'),
    asb_flag: required(yesNo, 'Y if it was antisocial behaviour.'),
    da_flag: required(yesNo, 'Y if it was domestic abuse.'),
    child_present_flag: optional(yesNo, 'Y if a child was there.'),
    pnc_id: optional(pncId, 'Police National Computer ID.'),
    ...nameColumns,
    ...sexColumn,
    ...addressColumns,
  },
  exampleRow: { dob: '17/08/1986' },
  checkRow: (row, report, period) => {
    checkIdentity(row, ['surname', 'forename', 'dob', 'pnc_id'], report);
    checkBirthDate(row.dob, 'dob', report, period);
    checkInPeriod({ column: 'incident_date', value: row.incident_date }, report, period);
    if (provenOutcomes.includes(row.outcome) && row.role !== undefined && row.role !== 'suspect') {
      report({
        columns: ['outcome', 'role'],
        code: 'outcome-without-suspect',
        message: 'Only a suspect can be convicted or cautioned',
        fix: 'Correct the role, or leave the outcome empty.',
      });
    }
  },
  recordKey: ['incident_no', 'partner_person_id', 'role'],
  personNumber: { column: 'partner_person_id' },
  mentions: (row) => {
    const facts: Fact[] = [
      {
        kind: 'police-incident',
        from: row.incident_date,
        role: row.role,
        antisocialBehaviour: row.asb_flag,
        domesticAbuse: row.da_flag,
        childPresent: row.child_present_flag ?? false,
      },
    ];
    if (row.outcome !== undefined && provenOutcomes.includes(row.outcome)) {
      facts.push({ kind: 'proven-offence', from: row.incident_date, disposal: row.outcome });
    }
    return [{ subject: 'person', details: personDetails(row), contacts: [], relations: [], facts }];
  },
});
