import { describe, expect, it } from 'vitest';
import { isNoAddress, isNobodysHome } from '#shared/domain/identifiers/nobodys-home.ts';

describe('an address that is nobody’s home', () => {
  it.each([
    'No fixed abode',
    'N.F.A.',
    'NFA - Knowsley',
    'c/o 12 Mill Lane',
    'Care of Mrs Example',
    'UNKNOWN',
    'P.O. Box 12',
    'sofa surfing',
    'n/a',
  ])('%s: there is none', (address) => {
    expect(isNoAddress(address)).toBe(true);
    expect(isNobodysHome(address)).toBe(true);
  });

  it.each([
    'HMP Example',
    '12 Mill Lane Hostel',
    'Sunny Nursing Home, 3 Mill Lane',
    "Women's Refuge",
    'Example Barracks',
    'Halls of Residence',
  ])('%s: an institution', (address) => {
    expect(isNoAddress(address)).toBe(false);
    expect(isNobodysHome(address)).toBe(true);
  });

  it.each([
    '12 Hospital Road',
    '3 Prison Lane',
    'Barracks Row',
    '7 Unknown Warrior Way',
    '14 Home Farm Close',
    'The Old Rectory',
    '2 Refuge St',
  ])('%s: a home', (address) => {
    expect(isNobodysHome(address)).toBe(false);
  });
});
