import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAssignment, type Candidate } from '#shared/domain/matching/decide-assignment.ts';
import type { PersonDetails } from '#shared/domain/people/person-details.ts';
import { identityOf } from '#shared/domain/people/assemble-profile.ts';

const source = { agency: 'a', feed: 'school-roll', periodEnd: '2025-12-19' } as const;

/** Somebody held of whom one row has said this. */
const aCandidate = (details: PersonDetails, personId = 'P1'): Candidate => ({
  personId,
  ...identityOf(details, source),
  addresses:
    details.address === undefined
      ? []
      : [
          {
            address: details.address,
            from: '2025-09-01',
            protected: false,
            sightings: 1,
            homes: [],
            households: [],
            namesAtAddress: [],
            protectedHomes: [],
            lastSeenOn: '2025-12-19',
          },
        ],
});

const mill = { lines: ['1 Mill Lane'], postcode: 'L36 9GL' };
const alex: PersonDetails = { forename: 'Alex', surname: 'Example', birthDate: '2012-02-01', address: mill };
const nhsNumber = '9434765919';
const otherNhsNumber = '9876543210';

describe('a row is about somebody held', () => {
  it.each<[string, PersonDetails, PersonDetails, string]>([
    ['same identifier and birth date', { nhsNumber, birthDate: '2012-02-01' }, { ...alex, nhsNumber }, 'identifier-and-birth-date'],
    ['same identifier and surname', { nhsNumber, surname: 'EXAMPLE' }, { ...alex, nhsNumber }, 'identifier-and-surname'],
    [
      'same identifier and an earlier surname',
      { nhsNumber, surname: 'New', previousSurname: 'Example' },
      { ...alex, nhsNumber },
      'identifier-and-surname',
    ],
    [
      'a former UPN',
      { formerUpn: 'H801200001001', birthDate: '2012-02-01' },
      { ...alex, upn: 'H801200001001' },
      'identifier-and-birth-date',
    ],
    [
      'exact name, birth date and postcode',
      { ...alex, forename: 'ALEX', address: { lines: [], postcode: 'L36 9GL' } },
      alex,
      'name-birth-date-and-postcode',
    ],
    ['the name written another way', { ...alex, surname: 'Ex-ample' }, alex, 'name-birth-date-and-postcode'],
  ])('%s', (_, row, held, because) => {
    expect(decideAssignment(row, [aCandidate(held)])).toMatchObject({ kind: 'link', personId: 'P1', because });
  });

  it('although another identifier differs, and then a person looks at it', () => {
    const decision = decideAssignment({ ...alex, nhsNumber }, [aCandidate({ ...alex, nhsNumber: otherNhsNumber })]);
    expect(decision).toEqual({ kind: 'link', personId: 'P1', because: 'name-birth-date-and-postcode', review: 'identifier-conflict' });
  });

  it('who agrees best, where several do, and then a person looks at it', () => {
    const held = [aCandidate(alex, 'P1'), aCandidate({ ...alex, nhsNumber }, 'P2')];
    expect(decideAssignment({ ...alex, nhsNumber }, held)).toEqual({
      kind: 'link',
      personId: 'P2',
      because: 'identifier-and-birth-date',
      review: 'several-people',
      reviewWith: ['P1'],
    });
  });
});

describe('people who were judged to be apart', () => {
  it('are no question where a row fits both; a third one is', () => {
    const apart = [{ personId: 'P2', identifiers: [] }];
    const held = [{ ...aCandidate(alex, 'P1'), apart }, aCandidate(alex, 'P2')];
    expect(decideAssignment(alex, held)).toEqual({ kind: 'link', personId: 'P1', because: 'name-birth-date-and-postcode' });
    expect(decideAssignment(alex, [...held, aCandidate(alex, 'P3')])).toMatchObject({ review: 'several-people', reviewWith: ['P3'] });
  });
});

