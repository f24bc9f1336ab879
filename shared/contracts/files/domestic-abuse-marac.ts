import type { Fact } from '../../domain/people/fact.ts';
import type { Mention } from '../../domain/people/mention.ts';
import type { StatedRelation } from '../../domain/people/person-details.ts';
import { date, personName, reference, text, yesNo } from './cells.ts';
import { oneOf, sex } from './choice-cells.ts';
import { defineFeed, optional, required } from './define-feed.ts';
import type { ColumnSpec } from './define-feed.ts';
import { nhsNumber, postcode, uprn } from './identifier-cells.ts';
import { checkInPeriod } from './period-checks.ts';
import { checkBirthDate, personDetails } from './person-columns.ts';

/** What the perpetrator is to the victim; a former partner is not somebody one lives with. */
const relationship = oneOf(
  'relationship',
  {
    partner: ['Partner', 'Spouse', 'Husband', 'Wife'],
    'ex-partner': ['Ex-partner', 'Former partner', 'Ex'],
    parent: ['Parent', 'Mother', 'Father'],
    child: ['Child', 'Son', 'Daughter', 'Adult child'],
    'other-family': ['Other family', 'Sibling', 'Brother', 'Sister'],
    other: ['Other'],
  },
  { example: 'Ex-partner', nothing: ['Unknown', 'Not known'] },
);

type ChildNumber = '1' | '2' | '3' | '4';
const childNumbers = ['1', '2', '3', '4'] as const satisfies readonly ChildNumber[];

type ChildColumns<Number extends ChildNumber> = Readonly<
  Record<`child${Number}_surname` | `child${Number}_forename`, ColumnSpec<string | undefined, false>> &
    Record<`child${Number}_dob`, ColumnSpec<string, false>>
>;

// The type is said outright: a computed name makes the compiler forget which names there are.
const childColumns = <Number extends ChildNumber>(number: Number) =>
  ({
    [`child${number}_surname`]: optional(personName('Example'), `Family name of child ${number} who lives with the victim.`),
    [`child${number}_forename`]: optional(personName('Jordan'), `First name of child ${number}.`),
    [`child${number}_dob`]: optional(date('31/01/2016'), `Date of birth of child ${number}.`),
  }) as ChildColumns<Number>;

