import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNhsNumber } from '#shared/domain/identifiers/nhs-number.ts';
import { readNino } from '#shared/domain/identifiers/nino.ts';
import { readPncId } from '#shared/domain/identifiers/pnc-id.ts';
import { isPseudoPostcode, readPostcode } from '#shared/domain/identifiers/postcode.ts';
import { isTemporaryUpn, isUpnUnknownCode, readUpn } from '#shared/domain/identifiers/upn.ts';
import { readUprn } from '#shared/domain/identifiers/uprn.ts';

const is = (value: string) => ({ ok: true, value });
const isNot = (reason: string) => ({ ok: false, reason });

describe('A unique pupil number', () => {
  it.each([
    ['B801200005001', 'B801200005001', 'the worked example of the guide'],
    ['J340123425001', 'J340123425001', 'a permanent one'],
    ['V34012342500A', 'V34012342500A', 'a temporary one'],
    ['K34012342512K', 'K34012342512K', 'another temporary one'],
    ['P207000016049', 'P207000016049', 'the supplier’s example, its sum of 266 put right'],
    ['b801200005001', 'B801200005001', 'in lower case'],
    [' J340 1234 25001 ', 'J340123425001', 'with spaces'],
    ['J340-1234-25001', 'J340123425001', 'with hyphens'],
    ['J340\u00a0123425001', 'J340123425001', 'with a no-break space'],
  ])('%s is read as %s: %s', (text, value) => {
    expect(readUpn(text)).toEqual(is(value));
  });

  it.each([
    ['A801200005001', 'check-letter', 'the letter is wrong'],
    ['Q207000016049', 'check-letter', 'two suppliers’ help pages print it, with a sum of 267'],
    ['J340123425010', 'check-letter', 'two digits are swapped'],
    ['V34012342500B', 'check-letter', 'the closing letter is part of the sum'],
    ['S340123425001', 'shape', 'S is not in the alphabet'],
    ['J34012342500O', 'shape', 'O is not in the alphabet'],
    ['J34012342500', 'shape', 'a character is missing'],
    ['J3401234250011', 'shape', 'there is a character too many'],
    ['3401234250010', 'shape', 'it starts with a digit'],
    ['', 'shape', 'it is empty'],
  ])('%s is none (%s): %s', (text, reason) => {
    expect(readUpn(text)).toEqual(isNot(reason));
  });

  it('is found wrong when any one digit is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('B801200005001', 'J340123425001', 'P207000016049'),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (upn, at, by) => {
          const digit = (Number(upn.charAt(at)) + by) % 10;
          expect(readUpn(`${upn.slice(0, at)}${String(digit)}${upn.slice(at + 1)}`).ok).toBe(false);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('is temporary when it ends in a letter', () => {
    expect(isTemporaryUpn('V34012342500A')).toBe(true);
    expect(isTemporaryUpn('J340123425001')).toBe(false);
  });

  it.each(['UN1', 'un7', ' UN 4 '])('%s says why there is none', (text) => {
    expect(isUpnUnknownCode(text)).toBe(true);
  });

  it.each(['UN0', 'UN8', 'UN', 'J340123425001'])('%s is no such code', (text) => {
    expect(isUpnUnknownCode(text)).toBe(false);
  });
});

describe('An NHS number', () => {
  it.each([
    ['9434765919', '9434765919'],
    ['9434765870', '9434765870'],
    ['943 476 5919', '9434765919'],
    ['943-476-5919', '9434765919'],
    ['9990000018', '9990000018'],
  ])('%s is read as %s', (text, value) => {
    expect(readNhsNumber(text)).toEqual(is(value));
  });

  it.each([
    ['9434765918', 'check-digit', 'the check digit is wrong'],
    ['9434769519', 'check-digit', 'two digits are swapped'],
    ['9990000000', 'check-digit', 'its check would be 10, which no number has'],
    ['9990000001', 'check-digit', 'its check would be 10, which is not 1 either'],
    ['0000000000', 'check-digit', 'zeros pass the sum but are nobody’s number'],
    ['1111111111', 'check-digit', 'a repeated digit passes the sum but is nobody’s number'],
    ['943476591', 'shape', 'a digit is missing'],
    ['94347659190', 'shape', 'there is a digit too many'],
    ['943476591X', 'shape', 'there is a letter'],
    ['９４３４７６５９１９', 'shape', 'the digits are full-width ones'],
  ])('%s is none (%s): %s', (text, reason) => {
    expect(readNhsNumber(text)).toEqual(isNot(reason));
  });

  it('is found wrong when any one digit is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('9434765919', '9434765870'),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (number, at, by) => {
          const digit = (Number(number.charAt(at)) + by) % 10;
          expect(readNhsNumber(`${number.slice(0, at)}${String(digit)}${number.slice(at + 1)}`).ok).toBe(false);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('A National Insurance number', () => {
  it.each([
    ['AB123456C', 'AB123456C'],
    ['ab 12 34 56 c', 'AB123456C'],
    ['JK-12-34-56-D', 'JK123456D'],
  ])('%s is read as %s', (text, value) => {
    expect(readNino(text)).toEqual(is(value));
  });

  it.each([
    ['QQ123456A', 'prefix', 'the form’s own example is never issued'],
    ['BG123456A', 'prefix', 'never issued'],
    ['GB123456A', 'prefix', 'never issued'],
    ['KN123456A', 'prefix', 'never issued'],
    ['NK123456A', 'prefix', 'never issued'],
    ['NT123456A', 'prefix', 'never issued'],
    ['TN123456A', 'prefix', 'never issued'],
    ['ZZ123456A', 'prefix', 'never issued'],
    ['AO123456A', 'prefix', 'O is never the second letter'],
    ['DA123456A', 'prefix', 'D is never the first letter'],
    ['CR123456A', 'prefix', 'administrative, though the published pattern lets it pass'],
    ['MW123456A', 'prefix', 'administrative, though the published pattern lets it pass'],
    ['NC123456A', 'prefix', 'administrative, though the published pattern lets it pass'],
    ['OO123456A', 'prefix', 'administrative'],
    ['FY123456A', 'prefix', 'administrative'],
    ['AB123456', 'suffix-missing', 'without its last letter'],
    ['11 a1 11 11', 'temporary-reference', 'a temporary reference number'],
    ['AB123456E', 'shape', 'E is not a last letter'],
    ['AB12345C', 'shape', 'a digit is missing'],
    ['A1234567C', 'shape', 'a letter is missing'],
  ])('%s is none (%s): %s', (text, reason) => {
    expect(readNino(text)).toEqual(isNot(reason));
  });
});

describe('A PNC ID', () => {
  it.each([
    ['03/11985X', '03/0011985X'],
    ['02/73319Z', '02/0073319Z'],
    ['01/400Z', '01/0000400Z'],
    ['2003/0011985X', '03/0011985X'],
    ['2003/0011985x', '03/0011985X'],
    ['20030011985X', '03/0011985X'],
    ['030011985X', '03/0011985X'],
    [' 03 / 11985 X ', '03/0011985X'],
  ])('%s is read as %s', (text, value) => {
    expect(readPncId(text)).toEqual(is(value));
  });

  it.each([
    ['03/11985Y', 'check-letter', 'the letter is wrong'],
    ['04/11985X', 'check-letter', 'the year is wrong'],
    ['03/11985S', 'shape', 'S is not in the alphabet'],
    ['0311985X', 'shape', 'without a slash a short serial cannot be told from the year'],
    ['03/', 'shape', 'there is no serial'],
    ['003/11985X', 'shape', 'the year has three digits'],
    ['03/123456789X', 'shape', 'the serial is too long'],
  ])('%s is none (%s): %s', (text, reason) => {
    expect(readPncId(text)).toEqual(isNot(reason));
  });
});

describe('A UPRN', () => {
  it.each([
    ['100023336956', '100023336956'],
    ['000000199356', '199356'],
    ['199356', '199356'],
    ['100 023 336 956', '100023336956'],
  ])('%s is read as %s', (text, value) => {
    expect(readUprn(text)).toEqual(is(value));
  });

  it.each(['1000233369560', '0', '000000000000', '', '10002333695A', '1.00023E+11'])('%s is none', (text) => {
    expect(readUprn(text)).toEqual(isNot('shape'));
  });
});

describe('A postcode', () => {
  it.each([
    ['L36 9GL', 'L36 9GL'],
    ['l369gl', 'L36 9GL'],
    ['L36  9 GL', 'L36 9GL'],
    ['M1 1AE', 'M1 1AE'],
    ['CR2 6XH', 'CR2 6XH'],
    ['DN55 1PT', 'DN55 1PT'],
    ['W1A 0AX', 'W1A 0AX'],
    ['EC1A 1BB', 'EC1A 1BB'],
    ['gir0aa', 'GIR 0AA'],
    ['BF1 3AA', 'BF1 3AA'],
    ['BFPO 57', 'BFPO 57'],
  ])('%s is read as %s', (text, value) => {
    expect(readPostcode(text)).toEqual(is(value));
  });

  it.each([
    ['L36 9CV', 'C is never in the second half'],
    ['L36', 'only half'],
    ['9GL', 'only half'],
    ['QA1 1AA', 'Q is never first'],
    ['L36 GGL', 'a letter for a digit'],
    ['Huyton', 'a place'],
    ['', 'empty'],
  ])('%s is none: %s', (text) => {
    expect(readPostcode(text)).toEqual(isNot('shape'));
  });

  it.each(['ZZ99 3VZ', 'zz993wz', 'ZZ99'])('%s stands for no address', (text) => {
    expect(isPseudoPostcode(text)).toBe(true);
  });

  it('L36 9GL stands for an address', () => {
    expect(isPseudoPostcode('L36 9GL')).toBe(false);
  });
});

describe('Reading what has been read', () => {
  it.each([
    ['UPN', readUpn, 'J340 123425001'],
    ['NHS number', readNhsNumber, '943 476 5919'],
    ['NINO', readNino, 'ab 12 34 56 c'],
    ['PNC ID', readPncId, '2003/11985X'],
    ['UPRN', readUprn, '000000199356'],
    ['postcode', readPostcode, 'l369gl'],
  ])('changes a %s no more', (_, read, text) => {
    const once = read(text);
    expect(once.ok && read(once.value)).toEqual(once);
  });
});
