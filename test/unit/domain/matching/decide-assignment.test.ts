import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAssignment, type Assignment, type Candidate } from '#shared/domain/matching/decide-assignment.ts';
import { defaultModel } from '#shared/domain/matching/models/default-model.ts';
import { matchingBy, shippedMatching } from '#shared/domain/matching/models/shipped-matching.ts';
import { joinPacked, noRows, packRow } from '#shared/domain/matching/person/packed-rows.ts';
import { rowOfDetails } from '#shared/domain/matching/rows/row-of-details.ts';
import type { PersonDetails } from '#shared/domain/people/person-details.ts';

const first = '01J00000000000000000000001';
const second = '01J00000000000000000000002';

/** Somebody held of whom rows have said this. */
const aCandidate = (details: PersonDetails | readonly PersonDetails[], personId = first, over: Partial<Candidate> = {}): Candidate => ({
  personId,
  addressProtected: false,
  matchRows: [details]
    .flat()
    .map((each) => packRow(rowOfDetails(each, { agency: 'schools', feed: 'school-roll' }), '2025-12-19'))
    .reduce(joinPacked),
  ...over,
});

const decide = (details: PersonDetails, candidates: readonly Candidate[]): Assignment =>
  decideAssignment(rowOfDetails(details, { agency: 'schools', feed: 'school-roll' }), candidates, shippedMatching);

const mill = { lines: ['1 Mill Lane'], postcode: 'L36 9GL' };
const alex: PersonDetails = { forename: 'Alex', surname: 'Example', birthDate: '2012-02-01', address: mill };
const nhsNumber = '9434765919';
const otherNhsNumber = '9876543210';

const upn = 'H801200001001';
const numbered = (agencyPersonId: string, agencyRegister: string): PersonDetails => ({ agencyPersonId, agencyRegister });

