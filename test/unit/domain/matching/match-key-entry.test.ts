import { expect, it } from 'vitest';
import { changeKeyEntry, mostPerKey, type KeyChange, type MatchKeyEntry } from '#shared/domain/matching/match-key-entry.ts';

const entry: MatchKeyEntry = { key: 'NHS#v1.x', persons: ['A', 'B'], namedBy: [], crowded: false, version: 3 };
const change = (over: Partial<Record<keyof KeyChange, string[]>>): KeyChange => ({
  addPersons: new Set(over.addPersons),
  removePersons: new Set(over.removePersons),
  addNamedBy: new Set(over.addNamedBy),
  removeNamedBy: new Set(over.removeNamedBy),
});

it('people come and go', () => {
  expect(changeKeyEntry(entry, change({ addPersons: ['C'], removePersons: ['A'] })).persons).toEqual(['B', 'C']);
  expect(changeKeyEntry(entry, change({ addNamedBy: ['C'] })).namedBy).toEqual(['C']);
});

it('is the same entry where nothing changes, so that nothing is written', () => {
  expect(changeKeyEntry(entry, change({ addPersons: ['A'], removePersons: ['Z'] }))).toBe(entry);
});

it('is crowded as soon as it is full, holds no more then, and stays so', () => {
  const many = Array.from({ length: mostPerKey }, (_, n) => `P${String(n).padStart(3, '0')}`);
  const full = changeKeyEntry({ ...entry, persons: [] }, change({ addPersons: many }));
  expect(full).toMatchObject({ crowded: true, persons: many });
  expect(changeKeyEntry({ ...entry, persons: [] }, change({ addPersons: many.slice(1) })).crowded).toBe(false);
  const crowded = changeKeyEntry(full, change({ addPersons: ['P999'] }));
  expect(crowded).toMatchObject({ crowded: true, persons: many });
  expect(changeKeyEntry(crowded, change({ removePersons: many }))).toMatchObject({ crowded: true, persons: [] });
});
