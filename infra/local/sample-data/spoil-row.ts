import type { Random } from './random.ts';

/** One way in which a cell goes wrong so badly that its row must be refused. */
interface Damage {
  readonly because: string;
  /** Columns it can happen to. */
  readonly columns: readonly string[];
  readonly weight: number;
  readonly apply: (text: string, random: Random) => string;
}

const dateColumns = [
  'dob',
  'victim_dob',
  'perpetrator_dob',
  'start_date',
  'incident_dt',
  'incident_date',
  'offence_date',
  'claim_start',
  'check_date',
  'tenancy_start',
  'application_date',
  'duty_start',
  'referral_date',
  'date',
  'marac_date',
  'due_date',
  'done_date',
  'first_contact',
  'entry_date',
  'start',
];

/** The check digit one too high: never right, since the digit is a function of the others. */
const nextDigit = (text: string): string => text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));

/** A letter that may stand there but is the wrong one. */
const nextLetter = (letter: string): string => {
  const letters = 'ABCDEFGHJKLMNPQRTUVWXYZ';
  return letters.charAt((letters.indexOf(letter.toUpperCase()) + 1) % letters.length);
};

const damages: readonly Damage[] = [
  { because: 'default date of birth', columns: ['dob', 'victim_dob', 'perpetrator_dob'], weight: 4, apply: () => '01/01/1900' },
  {
    because: 'a day that does not exist',
    columns: dateColumns,
    weight: 3,
    apply: (_, random) => random.pick(['31/02/2019', '30/02/2021', '31/04/2020', '29/02/2023']),
  },
  { because: 'month written first', columns: dateColumns, weight: 1, apply: () => '04/23/2016' },
  { because: 'year of two digits', columns: dateColumns, weight: 2, apply: () => '03/04/17' },
  {
    because: 'a spreadsheet’s number for a day',
    columns: dateColumns,
    weight: 2,
    apply: (_, random) => String(random.int(38_000, 43_000)),
  },
  {
    because: 'words in place of a date',
    columns: dateColumns,
    weight: 1,
    apply: (_, random) => random.pick(['not sure', 'see notes', 'Summer 2019']),
  },
  { because: 'scientific notation', columns: ['uprn'], weight: 3, apply: () => '9E+11' },
  { because: 'scientific notation', columns: ['nhs_number'], weight: 2, apply: (text) => `9.${text.replaceAll(' ', '').slice(1, 6)}E+09` },
  { because: 'first digit lost', columns: ['nhs_number'], weight: 2, apply: (text) => text.replaceAll(' ', '').slice(1) },
  { because: 'wrong check digit', columns: ['nhs_number'], weight: 2, apply: nextDigit },
  { because: 'wrong check letter', columns: ['upn'], weight: 3, apply: (text) => nextLetter(text.charAt(0)) + text.slice(1) },
  { because: 'character missing', columns: ['upn'], weight: 1, apply: (text) => text.replaceAll(' ', '').slice(0, 12) },
  { because: 'made-up number', columns: ['nino'], weight: 2, apply: (text) => `QQ${text.slice(2)}` },
  { because: 'temporary reference number', columns: ['nino'], weight: 1, apply: () => '11A12345' },
  { because: 'last letter missing', columns: ['nino'], weight: 1, apply: (text) => text.trim().slice(0, -1).trim() },
  { because: 'wrong check letter', columns: ['pnc_id'], weight: 1, apply: (text) => text.slice(0, -1) + nextLetter(text.slice(-1)) },
  { because: 'half a postcode', columns: ['postcode'], weight: 3, apply: (text) => text.slice(0, 3) },
  { because: 'letter O for nought in a postcode', columns: ['postcode'], weight: 1, apply: (text) => text.replace(/\d(?=[A-Z]{2}$)/, 'O') },
  {
    because: 'formula',
    columns: ['surname', 'address_line_1'],
    weight: 2,
    apply: (text, random) => random.pick([`=${text}`, `+${text}`, `@${text}`, `=HYPERLINK("http://example.invalid","${text}")`]),
  },
  { because: 'code of another system', columns: ['sex'], weight: 1, apply: () => 'Z' },
];

interface Spoilt {
  readonly cells: Readonly<Record<string, string>>;
  readonly column: string;
  readonly because: string;
}

/** The row with one cell gone wrong, or undefined where nothing in it can. Only cells that have a value go wrong. */
export const spoilRow = (random: Random, cells: Readonly<Record<string, string>>, columns: readonly string[]): Spoilt | undefined => {
  const candidates = damages.flatMap((damage) =>
    damage.columns
      .filter((column) => columns.includes(column) && (cells[column] ?? '') !== '')
      .map((column) => ({ damage, column, weight: damage.weight / damage.columns.length })),
  );
  if (candidates.length === 0) return undefined;
  let target = random.next() * candidates.reduce((sum, { weight }) => sum + weight, 0);
  const chosen = candidates.find(({ weight }) => (target -= weight) < 0) ?? candidates[0];
  if (chosen === undefined) return undefined;
  const { damage, column } = chosen;
  return { cells: { ...cells, [column]: damage.apply(cells[column] ?? '', random) }, column, because: damage.because };
};
