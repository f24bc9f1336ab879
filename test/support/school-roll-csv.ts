export interface Pupil {
  readonly number: string;
  readonly surname: string;
  readonly forename: string;
  readonly dob: string;
  readonly upn?: string;
  readonly line?: string;
  readonly postcode?: string;
  readonly protectedAddress?: boolean;
  readonly parent?: string;
  readonly school?: string;
}

const header =
  'estab_no,partner_person_id,upn,surname,forename,dob,address_line_1,postcode,sensitive_address_flag,enrol_status,entry_date,parent1_name';

/** A school-roll file of these pupils. Dates as DD/MM/YYYY. */
export const schoolRollCsv = (pupils: readonly Pupil[]): string =>
  [
    header,
    ...pupils.map(
      ({
        number,
        surname,
        forename,
        dob,
        upn = '',
        line = '1 Mill Lane',
        postcode = 'L36 9GL',
        protectedAddress = false,
        parent = '',
        school = '3404001',
      }) => [school, number, upn, surname, forename, dob, line, postcode, protectedAddress ? 'Y' : '', 'C', '01/09/2020', parent].join(','),
    ),
    '',
  ].join('\r\n');

/** Pupils who are all somebody else. */
export const manyPupils = (count: number, from = 0): Pupil[] =>
  Array.from({ length: count }, (_, index) => {
    const n = from + index;
    return {
      number: `A${String(n).padStart(5, '0')}`,
      surname: `Surname${letters(n)}`,
      forename: `Forename${letters(n * 7 + 3)}`,
      dob: `${String((n % 28) + 1).padStart(2, '0')}/${String((n % 12) + 1).padStart(2, '0')}/${String(2008 + (n % 10))}`,
      line: `${String((n % 90) + 1)} Mill Lane`,
    };
  });

const letters = (n: number): string =>
  n < 26 ? String.fromCharCode(97 + n) : letters(Math.floor(n / 26) - 1) + String.fromCharCode(97 + (n % 26));
