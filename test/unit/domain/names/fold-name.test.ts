import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldFullName, foldName, foldSurname } from '#shared/domain/names/fold-name.ts';
import { splitFullName } from '#shared/domain/names/split-full-name.ts';

describe('A name folded for comparison', () => {
  it.each([
    ['O’Brien', 'obrien'],
    ["O'BRIEN", 'obrien'],
    ['O Brien', 'obrien'],
    ['Smith-Jones', 'smithjones'],
    ['Smith Jones', 'smithjones'],
    ['Mc Donald', 'mcdonald'],
    ['Łukasz', 'lukasz'],
    ['Müller', 'muller'],
    ['Mu\u0308ller', 'muller'],
    ['Strauß', 'strauss'],
    ['Sørensen', 'sorensen'],
    ['Đorđe', 'dorde'],
    ['Æthelred', 'aethelred'],
    ['İpek', 'ipek'],
    ['Nguyễn', 'nguyen'],
    ['Siân', 'sian'],
    ['Ｓｍｉｔｈ', 'smith'],
    ['Mary Ann', 'maryann'],
    ['Mary-Ann', 'maryann'],
    ['J.', 'j'],
    ['  Smith ', 'smith'],
    ['نور', 'نور'],
    ['', ''],
    ['--', ''],
  ])('%s becomes %s', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  it.each([
    ['Mrs Smith', 'smith'],
    ['MR. SMITH', 'smith'],
    ['Prof Dr Khan', 'khan'],
    ['Master', 'master'],
    ['Lord', 'lord'],
    ['Missy', 'missy'],
    ['Mrs', 'mrs'],
  ])('loses a title in front, but never all of itself: %s becomes %s', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  it('does not change when folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (name) => {
        expect(foldName(foldName(name))).toBe(foldName(name));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('does not depend on case', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'ç', 'é', 'ł', 'ñ', 'ö', 'ß', 'æ', "'", ' ', '-'), maxLength: 20 }),
        (name) => {
          expect(foldName(name.toUpperCase())).toBe(foldName(name));
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('A surname folded for comparison', () => {
  it.each([
    ['Jones (née Smith)', 'jones'],
    ['Jones née Smith', 'jones'],
    ['Jones nee Smith', 'jones'],
    ['Jones (Smith)', 'jones'],
    ['Needham', 'needham'],
    ['Mrs Jones-Smith', 'jonessmith'],
  ])('%s becomes %s', (surname, folded) => {
    expect(foldSurname(surname)).toBe(folded);
  });
});

describe('A full name folded for comparison', () => {
  it('keeps forename and surname apart', () => {
    expect(foldFullName('Sam', 'Example')).toBe('sam example');
    expect(foldFullName('An', 'Nabel')).not.toBe(foldFullName('Ann', 'Abel'));
  });
});

describe('A full name in one cell', () => {
  it.each([
    ['Sam Example', { forename: 'Sam', surname: 'Example' }],
    ['Sam J Example', { forename: 'Sam', middleNames: 'J', surname: 'Example' }],
    ['EXAMPLE, Sam', { forename: 'Sam', surname: 'EXAMPLE' }],
    ['Example, Sam Jo', { forename: 'Sam', middleNames: 'Jo', surname: 'Example' }],
    ['van der Berg, Anna', { forename: 'Anna', surname: 'van der Berg' }],
    ['Mrs Anna van der Berg', { forename: 'Anna', surname: 'van der Berg' }],
    ['Mary de la Cruz', { forename: 'Mary', surname: 'de la Cruz' }],
    ['Niamh O Brien', { forename: 'Niamh', surname: 'O Brien' }],
    ["Niamh O'Brien", { forename: 'Niamh', surname: "O'Brien" }],
    ['Mr. Tom Smith-Jones', { forename: 'Tom', surname: 'Smith-Jones' }],
    ['Al Hassan', { forename: 'Al', surname: 'Hassan' }],
    ['Dr', { surname: 'Dr' }],
    ['Smith', { surname: 'Smith' }],
    ['Mr & Mrs Smith', { surname: 'Smith' }],
    ['Mr and Mrs Smith', { surname: 'Smith' }],
    ['  Sam   Example  ', { forename: 'Sam', surname: 'Example' }],
    ['Example,', { surname: 'Example' }],
  ])('%s is taken apart', (text, parts) => {
    expect(splitFullName(text)).toEqual(parts);
  });

  it.each(['', ' ', '-', ',', '& .'])('“%s” is no name', (text) => {
    expect(splitFullName(text)).toBeUndefined();
  });
});
