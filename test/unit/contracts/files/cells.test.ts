import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOf } from '#shared/contracts/files/cell.ts';
import type { Cell } from '#shared/contracts/files/cell.ts';
import { date, decimalNumber, personName, reference, text, wholeNumber, yesNo } from '#shared/contracts/files/cells.ts';
import { sex } from '#shared/contracts/files/choice-cells.ts';
import { nhsNumber, nino, pncId, postcode, uprn, upn } from '#shared/contracts/files/identifier-cells.ts';
import { academicYear, establishment, ethnicity, term } from '#shared/contracts/files/school-cells.ts';
import { anyText } from './reading.ts';

const cells = {
  text: text('x'),
  personName: personName('x'),
  reference: reference('x'),
  date: date('x'),
  yesNo,
  sex,
  wholeNumber: wholeNumber({ max: 400, example: '1' }),
  decimalNumber: decimalNumber({ max: 90, example: '1' }),
  upn,
  nhsNumber,
  nino,
  pncId,
  postcode,
  uprn,
  academicYear,
  term,
  ethnicity,
  establishment,
} satisfies Record<string, Cell<unknown>>;
type Kind = keyof typeof cells;

const read = (kind: Kind, raw: string): unknown => {
  const result = cells[kind].schema.safeParse(raw);
  return result.success ? result.data : faultOf(result.error);
};

describe('A cell is read', () => {
  it.each<[Kind, string, unknown]>([
    ['text', 'Flat 2,\n14 Mill\u00a0 Lane', 'Flat 2, 14 Mill Lane'],
    ['text', 'N/A', undefined],
    ['text', '-', undefined],
    ['text', 'Unknown', undefined],
    ['text', 'not recorded', undefined],
    ['text', 'Null', 'Null'],
    ['personName', "O'Brien-Łukasz", "O'Brien-Łukasz"],
    ['personName', 'Unborn', undefined],
    ['personName', 'Unborn baby', undefined],
    ['personName', 'Baby', undefined],
    ['personName', 'Babyface', 'Babyface'],
    ['personName', 'Null', 'Null'],
    ['personName', '?', undefined],
    ['reference', ' ab  12 ', 'AB 12'],
    ['reference', '00123', '00123'],
    ['date', '31/01/2012', '2012-01-31'],
    ['date', '2012-01-31', '2012-01-31'],
    ['yesNo', 'Y', true],
    ['yesNo', 'yes', true],
    ['yesNo', 'TRUE', true],
    ['yesNo', '1', true],
    ['text', '\uFEFFAl\u200Bex\u00AD', 'Alex'],
    ['personName', 'Jo\u200Dhn', 'John'],
    ['personName', 'علی\u200Cرضا', 'علی\u200Cرضا'],
    ['nhsNumber', '\u200E943 476 5919\u200B', '9434765919'],
    ['yesNo', 'n', false],
    ['yesNo', '0', false],
    ['sex', 'M', 'male'],
    ['sex', '1', 'male'],
    ['sex', 'female', 'female'],
    ['sex', '2', 'female'],
    ['sex', '9', 'other'],
    ['sex', '0', undefined],
    ['sex', 'U', undefined],
    ['sex', 'Not known', undefined],
    ['wholeNumber', '140', 140],
    ['wholeNumber', '0', 0],
    ['wholeNumber', '12.0', 12],
    ['decimalNumber', '4.5', 4.5],
    ['upn', 'j340 1234 25001', 'J340123425001'],
    ['upn', 'UN3', undefined],
    ['nhsNumber', '943 476 5919', '9434765919'],
    ['nino', 'ab 12 34 56 c', 'AB123456C'],
    ['pncId', '2003/0011985X', '03/0011985X'],
    ['postcode', 'l369gl', 'L36 9GL'],
    ['postcode', 'ZZ99 3VZ', undefined],
    ['uprn', '000000199356', '199356'],
    ['academicYear', '202425', '2024/25'],
    ['term', 'AUTUMN', 'autumn'],
    ['term', '2', 'spring'],
    ['ethnicity', 'wbri', 'WBRI'],
    ['establishment', '3404001', '3404001'],
    ['establishment', '340/4001', '3404001'],
  ])('%s: %j is %j', (kind, raw, value) => {
    expect(read(kind, raw)).toEqual(value);
  });
});

