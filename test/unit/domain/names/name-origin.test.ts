import { describe, expect, it } from 'vitest';
import { nameOriginOf, nameOrigins } from '#shared/domain/names/name-origin.ts';

describe('where a name looks to be from', () => {
  it.each([
    ['anna', 'smith', 'english-or-other'],
    ['sean', 'obrien', 'irish-scottish-or-welsh'],
    ['ewan', 'mcdonald', 'irish-scottish-or-welsh'],
    ['anna', 'kowalska', 'polish-or-slavic'],
    ['ioana', 'popescu', 'romanian'],
    ['gurpreet', 'kaur sandhu', 'sikh-or-hindu'],
    ['mohammed', 'green', 'muslim'],
    ['salma', 'salahuddin', 'muslim'],
    ['kwame', 'smith', 'african'],
    ['mei', 'zhang', 'chinese-or-vietnamese'],
    ['maria', 'garcia lopez', 'spanish-or-portuguese'],
    ['', '', 'english-or-other'],
  ] as const)('%s %s: %s', (forename, surname, origin) => {
    expect(nameOriginOf(forename, surname)).toBe(origin);
    expect(nameOrigins).toContain(origin);
  });
});
