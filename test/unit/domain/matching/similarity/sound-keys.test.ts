import { describe, expect, it } from 'vitest';
import { soundKeys } from '#shared/domain/matching/similarity/sound-keys.ts';

const alike = (a: string, b: string): boolean => {
  const sounds = Object.values(soundKeys(b)).filter((sound) => sound !== '');
  return Object.values(soundKeys(a)).some((sound) => sounds.includes(sound));
};

describe('sound keys', () => {
  it('are those of the published Double Metaphone', () => {
    expect(soundKeys('smith')).toEqual({ primary: 'SM0', secondary: 'XMT' });
    expect(soundKeys('schmidt')).toEqual({ primary: 'XMT', secondary: 'SMT' });
    expect(soundKeys('thomas')).toEqual({ primary: 'TMS', secondary: 'TMS' });
  });

  it.each([
    ['smith', 'smyth'],
    ['smith', 'schmidt'],
    ['mcdonald', 'macdonald'],
    ['catherine', 'kathryn'],
    ['hussain', 'hossein'],
    ['kowalski', 'kowalska'],
    ['stephen', 'steven'],
  ])('%s sounds like %s', (a, b) => {
    expect(alike(a, b)).toBe(true);
  });

  it.each([
    ['smith', 'jones'],
    ['', ''],
    ['', 'smith'],
  ])('%s does not sound like %s', (a, b) => {
    expect(alike(a, b)).toBe(false);
  });
});