describe('A cell is refused', () => {
  it.each<[Kind, string, string]>([
    ['text', 'x'.repeat(201), 'text-too-long'],
    ['text', 'a\u0007b', 'text-unprintable'],
    ['text', 'abc\u202Edcba', 'text-unprintable'],
    ['text', '\u2066Alex\u2069', 'text-unprintable'],
    ['text', 'Alex\u{E0041}', 'text-unprintable'],
    ['text', 'O\uFFFDBrien', 'text-damaged'],
    ['text', '=HYPERLINK("x")', 'text-formula'],
    ['text', '+44', 'text-formula'],
    ['text', '@SUM(A1)', 'text-formula'],
    ['text', '-1+2', 'text-formula'],
    ['personName', '12345', 'name-no-letters'],
    ['personName', '=1+1', 'text-formula'],
    ['text', '#N/A', 'spreadsheet-error'],
    ['personName', '#REF!', 'spreadsheet-error'],
    ['reference', 'x'.repeat(61), 'text-too-long'],
    ['reference', '1.23457E+12', 'spreadsheet-scientific-notation'],
    ['date', '31/01/12', 'date-two-digit-year'],
    ['date', '40939', 'date-spreadsheet-number'],
    ['date', '31/02/2012', 'date-not-real'],
    ['date', '31 Jan 2012', 'date-format'],
    ['date', '01/01/1900', 'date-placeholder'],
    ['date', '0001-01-01', 'date-placeholder'],
    ['yesNo', 'maybe', 'flag-unknown'],
    ['yesNo', '2', 'flag-unknown'],
    ['sex', 'boy', 'sex-unknown'],
    ['wholeNumber', '12.5', 'number-not-whole'],
    ['wholeNumber', '-1', 'number-not-whole'],
    ['wholeNumber', '401', 'number-not-whole'],
    ['wholeNumber', 'ten', 'number-not-whole'],
    ['decimalNumber', '£4', 'number-not-valid'],
    ['decimalNumber', '91', 'number-not-valid'],
    ['upn', 'Q207000016049', 'upn-check-letter'],
    ['upn', '12345', 'upn-format'],
    ['upn', 'UN8', 'upn-format'],
    ['nhsNumber', '9434765918', 'nhs-number-check-digit'],
    ['nhsNumber', '12345', 'nhs-number-format'],
    ['nhsNumber', '9.43477E+09', 'spreadsheet-scientific-notation'],
    ['nhsNumber', '9,43477E+09', 'spreadsheet-scientific-notation'],
    ['nino', 'MW123456A', 'nino-prefix'],
    ['nino', 'AB123456', 'nino-suffix-missing'],
    ['nino', '11a11111', 'nino-temporary-reference'],
    ['nino', 'ABC', 'nino-format'],
    ['pncId', '03/11985Y', 'pnc-id-check-letter'],
    ['pncId', 'PNC', 'pnc-id-format'],
    ['postcode', 'L36 9CV', 'postcode-format'],
    ['postcode', 'L36', 'postcode-format'],
    ['uprn', '1.00023E+11', 'spreadsheet-scientific-notation'],
    ['uprn', '1234567890123', 'uprn-format'],
    ['academicYear', '2024/26', 'academic-year-format'],
    ['term', 'Michaelmas', 'term-unknown'],
    ['ethnicity', 'XXXX', 'ethnicity-unknown'],
    ['establishment', '4001', 'establishment-format'],
    ['establishment', 'Example School', 'establishment-format'],
  ])('%s: %j, as %s', (kind, raw, code) => {
    expect(read(kind, raw)).toMatchObject({ code });
  });

  it('with the values that may be written', () => {
    expect(read('term', 'Michaelmas')).toEqual({
      code: 'term-unknown',
      message: 'The term is not one that we know',
      fix: 'Enter Autumn, Spring or Summer.',
    });
  });

  it('without its value ever being repeated', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(cells) as Kind[])),
        fc.string({ unit: fc.constantFrom('q', 'x', 'z', '7', '=', '/'), minLength: 4, maxLength: 300 }),
        (kind, raw) => {
          const reading = read(kind, raw);
          if (typeof reading === 'object') expect(JSON.stringify(reading)).not.toContain(raw);
        },
      ),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('and never by throwing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(cells) as Kind[])), anyText(60), (kind, raw) => {
        read(kind, raw);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('in a time that does not explode with the length of what is in it', () => {
    const hostile = ['2024', '0', ' ', '-', '1 ', 'T00:00', '1E', '(', '1/', '\u00a0', 'a\n', 'AB 12 '];
    for (const kind of Object.keys(cells) as Kind[]) {
      for (const piece of hostile) {
        for (const lead of ['', '2024', '01/02/2012']) read(kind, `${lead}${piece.repeat(10_000 / piece.length)}x`);
      }
    }
  });
});
