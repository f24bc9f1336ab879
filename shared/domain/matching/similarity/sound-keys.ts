import { doubleMetaphone } from 'double-metaphone';

export interface SoundKeys {
  /** How an English speaker would say the name: consonants only, `SM0` for smith. */
  readonly primary: string;
  /** How it may also be said, of another origin; the same as the first where there is none. */
  readonly secondary: string;
}

const silent: SoundKeys = { primary: '', secondary: '' };
const longestKey = 6;

/** Double Metaphone (Philips, 2000) of a folded name, cut to six sounds; both empty for a blank. About a microsecond. */
export const soundKeys = (foldedName: string): SoundKeys => {
  if (foldedName === '') return silent;
  const [primary, secondary] = doubleMetaphone(foldedName);
  return { primary: primary.slice(0, longestKey), secondary: secondary.slice(0, longestKey) };
};
