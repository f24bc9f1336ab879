import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanNames, nameCleaningVersion, type RawNames } from '#shared/domain/names/cleaning/clean-names.ts';
import { isCommonNamePart } from '#shared/domain/names/cleaning/name-words.ts';
import { campaign } from '#test/support/campaigns.ts';

const brief = (raw: RawNames): string => {
  const { forenames, surnames } = cleanNames(raw);
  return `${forenames.join('|')} / ${surnames.join('|')}`;
};

describe('cleaning names', () => {
  it.each([
    ['José', "O'Brien", 'jose / obrien'],
    ['SEÁN', 'O’BRIEN', 'sean / obrien'],
    ['Seán', 'Ó Briain', 'sean / obriain'],
    ['Áine', 'Ní Bhriain', 'aine / obriain'],
    ['Siân', 'ap Rhys', 'sian / ap rhys'],
    ['Łukasz', 'Kowalski-Wójcik', 'lukasz / kowalski wojcik'],
    ['Ștefan', 'Țăran', 'stefan / taran'],
    ['Gurpreet', 'Kaur Sandhu', 'gurpreet / kaur sandhu'],
    ['Jan', 'van der Berg', 'jan / vanderberg'],
    ['Jan', 'Vanderberg', 'jan / vanderberg'],
    ['Jean-Paul', 'De La Cruz', 'jean paul / delacruz'],
    ['Ewan', 'Mc Donald', 'ewan / mcdonald'],
    ['Ewan', 'MAC DONALD', 'ewan / macdonald'],
    ["D'Arcy", 'St. John', 'darcy / stjohn'],
    ['Ahmed', 'Bin Omar Al-Rashid', 'ahmed / omar rashid'],
    ['Ahmed', 'El Rashid', 'ahmed / rashid'],
    ['Abdul Rahman', 'Al-Hassan', 'abdulrahman / hassan'],
    ['Abd al-Rahman', 'Hassan', 'abdulrahman / hassan'],
    ['Salah ud Din', 'Khan', 'salahuddin / khan'],
    ['Владимир', 'Иванов', 'vladimir / ivanov'],
    ['王', '李', '王 / 李'],
    ['محمد', 'حسين', 'mhmd / hsyn'],
    ['Γιώργος', 'Παπαδόπουλος', 'giorgos / papadopoylos'],
  ])('%s %s', (forename, surname, expected) => {
    expect(brief({ forename, surname })).toBe(expected);
  });

  it.each([
    ['GarcÃ­a', 'garcia'],
    ['JosÃƒÂ©', 'jose'],
    ['Å\u0081ukasz', 'lukasz'],
    ['O&#39;Neil', 'oneil'],
    ['Garc&iacute;a', 'garcia'],
    ['="Lee"', 'lee'],
    ['Lee.0', 'lee'],
    ['\uFEFFLee\u00A0', 'lee'],
    ['5m1th', 'smith'],
    ['Wi11iams', 'williams'],
    ['J0nes', 'jones'],
    ['Da|ton', 'dalton'],
    ['8aker', 'baker'],
    ['Smith2', 'smith'],
  ])('mends %s', (surname, expected) => {
    expect(cleanNames({ surname }).surnames).toEqual([expected]);
  });

  it.each(['#N/A', '#NAME?', '05-Mar', 'Mar-05', '43831', '01/05/2024', '########'])('%s is no name any more', (surname) => {
    expect(cleanNames({ surname })).toMatchObject({ surnames: [], notes: ['lost'] });
  });

  it.each([
    'Unknown',
    'Not known',
    'N/A',
    'xxx',
    'Baby',
    'Baby boy',
    'Infant',
    'Twin 1',
    'Twin one',
    'TWIN2',
    'Baby of Jane',
    'Unborn',
    'Mother',
    'Lady of the house',
    'Adult male',
    'Mr',
  ])('%s is no forename', (forename) => {
    const { forenames, surnames, notes } = cleanNames({ forename, surname: 'Example' });
    expect(forenames).toEqual([]);
    expect(surnames).toEqual(['example']);
    expect(notes).toContain('placeholder-forename');
  });

  it('takes a role for a surname only where nobody is called that, or the forename is a role too', () => {
    expect(brief({ forename: 'Mary', surname: 'House' })).toBe('mary / house');
    expect(brief({ forename: 'Lady of the', surname: 'House' })).toBe(' / ');
    expect(brief({ forename: 'Mary', surname: 'Not Known' })).toBe('mary / ');
  });

  it('says that a child is unborn or not named yet', () => {
    expect(cleanNames({ forename: 'Unborn', surname: 'Example' }).notes).toEqual(expect.arrayContaining(['unnamed-child', 'unborn']));
    expect(cleanNames({ forename: 'Twin 2', surname: 'Example' }).notes).toContain('unnamed-child');
  });

  it('leaves titles, honours and generations out, and keeps the generation', () => {
    expect(brief({ forename: 'Mrs Jane', surname: 'Example OBE' })).toBe('jane / example');
    expect(brief({ forename: 'Haji Abdul', surname: 'Karim' })).toBe('abdul / karim');
    expect(cleanNames({ forename: 'John', surname: 'Example Jnr' })).toMatchObject({ surnames: ['example'], generation: 'jr' });
    expect(cleanNames({ forename: 'John', surname: 'Example III' })).toMatchObject({ surnames: ['example'], generation: 'iii' });
  });

  it('keeps other names as alternatives', () => {
    expect(brief({ forename: 'Robert (Bob)', surname: 'Smith née Jones' })).toBe('robert|bob / smith|jones');
    expect(brief({ forename: 'Robert "Bob"', surname: 'Smith (Jones)' })).toBe('robert|bob / smith|jones');
    expect(brief({ forename: 'Ann', surname: 'Smith', previousSurname: "O'Hara" })).toBe('ann / smith|ohara');
  });

  it('takes joined names apart', () => {
    expect(brief({ forename: 'Anna Smith', surname: 'Smith' })).toBe('anna / smith');
    expect(brief({ forename: 'Anna', surname: 'Anna Smith' })).toBe('anna / smith');
    expect(brief({ surname: 'SMITH, Anna' })).toBe('anna / smith');
    expect(cleanNames({ fullName: 'Mrs Anna J van der Berg' })).toMatchObject({
      forenames: ['anna'],
      middleNames: 'j',
      surnames: ['vanderberg'],
    });
  });

  it('keeps an initial as a forename and drops one as a surname', () => {
    expect(brief({ forename: 'J.', surname: 'B' })).toBe('j / ');
    expect(cleanNames({ forename: 'O', surname: 'O Brien' }).surnames).toEqual(['obrien']);
  });

  it('makes nothing of blanks', () => {
    const blank = { version: nameCleaningVersion, forenames: [], middleNames: '', surnames: [], generation: '', notes: [] };
    expect(cleanNames({})).toEqual(blank);
    expect(cleanNames({ forename: ' ', surname: '-', middleNames: '' })).toEqual(blank);
  });

  it('gives plain words for any text, the same every time', () => {
    const { runs, seed } = campaign('names');
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 14 }),
      fc.constantFrom('Baby', 'de', 'Al-', 'Mc ', 'Ã©', '(', 'née', ' Jr', '5m1th', '&amp;', "O'", 'Twin 1', '#N/A'),
    );
    const text = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, text, text, (forename, middleNames, surname) => {
        const cleaned = cleanNames({ forename, middleNames, surname });
        for (const name of [...cleaned.forenames, ...cleaned.surnames, cleaned.middleNames])
          expect(name).toMatch(/^(?:[\p{Ll}\p{Lo}\p{Lm}0-9]+(?: [\p{Ll}\p{Lo}\p{Lm}0-9]+)*)?$/u);
        expect(cleanNames({ forename, middleNames, surname })).toEqual(cleaned);
      }),
      { numRuns: runs, seed },
    );
  });
});

describe('parts of names that say nothing about the family', () => {
  it.each(['kaur', 'singh', 'begum', 'bibi', 'khatun'])('%s is one', (word) => {
    expect(isCommonNamePart(word)).toBe(true);
  });

  it('a family name is none', () => {
    expect(['sandhu', 'smith', ''].some(isCommonNamePart)).toBe(false);
  });
});
