import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryPersonIndex } from '#shared/domain/matching/keys/memory-person-index.ts';
import { prepareModel } from '#shared/domain/matching/model/prepare-model.ts';
import { defaultModel } from '#shared/domain/matching/models/default-model.ts';
import { addRow, newPerson } from '#shared/domain/matching/person/match-person.ts';
import { rowResolver } from '#shared/domain/matching/resolution/resolve-rows.ts';
import { cleanRow } from '#shared/domain/matching/rows/clean-row.ts';
import type { MatchRow, RawRow } from '#shared/domain/matching/rows/match-row.ts';
import { scoreRowAgainstPerson } from '#shared/domain/matching/scoring/explain-score.ts';
import { scoreBits } from '#shared/domain/matching/scoring/score-row.ts';
import { campaign } from '#test/support/campaigns.ts';

const { runs, seed } = campaign('matching');
const many = { numRuns: runs, seed };
const model = prepareModel(defaultModel);

const often = <Value>(values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 4 });
const rawRow: fc.Arbitrary<RawRow> = fc.record({
  rowId: fc.constant('1'),
  source: fc.constantFrom('education', 'police', 'housing'),
  forename: often(['Sam', 'Samuel', 'Samira', 'Ilivoa', 'Olivia', 'Jo Ann', 'S', 'Łukasz', 'Baby']),
  middleNames: often(['J', 'James', 'Anne']),
  surname: often(['Example', 'Exmaple', 'Smith-Jones', 'Jones', "O'Brien", 'Sam', 'Nowak']),
  birthDate: often(['2014-03-09', '2014-09-03', '2014-03-10', '1984-03-09', '2011-12-01', '2014-03']),
  sex: often(['F', 'M']),
  addressLines: often([['4', 'High Street'], ['4 High St'], ['14 High Street'], ['Flat 2, 9 Mill Lane']]),
  locality: often(['Northport', 'Westvale']),
  postcode: often(['L36 9GL', 'L36 9GM', 'M1 1AA', 'ZZ99 3VZ']),
  phones: often([['07700 900123'], ['07700 900124']]),
  emails: often([['sam@example.org'], ['s.example@example.org']]),
  identifiers: often([{ 'nhs-number': '9434765919' }, { 'nhs-number': '9434765870' }, { upn: 'H801200001001' }, { card: 'A12345' }]),
});

const named = (raw: RawRow): boolean => Object.keys(cleanRow(raw).values).length > 0;

describe('The matching engine', () => {
  it('puts the same row, seen again, to the same person where it says enough, and never makes a second one that it links to', () => {
    fc.assert(
      fc.property(fc.array(rawRow, { maxLength: 6 }), rawRow, (others, raw) => {
        const whole: RawRow = {
          ...raw,
          forename: 'Olivia',
          surname: 'Nowak',
          birthDate: '2014-03-09',
          postcode: 'L36 9GL',
          identifiers: { 'nhs-number': '9434765919' },
        };
        let next = 0;
        const index = memoryPersonIndex();
        const resolve = rowResolver(index, model, { link: 0.99, review: 0.05 }, () => `P${String((next += 1))}`);
        const apart = others.map((other) => ({
          ...other,
          forename: 'Wilberforce',
          surname: 'Quill',
          birthDate: '1950-01-02',
          identifiers: undefined,
          phones: undefined,
          emails: undefined,
          addressLines: undefined,
        }));
        for (const other of apart) resolve(cleanRow(other));
        const { personId } = resolve(cleanRow(whole));
        expect(resolve(cleanRow(whole)).personId).toBe(personId);
      }),
      many,
    );
  });

  it('gives the same score whatever the order of the columns', () => {
    fc.assert(
      fc.property(rawRow, rawRow, fc.integer(), (a, b, turn) => {
        const [row, other] = [cleanRow(a), cleanRow(b)];
        const turned = reordered(row, turn);
        expect(scoreBits(turned, newPerson('P', reordered(other, turn + 1)), model)).toBeCloseTo(
          scoreBits(row, newPerson('P', other), model),
          9,
        );
      }),
      many,
    );
  });

  it('links a blank row to nobody', () => {
    fc.assert(
      fc.property(fc.array(rawRow, { minLength: 1, maxLength: 8 }), (rows) => {
        let next = 0;
        const resolve = rowResolver(memoryPersonIndex(), model, { link: 0.5, review: 0.01 }, () => `P${String((next += 1))}`);
        for (const row of rows) resolve(cleanRow(row));
        const blank = cleanRow({
          rowId: 'blank',
          source: 'education',
          forename: ' ',
          surname: '',
          birthDate: undefined,
          postcode: 'ZZ99 3VZ',
        });
        expect(blank.values).toEqual({});
        expect(resolve(blank).decision).toMatchObject({ outcome: 'new', candidatesSeen: 0 });
      }),
      many,
    );
  });

  it('takes nothing that is missing on either side for agreement or disagreement', () => {
    fc.assert(
      fc.property(
        rawRow,
        rawRow,
        fc.constantFrom('forename', 'surname', 'birthDate', 'postcode', 'phones', 'identifiers'),
        (a, b, field) => {
          const without = cleanRow({ ...a, [field]: undefined });
          const held = newPerson('P', cleanRow({ ...b, [field]: undefined }));
          const names: Readonly<Record<string, string>> = { phones: 'phone', identifiers: 'id:' };
          expect(
            scoreRowAgainstPerson(without, held, model).fields.some(
              (part) => part.field.startsWith(names[field] ?? field) && part.level !== 'crossed',
            ),
          ).toBe(false);
        },
      ),
      many,
    );
  });

  it('never scores higher for an identifier that contradicts', () => {
    fc.assert(
      fc.property(rawRow.filter(named), rawRow.filter(named), (a, b) => {
        const person = newPerson('P', cleanRow({ ...b, identifiers: { 'nhs-number': '9434765919' } }));
        const before = scoreBits(cleanRow({ ...a, identifiers: undefined }), person, model);
        const after = scoreBits(cleanRow({ ...a, identifiers: { 'nhs-number': '9434765870' } }), person, model);
        expect(after).toBeLessThanOrEqual(before + 1e-9);
      }),
      many,
    );
  });

  it('explains every score by parts that add up to it', () => {
    fc.assert(
      fc.property(rawRow, fc.array(rawRow, { minLength: 1, maxLength: 5 }), (a, rows) => {
        const [first, ...more] = rows.map(cleanRow);
        const person = more.reduce(addRow, newPerson('P', first ?? cleanRow(a)));
        const { bits, fields } = scoreRowAgainstPerson(cleanRow(a), person, model);
        expect(fields.reduce((sum, part) => sum + part.bits, 0)).toBeCloseTo(bits, 6);
      }),
      many,
    );
  });

  it('keeps a person bounded and plain data, however many rows it has', () => {
    fc.assert(
      fc.property(fc.array(rawRow, { minLength: 1, maxLength: 40 }), (rows) => {
        const [first, ...more] = rows.map(cleanRow);
        if (first === undefined) return;
        const person = more.reduce(addRow, newPerson('P', first));
        expect(person.rows.length).toBeLessThanOrEqual(14);
        for (const values of Object.values(person.values)) expect(values.length).toBeLessThanOrEqual(8);
        expect(person.rowCount).toBe(rows.length);
        expect(JSON.parse(JSON.stringify(person))).toEqual(person);
      }),
      many,
    );
  });
});

const reordered = (row: MatchRow, turn: number): MatchRow => {
  const entries = Object.entries(row.values);
  const at = entries.length === 0 ? 0 : Math.abs(turn) % entries.length;
  return { ...row, values: Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].reverse()) };
};
