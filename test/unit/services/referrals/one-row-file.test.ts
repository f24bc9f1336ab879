import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { readFile, type FileEvent } from '#shared/contracts/files/read-file.ts';
import { oneRowFile } from '#shared/services/referrals/one-row-file.ts';
import { referralPeriod } from '#shared/services/referrals/referral-period.ts';
import { rowFaults } from '#shared/services/referrals/row-faults.ts';

const feed = feeds['professional-referral'];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = async (file: string): Promise<readonly FileEvent[]> => {
  const events: FileEvent[] = [];
  const pieces = async function* () {
    yield await Promise.resolve(bytes(file));
  };
  for await (const event of readFile(feed, pieces())) events.push(event);
  return events;
};

describe('the file made of a referral', () => {
  it('has the columns in the feed’s order, those that every file needs, and those with a value', () => {
    const cells = new Map([
      ['surname', 'Example'],
      ['nomination_ref', 'N-1'],
      ['upn', ''],
    ]);
    expect(oneRowFile(feed, cells)).toBe('nomination_ref,partner_person_id,referral_date,surname\r\nN-1,,,Example\r\n');
  });

  it('quotes what would be taken apart', () => {
    const cells = new Map([
      ['nomination_ref', 'a,b'],
      ['referral_date', 'c"d'],
      ['surname', 'e\nf'],
    ]);
    expect(oneRowFile(feed, cells)).toBe('nomination_ref,partner_person_id,referral_date,surname\r\n"a,b",,"c""d","e\nf"\r\n');
  });

  it('is read back by the worker as what was sent, whatever was sent', async () => {
    // A NUL is in no text file; half a surrogate pair is in no UTF-8.
    const text = fc
      .oneof(
        fc.string({ maxLength: 30 }),
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.constantFrom('"', '""', ',', '\r\n', 'a\tb', '=1+1', ';;;', "'"),
      )
      .filter((value) => !value.includes('\0') && value.isWellFormed());
    const names = feed.columns.map(({ name }) => name);
    const row = fc.tuple(text, fc.dictionary(fc.constantFrom(...names), text));
    await fc.assert(
      fc.asyncProperty(row, async ([first, given]) => {
        const cells = new Map(Object.entries({ ...given, nomination_ref: `x${first}` }).map(([name, value]) => [name, value.trim()]));
        const rows = (await read(oneRowFile(feed, cells))).filter((event) => event.kind === 'row');
        expect(rows).toHaveLength(1);
        for (const [name, value] of cells) expect(rows[0]?.cells.get(name) ?? '').toBe(value);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe('what is wrong with a referral', () => {
  const period = { start: '2025-11-23', end: '2026-11-23' };
  const agreed = feed.columns.map(({ name }) => name).filter((name) => name !== 'nhs_number');
  const faultsOf = async (row: Readonly<Record<string, string>>) => {
    const cells = new Map(Object.entries(row));
    const faults = await rowFaults(feed, { cells, agreed, file: bytes(oneRowFile(feed, cells)), period });
    return faults.map(({ column, code }) => [column, code]);
  };
  const good = {
    nomination_ref: 'N-1',
    referral_date: '20/11/2026',
    forename: 'Aoife',
    surname: 'Example',
    dob: '09/03/2015',
    postcode: 'L36 9GL',
    h2: 'Y',
  };

  it('is nothing where the feed’s contract is met', async () => {
    expect(await faultsOf(good)).toEqual([]);
  });

  it('is a value of a column that the agreement does not cover', async () => {
    expect(await faultsOf({ ...good, nhs_number: '' })).toEqual([]);
    expect(await faultsOf({ ...good, nhs_number: '943 476 5919' })).toEqual([['nhs_number', 'column-not-agreed']]);
  });

  it('is told by column, and what the file reader would refuse, too', async () => {
    expect(await faultsOf({ ...good, h2: 'maybe' })).toEqual([['h2', expect.any(String)]]);
    expect(await faultsOf({ ...good, surname: 'Exa\0mple' })).toEqual([['surname', 'text-unprintable']]);
    expect(await faultsOf({ ...good, gossip: 'x' })).toEqual([[undefined, 'column-unknown']]);
    expect((await faultsOf({})).length).toBeGreaterThan(0);
  });
});

describe('the period of a referral', () => {
  it('is the year to today, unless it says otherwise', () => {
    expect(referralPeriod({}, '2026-11-23')).toEqual({ start: '2025-11-23', end: '2026-11-23' });
    expect(referralPeriod({ periodEnd: '2024-02-29' }, '2026-11-23')).toEqual({ start: '2023-02-28', end: '2024-02-29' });
    expect(referralPeriod({ periodStart: '2026-09-01' }, '2026-11-23')).toEqual({ start: '2026-09-01', end: '2026-11-23' });
    expect(referralPeriod({ periodStart: '2026-09-01', periodEnd: '2026-09-01' }, '2026-11-23')).toEqual({
      start: '2026-09-01',
      end: '2026-09-01',
    });
  });
});
