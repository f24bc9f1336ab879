type TextRepair =
  /** UTF-8 read as Latin-1 or Windows-1252 once or twice: `JosÃ©`. */
  | 'encoding'
  /** `O&#39;Brien`. */
  | 'entity'
  /** What spreadsheets add: `="Ann"`, a leading apostrophe, `_x000D_`, `.0`. */
  | 'spreadsheet'
  /** The cell holds a spreadsheet's error or a date it made of a name: nothing of the name is left. */
  | 'lost';

export interface RepairedText {
  readonly text: string;
  readonly repairs: readonly TextRepair[];
}

/** The characters of Windows-1252 from 0x80 to 0x9F; a blank stands for the five bytes that have none. */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const byteOf = (character: string): number | undefined => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return code;
  const at = windows1252.indexOf(character);
  return at === -1 ? undefined : 0x80 + at;
};

/** A lead byte of UTF-8 and the bytes that follow it, each read as one character. */
const misread = /[\u00C2-\u00F4][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u;

const decoder = new TextDecoder('utf-8', { fatal: true });

const decodeOnce = (text: string): string => {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = byteOf(character);
    if (byte === undefined) return text;
    bytes.push(byte);
  }
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return text;
  }
};

const undoMisreading = (text: string): string => {
  let repaired = text;
  for (let round = 0; round < 2 && misread.test(repaired); round += 1) {
    const next = decodeOnce(repaired);
    if (next === repaired) break;
    repaired = next;
  }
  return repaired;
};

const namedEntities: Readonly<Record<string, string>> = { amp: '&', apos: "'", quot: '"', lt: '<', gt: '>', nbsp: ' ' };
/** `eacute` is e with an accent: the letter alone is enough for comparing. */
const letterEntity = /^([A-Za-z])(?:acute|grave|circ|tilde|uml|ring|cedil|caron|slash)$/;

const decodeEntities = (text: string): string =>
  text.replaceAll(/&(#?[A-Za-z0-9]{2,8});/g, (whole, name: string) => {
    if (name.startsWith('#')) {
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return Number.isInteger(code) && code > 31 && code < 0x11_00_00 ? String.fromCodePoint(code) : whole;
    }
    return namedEntities[name] ?? letterEntity.exec(name)?.[1] ?? whole;
  });

const dropSpreadsheetMarks = (text: string): string =>
  text
    .replace(/^=?"(.*)"$/u, '$1')
    .replace(/^'(?=[^'])/, '')
    .replaceAll('_x000D_', ' ')
    .replace(/\.0+$/, '');

const month = 'jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec';
const lostText = new RegExp(
  `^(?:#(?:n/?a|name\\?|ref!?|value!?|null!?|div/0!?|num!?)|#+|\\d{1,2}-(?:${month})(?:-\\d{2,4})?|(?:${month})-\\d{2,4}|\\d{4,6}(?:\\.\\d+)?|\\d{1,4}[/-]\\d{1,2}[/-]\\d{1,4}(?: 0?0:00(?::00)?)?)$`,
  'i',
);

/** Nothing to see from a space or a line break, or from what stands for a character that was lost. */
const invisible = /[\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\uFFFD]/gu;

/**
 * A cell of text as it was before systems handed it on: encoding, web entities and spreadsheet marks undone, spaces
 * single. Empty where nothing is left. Never raises: what cannot be repaired stays as it is.
 */
export const repairText = (raw: string): RepairedText => {
  const repairs: TextRepair[] = [];
  const step = (text: string, repaired: string, repair: TextRepair): string => {
    if (repaired !== text) repairs.push(repair);
    return repaired;
  };
  let text = raw;
  text = step(text, undoMisreading(text), 'encoding');
  if (text.includes('&')) text = step(text, decodeEntities(text), 'entity');
  text = text.replaceAll(invisible, (character) => (/\s/u.test(character) ? ' ' : '')).trim();
  text = step(text, dropSpreadsheetMarks(text), 'spreadsheet');
  if (lostText.test(text)) return { text: '', repairs: [...repairs, 'lost'] };
  return { text: text.replaceAll(/\s+/gu, ' ').trim(), repairs };
};