export const domesticAbuseMarac = defineFeed({
  id: 'domestic-abuse-marac',
  version: 1,
  title: 'Domestic abuse: multi-agency risk assessment conference (MARAC)',
  rowMeaning: 'One case heard at one conference: the victim, the perpetrator and up to four children who live with the victim.',
  kind: 'increment',
  accessClass: 'protected',
  headings: ['H5'],
  columns: {
    marac_ref: required(reference('MARAC-24-031'), 'The case’s reference.'),
    marac_date: required(date('22/10/2024'), 'The day of the conference.'),
    repeat_within_12m: required(yesNo, 'Y if the same two people were heard here within the last 12 months.'),
    relationship: optional(relationship, 'What the perpetrator is to the victim.'),
    victim_surname: required(personName('Example'), 'The victim’s family name.'),
    victim_forename: optional(personName('Robin'), 'The victim’s first name.'),
    victim_dob: optional(date('04/05/1989'), 'The victim’s date of birth.'),
    victim_sex: optional(sex, 'The victim’s sex.'),
    victim_nhs_number: optional(nhsNumber, 'The victim’s NHS number.'),
    victim_address_line_1: optional(text('1 Example Street'), 'First line of the victim’s address.'),
    victim_town: optional(text('Huyton'), 'Town of the victim’s address.'),
    victim_postcode: optional(postcode, 'Postcode of the victim’s address.'),
    victim_uprn: optional(uprn, 'Unique property reference number of the victim’s address.'),
    sensitive_address_flag: required(
      yesNo,
      'Y if the victim’s address must not be known to others, for example a refuge. It will not be shown or used to connect people.',
    ),
    perpetrator_surname: optional(personName('Sample'), 'The perpetrator’s family name.'),
    perpetrator_forename: optional(personName('Chris'), 'The perpetrator’s first name.'),
    perpetrator_dob: optional(date('17/08/1986'), 'The perpetrator’s date of birth.'),
    perpetrator_sex: optional(sex, 'The perpetrator’s sex.'),
    perpetrator_address_line_1: optional(text('2 Example Street'), 'First line of the perpetrator’s address.'),
    perpetrator_town: optional(text('Huyton'), 'Town of the perpetrator’s address.'),
    perpetrator_postcode: optional(postcode, 'Postcode of the perpetrator’s address.'),
    perpetrator_uprn: optional(uprn, 'Unique property reference number of the perpetrator’s address.'),
    ...childColumns('1'),
    ...childColumns('2'),
    ...childColumns('3'),
    ...childColumns('4'),
  },
  exampleRow: {
    child2_surname: '',
    child2_forename: '',
    child2_dob: '',
    child3_surname: '',
    child3_forename: '',
    child3_dob: '',
    child4_surname: '',
    child4_forename: '',
    child4_dob: '',
  },
  checkRow: (row, report, period) => {
    checkInPeriod({ column: 'marac_date', value: row.marac_date }, report, period);
    checkBirthDate(row.victim_dob, 'victim_dob', report, period);
    checkBirthDate(row.perpetrator_dob, 'perpetrator_dob', report, period);
    if (row.victim_forename === undefined && row.victim_dob === undefined && row.victim_nhs_number === undefined) {
      report({
        columns: ['victim_forename', 'victim_dob', 'victim_nhs_number'],
        code: 'person-not-identified',
        message: 'The row does not say who the victim is',
        fix: 'Give the victim’s surname with a forename, date of birth or NHS number.',
      });
    }
    for (const number of childNumbers) {
      const [surname, forename, dob] = [row[`child${number}_surname`], row[`child${number}_forename`], row[`child${number}_dob`]];
      checkBirthDate(dob, `child${number}_dob`, report, period);
      if ((surname ?? forename ?? dob) !== undefined && (surname === undefined || (forename ?? dob) === undefined)) {
        report({
          columns: [`child${number}_surname`, `child${number}_forename`, `child${number}_dob`],
          code: 'person-not-identified',
          message: `The row does not say who child ${number} is`,
          fix: 'Give the child’s surname with a forename or date of birth, or leave all the child’s cells empty.',
        });
      }
    }
    if (row.perpetrator_surname === undefined && (row.perpetrator_forename ?? row.perpetrator_dob) !== undefined) {
      report({
        columns: ['perpetrator_surname', 'perpetrator_forename', 'perpetrator_dob'],
        code: 'person-not-identified',
        message: 'The row does not say who the perpetrator is',
        fix: 'Give the perpetrator’s surname, or leave all the perpetrator’s cells empty if they are not known.',
      });
    }
  },
  recordKey: ['marac_ref', 'marac_date'],
  mentions: (row) => {
    const abuse = (role: 'victim' | 'perpetrator' | 'child-affected'): Fact[] => [
      { kind: 'domestic-abuse', from: row.marac_date, role, repeat: row.repeat_within_12m },
    ];
    const home = {
      address_line_1: row.victim_address_line_1,
      town: row.victim_town,
      postcode: row.victim_postcode,
      uprn: row.victim_uprn,
      sensitive_address_flag: row.sensitive_address_flag,
    };
    const children = childNumbers.flatMap((number): Mention[] => {
      const surname = row[`child${number}_surname`];
      if (surname === undefined) return [];
      const details = personDetails({ surname, forename: row[`child${number}_forename`], dob: row[`child${number}_dob`], ...home });
      return [{ subject: `child-${number}`, details, contacts: [], relations: [], facts: abuse('child-affected') }];
    });
    const careFor = children.map((child): StatedRelation => ({ toSubject: child.subject, relation: 'parent-or-carer-of' }));
    const victim: Mention = {
      subject: 'victim',
      details: personDetails({
        surname: row.victim_surname,
        forename: row.victim_forename,
        dob: row.victim_dob,
        sex: row.victim_sex,
        nhs_number: row.victim_nhs_number,
        ...home,
      }),
      contacts: [],
      relations: careFor,
      facts: abuse('victim'),
    };
    if (row.perpetrator_surname === undefined) return [victim, ...children];
    const perpetrator: Mention = {
      subject: 'perpetrator',
      details: personDetails({
        surname: row.perpetrator_surname,
        forename: row.perpetrator_forename,
        dob: row.perpetrator_dob,
        sex: row.perpetrator_sex,
        address_line_1: row.perpetrator_address_line_1,
        town: row.perpetrator_town,
        postcode: row.perpetrator_postcode,
        uprn: row.perpetrator_uprn,
      }),
      contacts: [],
      relations: row.relationship === undefined ? [] : relationTo(row.relationship),
      facts: abuse('perpetrator'),
    };
    return [victim, perpetrator, ...children];
  },
});

const relationTo = (relationship: string): StatedRelation[] => {
  if (relationship === 'partner') return [{ toSubject: 'victim', relation: 'partner-of' }];
  if (relationship === 'parent') return [{ toSubject: 'victim', relation: 'parent-or-carer-of' }];
  return relationship === 'child' ? [{ toSubject: 'victim', relation: 'child-of' }] : [];
};
