import { describe, expect, it } from 'vitest';
import type { Stay } from '#shared/domain/families/family-person.ts';
import { aChild, aPerson, build, inShort, parentOf, stayAt } from './builders.ts';

/** A stay at a home with a UPRN: under the surname there, and under the home alone. */
const at = (uprn: string, surname: string, change: Partial<Stay> = {}): { readonly stays: readonly Stay[] } => {
  const stay = stayAt(uprn, surname, change);
  return { stays: [{ ...stay, households: [...stay.households, `SHARED_HOME#${uprn}`] }] };
};

describe('People of different names at one UPRN', () => {
  it('are a household where one is a child and the other of an age to be the parent', () => {
    expect(inShort(build([aPerson('mum', at('1', 'kaur')), aChild('son', at('1', 'singh'))]))).toEqual(['mum son']);
    expect(build([aPerson('mum', at('1', 'kaur')), aChild('son', at('1', 'singh'))])[0]?.members.map(({ basis }) => basis)).toEqual([
      ['same-household'],
      ['same-household'],
    ]);
  });

  it('are none at two UPRNs', () => {
    expect(inShort(build([aPerson('mum', at('1', 'kaur')), aChild('son', at('2', 'singh'))]))).toEqual(['son']);
  });

  it('leave a child who is with an adult already where it is', () => {
    const mum = aPerson('mum', { ...at('1', 'kaur'), relations: [parentOf('son')] });
    expect(inShort(build([mum, aPerson('lodger', at('1', 'example')), aChild('son', at('1', 'singh'))]))).toEqual(['mum son']);
  });

  it('are none where both are grown up, or the adult is too young or too old to be a parent and came at another time', () => {
    const laterChild = at('1', 'other', { firstSeen: '2026-09-01' });
    expect(build([aPerson('a', at('1', 'example')), aPerson('b', at('1', 'other'))])).toEqual([]);
    expect(inShort(build([aPerson('lodger', { birthDate: '2004-01-01', ...at('1', 'example') }), aChild('child', laterChild)]))).toEqual([
      'child',
    ]);
    expect(inShort(build([aPerson('old', { birthDate: '1940-01-01', ...at('1', 'example') }), aChild('child', laterChild)]))).toEqual([
      'child',
    ]);
  });

  it('are one where they came together, a child among them', () => {
    const sister = aPerson('sister', { birthDate: '2004-01-01', ...at('1', 'example', { firstSeen: '2026-06-20' }) });
    expect(inShort(build([sister, aChild('child', at('1', 'other', { firstSeen: '2026-09-01' }))]))).toEqual(['child sister']);
  });

  it('are none where it is not the main home of both', () => {
    const two = { stays: [...at('1', 'other').stays, ...at('2', 'other', { sightings: 3 }).stays] };
    expect(inShort(build([aPerson('stepmother', at('1', 'example')), aChild('child', two)]))).toEqual(['child']);
    expect(inShort(build([aPerson('mother', at('2', 'example')), aChild('child', two)]))).toEqual(['child mother']);
  });

  it('are none where one had left before the other came', () => {
    const before = aPerson('before', at('1', 'example', { firstSeen: '2025-01-01', lastSeen: '2026-03-31', standing: false }));
    expect(inShort(build([before, aChild('child', at('1', 'other', { firstSeen: '2026-04-20' }))]))).toEqual(['child']);
  });

  it('are none in a home of more than four families’ names', () => {
    const strangers = ['a', 'b', 'c', 'd'].map((name) => aPerson(name, at('1', name)));
    expect(inShort(build([...strangers, aChild('child', at('1', 'e'))]))).toEqual(['child']);
    expect(inShort(build([...strangers.slice(1), aChild('child', at('1', 'e'))]))).toEqual(['b child']);
  });

  it('are none where the address is protected, or too many people stand under it', () => {
    const child = aChild('child', at('1', 'other'));
    expect(inShort(build([aPerson('mum', { ...at('1', 'example'), addressProtected: true }), child]))).toEqual(['child']);
    expect(inShort(build([aPerson('mum', at('1', 'example')), child], ['SHARED_HOME#1']))).toEqual(['child']);
  });
});