describe('a row is about somebody new', () => {
  it.each<[string, PersonDetails, PersonDetails]>([
    ['nothing agrees', { forename: 'Lee', surname: 'Other', birthDate: '2013-06-05' }, alex],
    ['another postcode', { ...alex, address: { lines: [], postcode: 'L36 0AA' } }, alex],
    ['no postcode', { forename: 'Alex', surname: 'Example', birthDate: '2012-02-01' }, alex],
    ['a twin', { ...alex, forename: 'Kim' }, alex],
    ['another birth date', { ...alex, birthDate: '2012-02-02' }, alex],
    ['an estimated birth date', { ...alex, birthDateEstimated: true }, alex],
    ['a name that is none', { ...alex, forename: 'Baby' }, { ...alex, forename: 'Baby' }],
    ['a date that stands for none', { ...alex, birthDate: '1900-01-01' }, { ...alex, birthDate: '1900-01-01' }],
    [
      'a postcode that stands for none',
      { ...alex, address: { lines: [], postcode: 'ZZ99 3VZ' } },
      { ...alex, address: { lines: [], postcode: 'ZZ99 3VZ' } },
    ],
    ['only an agency’s own number agrees', { agencyPersonId: 'A1', surname: 'Example' }, { ...alex, agencyPersonId: 'A1' }],
  ])('%s', (_, row, held) => {
    expect(decideAssignment(row, [aCandidate(held)])).toMatchObject({ kind: 'new', because: expect.stringMatching(/^no-/) as unknown });
  });

  it('and waits for a person, where an identifier agrees and nothing else does', () => {
    const row: PersonDetails = { nhsNumber, forename: 'Lee', surname: 'Other', birthDate: '1980-01-02' };
    expect(decideAssignment(row, [aCandidate({ ...alex, nhsNumber })])).toEqual({
      kind: 'new',
      because: 'identifier-not-supported',
      review: 'identifier-conflict',
      reviewWith: ['P1'],
    });
  });

  it('where a mother’s number stands on her baby’s row', () => {
    const baby: PersonDetails = { nhsNumber, forename: 'Jo', surname: 'Example', birthDate: '2025-11-30' };
    const mother: PersonDetails = { nhsNumber, forename: 'Sam', surname: 'Example', birthDate: '1995-03-04' };
    expect(decideAssignment(baby, [aCandidate(mother)])).toMatchObject({ kind: 'new', review: 'identifier-conflict' });
  });
});

const blank = fc.constantFrom(undefined, '');
const name = fc.constantFrom('Alex', 'Kim', 'Baby', 'Ümit', "O'Neill");
const details = fc.record(
  {
    forename: name,
    surname: fc.constantFrom('Example', 'Other', 'Unknown'),
    previousSurname: fc.constantFrom('Other', 'Former'),
    birthDate: fc.constantFrom('2012-02-01', '2013-06-05', '1900-01-01'),
    birthDateEstimated: fc.boolean(),
    nhsNumber: fc.constantFrom(nhsNumber, otherNhsNumber),
    upn: fc.constantFrom('H801200001001', 'K801200001002'),
    nino: fc.constantFrom('AB123456C', 'AB123456D'),
    address: fc.record({ lines: fc.constant([]), postcode: fc.constantFrom('L36 9GL', 'L36 0AA', 'ZZ99 3VZ') }),
  },
  { requiredKeys: [] },
) satisfies fc.Arbitrary<PersonDetails>;

const seeded = { seed: 1, numRuns: 2000 };

describe('whatever the rows say', () => {
  it('two rows are about one person whichever of them came first', () => {
    fc.assert(
      fc.property(details, details, (a, b) => {
        expect(decideAssignment(a, [aCandidate(b)]).kind).toBe(decideAssignment(b, [aCandidate(a)]).kind);
      }),
      seeded,
    );
  });

  it('nothing is linked by blanks', () => {
    const blanks = fc.record({ forename: blank, surname: blank, birthDate: blank, nhsNumber: blank, upn: blank, nino: blank });
    fc.assert(
      fc.property(blanks, blanks, details, (a, b, full) => {
        const row = Object.fromEntries(Object.entries(a).filter(([, value]) => value !== undefined)) as PersonDetails;
        const held = Object.fromEntries(Object.entries(b).filter(([, value]) => value !== undefined)) as PersonDetails;
        expect(decideAssignment(row, [aCandidate(held), aCandidate(full, 'P2')]).kind).toBe('new');
      }),
      seeded,
    );
  });

  it('the order of the candidates decides nothing', () => {
    fc.assert(
      fc.property(details, fc.array(details, { maxLength: 6 }), (row, held) => {
        const candidates = held.map((each, index) => aCandidate(each, `P${String(index)}`));
        expect(decideAssignment(row, candidates.toReversed())).toEqual(decideAssignment(row, candidates));
      }),
      seeded,
    );
  });

  it('a link has a reason that holds: the identifier, or all of name, birth date and postcode', () => {
    fc.assert(
      fc.property(details, details, (row, held) => {
        const decision = decideAssignment(row, [aCandidate(held)]);
        if (decision.kind === 'new') return;
        if (decision.because === 'name-birth-date-and-postcode') {
          expect([row.forename, row.birthDate, row.address?.postcode]).toEqual([held.forename, held.birthDate, held.address?.postcode]);
        } else {
          const shared = [
            row.nhsNumber === held.nhsNumber && row.nhsNumber,
            row.upn === held.upn && row.upn,
            row.nino === held.nino && row.nino,
          ];
          expect(shared.some(Boolean)).toBe(true);
        }
      }),
      seeded,
    );
  });
});
