import { describe, expect, it } from 'vitest';
import { addressKey } from '#shared/domain/identifiers/address-key.ts';

const at = (...lines: string[]) => addressKey({ lines, postcode: 'L36 9GL' });

describe('The key of an address', () => {
  it('is the UPRN where there is one', () => {
    expect(addressKey({ lines: ['14 Mill Lane'], postcode: 'L36 9GL', uprn: '100023336956' })).toBe('uprn:100023336956');
  });

  it('is else the postcode with the house number', () => {
    expect(at('14 Mill Lane')).toBe('home:L36 9GL:14');
  });

  it.each([
    ['14 Mill Lane', '14 MILL LN'],
    ['14 Mill Lane', '14, Mill Lane'],
    ['14 Mill Lane', 'No. 14 Mill Lane'],
    ['14a Mill Lane', '14 A Mill Lane'],
    ['14A Mill Lane', '14a, Mill Ln.'],
    ['Flat 2, 14 Mill Lane', 'Apartment 2, 14 Mill Lane'],
    ['Flat 2, 14 Mill Lane', 'flat 2 14 mill lane'],
    ['Flat 2, 14 Mill Lane', '2/14 Mill Lane'],
    ['12 - 14 Mill Lane', '12–14 Mill Lane'],
    ['Rose Cottage, Mill Lane', 'ROSE COTTAGE'],
    ["St Mary's Lodge", 'St Mary’s Lodge'],
  ])('is the same for “%s” and “%s”', (one, other) => {
    expect(at(one)).toBeDefined();
    expect(at(one)).toBe(at(other));
  });

  it.each([
    ['14 Mill Lane', '41 Mill Lane'],
    ['14 Mill Lane', '14a Mill Lane'],
    ['Flat 2, 14 Mill Lane', 'Flat 3, 14 Mill Lane'],
    ['Flat 2, 14 Mill Lane', 'Flat 14, 2 Mill Lane'],
    ['Flat A, 14 Mill Lane', 'Flat B, 14 Mill Lane'],
    ['Ground floor, 14 Mill Lane', 'First floor, 14 Mill Lane'],
    ['Flat 2, 14 Mill Lane', '14 Mill Lane'],
    ['Rose Cottage', 'Ivy Cottage'],
    ['1 2nd Avenue', '2 2nd Avenue'],
  ])('tells “%s” from “%s”', (one, other) => {
    expect(at(one)).not.toBe(at(other));
  });

  it('reads a flat and its building from two lines', () => {
    expect(at('Flat 2', '14 Mill Lane')).toBe(at('Flat 2, 14 Mill Lane'));
  });

  it.each([
    ['a street', ['Mill Lane']],
    ['a street with an ordinal', ['2nd Avenue']],
    ['a block', ['Mill Court']],
    ['a flat of we do not know which building', ['Flat 2']],
    ['nothing', []],
    ['a dash', ['-']],
  ])('is undefined where the first line names %s', (_, lines) => {
    expect(at(...lines)).toBeUndefined();
  });

  it('is undefined without postcode and UPRN', () => {
    expect(addressKey({ lines: ['14 Mill Lane'], town: 'Huyton' })).toBeUndefined();
  });

  it('differs between postcodes', () => {
    expect(addressKey({ lines: ['14 Mill Lane'], postcode: 'L36 9GN' })).not.toBe(at('14 Mill Lane'));
  });
});
