import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleView, emptyView, withRecord } from '#shared/domain/people/assemble-profile.ts';
import type { PersonRecord } from '#shared/domain/people/person-record.ts';

const aRecord = (over: Partial<PersonRecord> = {}): PersonRecord => ({
  personId: '01J8Z3Q5V7X9B1D3F5H7K9M1P3',
  rowId: 'v1.row',
  subject: 'pupil',
  agency: 'a',
  feed: 'school-roll',
  accessClass: 'standard',
  uploadId: '01J8Z3Q5V7X9B1D3F5H7K9M1P4',
  row: 1,
  periodStart: '2025-09-01',
  periodEnd: '2025-12-19',
  standing: true,
  details: { forename: 'Alex', surname: 'Example', birthDate: '2012-02-01', address: { lines: ['1 Mill Lane'], postcode: 'L36 9GL' } },
  contacts: [],
  relations: [],
  facts: [],
  status: 'current',
  contentVersion: 1,
  because: 'no-match',
  recordedAt: '2026-01-10T12:00:00.000Z',
  expiresOn: '2032-12-19',
  ...over,
});

describe('what the records say of a person', () => {
  it('is empty without records', () => {
    expect(assembleView([], '2030-01-01')).toEqual(emptyView('2030-01-01'));
  });

  it('puts what was seen last first, and counts one writing of a name once', () => {
    const view = assembleView(
      [
        aRecord(),
        aRecord({ rowId: 'v1.2', details: { forename: 'ALEX', surname: 'example' }, periodEnd: '2025-11-01' }),
        aRecord({ rowId: 'v1.3', details: { forename: 'Alex', surname: 'Newname' }, periodEnd: '2026-03-27' }),
      ],
      '2030-01-01',
    );
    expect(view.names.map(({ surname }) => surname)).toEqual(['Newname', 'Example']);
    expect(view.recordCount).toBe(3);
  });

  it('closes a sighting when the record ends, and leaves it open while another record holds', () => {
    const ended = aRecord({ status: 'ended', endedOn: '2026-03-27' });
    expect(assembleView([ended], '2030-01-01').addresses).toMatchObject([{ from: '2025-09-01', to: '2026-03-27' }]);
    const other = aRecord({ rowId: 'v1.2', periodStart: '2025-10-01' });
    expect(assembleView([ended, other], '2030-01-01').addresses[0]?.to).toBeUndefined();
  });

  it('takes an increment for its period only', () => {
    expect(assembleView([aRecord({ standing: false })], '2030-01-01').addresses).toMatchObject([{ from: '2025-09-01', to: '2025-12-20' }]);
  });

  it('keeps of a superseded record where the person lived, unless it was a mistake put right', () => {
    const now = aRecord({
      contentVersion: 2,
      periodStart: '2026-01-05',
      periodEnd: '2026-03-27',
      details: { surname: 'Example', address: { lines: ['5 New Road'], postcode: 'L36 0AA' } },
    });
    const moved = aRecord({ status: 'superseded', endedOn: '2026-01-05', details: { ...aRecord().details, nhsNumber: '9434765919' } });
    const view = assembleView([now, moved], '2030-01-01');
    expect(view.addresses.map(({ address, to }) => [address.lines[0], to])).toEqual([
      ['5 New Road', undefined],
      ['1 Mill Lane', '2026-01-05'],
    ]);
    expect(view.identifiers).toEqual([]);
    const corrected = aRecord({ status: 'superseded', endedOn: '2025-09-01' });
    expect(assembleView([now, corrected], '2030-01-01').addresses).toHaveLength(1);
  });

  it('says nothing of a record that is about somebody else now', () => {
    expect(assembleView([aRecord({ status: 'superseded', endedOn: '2026-01-05' })], '2030-01-01').addresses).toEqual([]);
  });
});

const day = fc.constantFrom('2025-09-01', '2025-12-19', '2026-01-05', '2026-03-27');
const record = fc
  .record({
    rowId: fc.integer({ min: 0, max: 1000 }).map((n) => `v1.${String(n)}`),
    periodStart: day,
    periodEnd: day,
    standing: fc.boolean(),
    status: fc.constantFrom('current' as const, 'ended' as const),
    forename: fc.constantFrom('Alex', 'ALEX', 'Kim', undefined),
    surname: fc.constantFrom('Example', 'example', 'Other'),
    nhsNumber: fc.constantFrom('9434765919', '9876543210', undefined),
    line: fc.constantFrom('1 Mill Lane', '1, Mill Lane', '5 New Road'),
    addressProtected: fc.boolean(),
  })
  .map(({ forename, surname, nhsNumber, line, addressProtected, status, ...over }) =>
    aRecord({
      ...over,
      status,
      ...(status === 'ended' && { endedOn: '2026-03-27' }),
      details: {
        ...(forename !== undefined && { forename }),
        ...(nhsNumber !== undefined && { nhsNumber }),
        surname,
        addressProtected,
        address: { lines: [line], postcode: 'L36 9GL' },
      },
    }),
  );

it('adding records one by one, in any order, says the same as building the whole', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), fc.integer(), (records, turn) => {
      const at = records.length === 0 ? 0 : Math.abs(turn) % records.length;
      const turned = [...records.slice(at), ...records.slice(0, at)].toReversed();
      const whole = assembleView(records, '2030-01-01');
      expect(turned.reduce(withRecord, emptyView('2030-01-01'))).toEqual(whole);
    }),
    { seed: 1, numRuns: 1000 },
  );
});
