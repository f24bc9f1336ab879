import { describe, expect, it } from 'vitest';
import { generateSampleData } from '#infra/local/sample-data/generate-sample-data.ts';
import { thresholdCases } from '#infra/local/sample-data/threshold-cases.ts';
import { truthText, type TruthFamily } from '#infra/local/sample-data/truth.ts';

const { files, truth } = generateSampleData({ families: 600, seed: 3 });
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const hasCriterion = (family: TruthFamily, criterion: string): boolean =>
  Object.values(family.headings).some((criteria) => criteria.includes(criterion));

describe('the same options', () => {
  it('give the same bytes and the same truth', () => {
    const again = generateSampleData({ families: 600, seed: 3, asOf: '2026-09-30' });
    expect(again.files.map(({ bytes }) => textOf(bytes))).toEqual(files.map(({ bytes }) => textOf(bytes)));
    expect([...truthText(again.truth)].join('')).toBe([...truthText(truth)].join(''));
  });

  it('with another seed give other families', () => {
    const other = generateSampleData({ families: 600, seed: 4 });
    expect(textOf(other.files[0]?.bytes ?? new Uint8Array())).not.toBe(textOf(files[0]?.bytes ?? new Uint8Array()));
  });

  it('are refused where they make no sense', () => {
    expect(() => generateSampleData({ families: 0, seed: 1 })).toThrow(RangeError);
    expect(() => generateSampleData({ families: 2.5, seed: 1 })).toThrow(RangeError);
    expect(() => generateSampleData({ families: 1, seed: 1, asOf: '2026-02-30' })).toThrow(RangeError);
  });
});

describe('the truth', () => {
  it('is whole: every person has a family, every member, mention and sealed identity is a person', () => {
    const ids = new Set(truth.persons.map(({ personId }) => personId));
    expect(ids.size).toBe(truth.persons.length);
    for (const { familyIds } of truth.persons) expect(familyIds.length).toBeGreaterThan(0);
    for (const { members } of truth.families) for (const { personId } of members) expect(ids.has(personId)).toBe(true);
    for (const { mentions } of truth.files) for (const [, , personId] of mentions) expect(ids.has(personId)).toBe(true);
    for (const pair of truth.neverJoin) for (const personId of pair) expect(ids.has(personId)).toBe(true);
    expect(truth.neverJoin.length).toBeGreaterThan(0);
  });

  it('lists no row twice, none beyond the file and none as both accepted and refused', () => {
    for (const { file, mentions, refused, repeated } of truth.files) {
      const rows = files.find((each) => each.file === file)?.rows ?? 0;
      const accepted = new Set(mentions.map(([row]) => row));
      const keys = mentions.map(([row, subject]) => `${String(row)} ${subject}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { row } of refused) expect(accepted.has(row)).toBe(false);
      expect(accepted.size + refused.length).toBe(rows);
      for (const [row, of] of repeated) expect(of).toBeLessThan(row);
    }
  });

  it('calls repeated what is repeated letter by letter', () => {
    let repeats = 0;
    for (const { file, repeated } of truth.files) {
      const lines = textOf(files.find((each) => each.file === file)?.bytes ?? new Uint8Array()).split(/\r?\n/);
      for (const [row, of] of repeated) expect(lines[row]).toBe(lines[of]);
      repeats += repeated.length;
    }
    expect(repeats).toBeGreaterThan(50);
  });

  it('has a quarter to a third of families eligible and the rest with fewer headings or no dependent child', () => {
    const eligible = truth.families.filter((family) => family.eligible);
    expect(eligible.length / truth.families.length).toBeGreaterThan(0.25);
    expect(eligible.length / truth.families.length).toBeLessThan(0.36);
    for (const family of truth.families) expect(family.eligible).toBe(family.hasDependentChild && family.headingsCounted >= 2);
    expect(truth.families.some((family) => !family.hasDependentChild && family.headingsCounted >= 2)).toBe(true);
  });

  it('has every heading met by some family', () => {
    expect(new Set(truth.families.flatMap(({ headings }) => Object.keys(headings)))).toEqual(new Set(['H1', 'H2', 'H3', 'H4', 'H5', 'H6']));
  });

  it('has no personal e-mail address, telephone number or web address in any file but a formula that says example', () => {
    for (const { bytes } of files) {
      const text = textOf(bytes);
      expect(text).not.toMatch(/[\w.]+@[\w-]+\.\w{2,}/);
      expect(text).not.toMatch(/(?<!\d)0\d{10}(?!\d)|\+44/);
      for (const [address] of text.matchAll(/https?:\/\/[^"\s]+/g)) expect(address).toContain('example.invalid');
    }
  });
});

describe('cases at a threshold', () => {
  const of = (name: string): TruthFamily[] => truth.families.filter(({ thresholdCase }) => thresholdCase?.name === name);

  it('are all there, more than once', () => {
    for (const name of thresholdCases) expect(of(name).length, name).toBeGreaterThan(1);
  });

  it.each([
    ['absence-exactly-ten-percent', 'P2.H2.1', false],
    ['absence-one-session-over-ten-percent', 'P2.H2.1', true],
    ['two-suspensions', 'P2.H2.2', false],
    ['three-suspensions', 'P2.H2.2', true],
    ['third-suspension-before-the-last-three-terms', 'P2.H2.2', false],
    ['incident-twelve-months-ago-to-the-day', 'P2.H1.2', false],
    ['incident-on-the-first-day-of-the-twelve-months', 'P2.H1.2', true],
    ['incident-on-the-day-itself', 'P2.H1.2', true],
  ])('%s: %s is met: %s', (name, criterion, met) => {
    for (const family of of(name)) expect(hasCriterion(family, criterion)).toBe(met);
  });
});

describe('the files as partners write them', () => {
  const file = (feed: string): string => textOf(files.find((each) => each.feed === feed)?.bytes.subarray(0) ?? new Uint8Array());
  const bytesOf = (feed: string): Uint8Array => files.find((each) => each.feed === feed)?.bytes ?? new Uint8Array();

  it('have one with a byte order mark, one with semicolons, some with CRLF, one with every cell quoted', () => {
    expect([...bytesOf('school-roll').subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(file('housing-arrears').split('\r\n')[0]).toContain('tenancy_ref;partner_person_id');
    expect(file('police-incidents')).toContain('\r\n');
    expect(file('dwp-benefits').startsWith('"request_ref"')).toBe(true);
  });

  it('have dates day first from some agencies and ISO from others', () => {
    expect(file('suspensions')).toMatch(/,\d{2}\/\d{2}\/20\d{2},/);
    expect(file('childrens-social-care')).toMatch(/,20\d{2}-\d{2}-\d{2},/);
  });

  it('have names in capitals from the police, commas inside quotes, and a row of totals at the end of one', () => {
    expect(file('police-incidents')).toMatch(/,[A-Z]{3,},[A-Z]{3,},\d{4}-/);
    expect(file('police-incidents')).toMatch(/"FLAT \d+, \d+ /);
    expect(file('school-attendance').trimEnd().split('\n').at(-1)).toMatch(/^TOTAL,/);
  });

  it('have untidy but valid identifiers: spaces, lower case, short PNC ids', () => {
    expect(file('health-visiting')).toMatch(/,999 \d{3} \d{4},/);
    expect(file('school-roll')).toMatch(/\n[a-z]\d{3} \d{4} \d{5},/);
    expect(file('police-incidents')).toMatch(/,\d{2}\/\d{1,7}[A-Z],/);
  });
});