describe('a row is about somebody held', () => {
  it.each<[string, PersonDetails, PersonDetails]>([
    ['same identifier and birth date', { nhsNumber, birthDate: '2012-02-01' }, { ...alex, nhsNumber }],
    ['same identifier and surname', { nhsNumber, surname: 'EXAMPLE' }, { ...alex, nhsNumber }],
    ['same identifier and an earlier surname', { nhsNumber, surname: 'New', previousSurname: 'Example' }, { ...alex, nhsNumber }],
    ['a former UPN', { formerUpn: 'H801200001001', birthDate: '2012-02-01' }, { ...alex, upn: 'H801200001001' }],
    ['the same name, birth date and home', alex, alex],
    ['the same rare name and birth date, after a move', { ...alex, address: { lines: ['4 Far Street'], postcode: 'L36 0AA' } }, alex],
    ['the name written another way', { ...alex, surname: 'Ex-ample' }, alex],
    ['the number of another school', { ...alex, ...numbered('A2', '3404002') }, { ...alex, ...numbered('A1', '3404001') }],
    [
      'two numbers of one school, and a UPN',
      { ...alex, upn, ...numbered('A2', '3404001') },
      { ...alex, upn, ...numbered('A1', '3404001') },
    ],
  ])('%s', (_, row, held) => {
    expect(decide(row, [aCandidate(held)])).toMatchObject({ kind: 'link', personId: first, because: 'matched' });
  });

  it('whom somebody who moved and married was in two earlier rows', () => {
    const married = { ...alex, surname: 'Other', address: { lines: ['4 Far Street'], postcode: 'L36 0AA' } };
    expect(decide(married, [aCandidate([alex, { ...alex, surname: 'Other' }, { ...married, surname: 'Example' }])])).toMatchObject({
      kind: 'link',
      personId: first,
    });
  });

  it('who agrees best, where another held person looks like the same one, and then somebody looks at the two', () => {
    const held = [aCandidate(alex, first), aCandidate({ ...alex, nhsNumber }, second)];
    expect(decide({ ...alex, nhsNumber }, held)).toMatchObject({
      kind: 'link',
      personId: second,
      review: 'several-people',
      reviewWith: [first],
    });
  });

  it('with model, thresholds, what was seen and the sum of its parts', () => {
    const { decision } = decide(alex, [aCandidate(alex), aCandidate({ ...alex, forename: 'Kim' }, second)]);
    expect(decision).toMatchObject({ modelVersion: defaultModel.version, thresholds: { link: 0.99, review: 0.05 }, candidatesSeen: 2 });
    const bits = (decision?.fields ?? []).map((field) => field.bits);
    expect(2 ** bits.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(99);
  });
});

describe('a row is about somebody new', () => {
  it.each<[string, PersonDetails, PersonDetails]>([
    ['nothing agrees', { forename: 'Lee', surname: 'Other', birthDate: '2013-06-05' }, alex],
    [
      'a postcode that stands for none',
      { forename: 'Kim', address: { lines: [], postcode: 'ZZ99 3VZ' } },
      { ...alex, address: { lines: [], postcode: 'ZZ99 3VZ' } },
    ],
    ['only an agency’s own number agrees', { agencyPersonId: 'A1', surname: 'Example' }, { ...alex, agencyPersonId: 'A1' }],
    ['only the home agrees', { address: mill }, alex],
    ['nothing is said', {}, alex],
  ])('%s', (_, row, held) => {
    expect(decide(row, [aCandidate(held)])).toMatchObject({ kind: 'new', because: expect.stringMatching(/^no-/) as unknown });
  });

  it.each<[string, PersonDetails, PersonDetails, string]>([
    ['a twin', { ...alex, forename: 'Kim' }, alex, 'possible-relative'],
    ['a name that is none', { ...alex, forename: 'Baby' }, { ...alex, forename: 'Baby' }, 'possible-match'],
    [
      'a common name and the year of birth only',
      { ...alex, forename: 'Olivia', surname: 'Smith', birthDateEstimated: true, address: undefined },
      { forename: 'Olivia', surname: 'Smith', birthDate: '2012-02-01' },
      'possible-match',
    ],
    [
      'another number of a kind of which one has only one',
      { ...alex, nhsNumber },
      { ...alex, nhsNumber: otherNhsNumber },
      'identifier-conflict',
    ],
    [
      'the agency has another number for somebody who is alike in all else',
      { ...alex, ...numbered('A2', '3404001') },
      { ...alex, ...numbered('A1', '3404001') },
      'identifier-conflict',
    ],
    [
      'an identifier agrees and nothing else',
      { nhsNumber, forename: 'Lee', surname: 'Other', birthDate: '1980-01-02' },
      { ...alex, nhsNumber },
      'identifier-conflict',
    ],
    [
      'a mother’s number stands on her baby’s row',
      { nhsNumber, forename: 'Jo', surname: 'Example', birthDate: '2025-11-30' },
      { nhsNumber, forename: 'Sam', surname: 'Example', birthDate: '1995-03-04' },
      'identifier-conflict',
    ],
  ])('until somebody has looked: %s', (_, row, held, review) => {
    expect(decide(row, [aCandidate(held)])).toMatchObject({ kind: 'new', because: 'in-doubt', review, reviewWith: [first] });
  });

  it('where all that is known of the other was judged to be about somebody else', () => {
    expect(decide(alex, [aCandidate(alex, first, { matchRows: noRows })])).toMatchObject({ kind: 'new', because: 'no-match' });
  });
});

it('two who were judged to be two are not asked about again by a row that is like both', () => {
  const apart = [{ personId: second, identifiers: [] }];
  const held = [aCandidate({ ...alex, nhsNumber }, first, { apart }), aCandidate(alex, second)];
  const decided = decide({ ...alex, nhsNumber }, held);
  expect(decided.kind === 'link' ? decided.review : decided.reviewWith).not.toEqual([second]);
  expect(decide({ ...alex, nhsNumber }, [aCandidate({ ...alex, nhsNumber }, first), aCandidate(alex, second)])).toMatchObject({
    reviewWith: [second],
  });
});

it('a protected address speaks for nobody: not the row’s, nor that of the person held', () => {
  const olivia: PersonDetails = { forename: 'Olivia', surname: 'Smith', birthDate: '2012-02-01', birthDateEstimated: true, address: mill };
  expect(decide(olivia, [aCandidate(olivia)])).toMatchObject({ kind: 'link' });
  expect(decide({ ...olivia, addressProtected: true }, [aCandidate(olivia)])).toMatchObject({ kind: 'new', review: 'possible-match' });
  expect(decide(olivia, [aCandidate(olivia, first, { addressProtected: true })])).toMatchObject({ kind: 'new', review: 'possible-match' });
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

it('a twin is asked about even by a model that has seen no families', () => {
  const rows = { ...alex, surname: 'Pickavance' };
  const twin = rowOfDetails({ ...rows, forename: 'Kim' }, { agency: 'police', feed: 'police-incidents' });
  expect(decideAssignment(twin, [aCandidate(rows)], matchingBy({ ...defaultModel, relatives: 0 }))).toMatchObject({
    kind: 'new',
    review: 'possible-relative',
  });
});

describe('whatever the rows say', () => {
  it('nothing is linked by blanks', () => {
    const blanks = fc.record({ forename: blank, surname: blank, birthDate: blank, nhsNumber: blank, upn: blank, nino: blank });
    fc.assert(
      fc.property(blanks, blanks, details, (a, b, full) => {
        const row = Object.fromEntries(Object.entries(a).filter(([, value]) => value !== undefined)) as PersonDetails;
        const held = Object.fromEntries(Object.entries(b).filter(([, value]) => value !== undefined)) as PersonDetails;
        expect(decide(row, [aCandidate(held), aCandidate(full, second)]).kind).toBe('new');
      }),
      seeded,
    );
  });

  it('the order of the candidates decides nothing', () => {
    fc.assert(
      fc.property(details, fc.array(details, { maxLength: 6 }), (row, held) => {
        const candidates = held.map((each, index) => aCandidate(each, `01J0000000000000000000000${String(index)}`));
        expect(decide(row, candidates.toReversed())).toEqual(decide(row, candidates));
      }),
      seeded,
    );
  });
});
