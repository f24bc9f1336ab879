import { fullFormOf } from '../../names/nicknames/nickname-classes.ts';
import { soundKeys } from '../similarity/sound-keys.ts';

const remember = (sound: (name: string) => string): ((name: string) => string) => {
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const heard = sound(name);
    if (known.size >= mostRemembered) known.clear();
    known.set(name, heard);
    return heard;
  };
};

/** Finding a sound takes a microsecond and the same names come again and again; forgetting all now and then bounds the memory. */
const mostRemembered = 100_000;

/** The sound of a surname as a key; of one without sounds (another script) the name itself. */
export const surnameSound = remember((name) => {
  const joined = name.replaceAll(' ', '');
  return soundKeys(joined).primary || joined;
});

/** The same for a forename, of what it is short for: `bob` and `robert` are one key. */
export const forenameSound = remember((name) => soundKeys(fullFormOf(name)).primary || name);
