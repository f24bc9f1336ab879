import type { RawDateParts } from '#shared/domain/matching/rows/match-row.ts';

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const timeOfDay = /[T ]\d{1,2}:\d{2}.*$/u;
/** Years of two digits up to this one are of this century. */
const lastShortYear = 29;
const spreadsheetDay = /^\d{5}(?:\.0+)?$/u;

/** A reader of dates as `format` says (`DD/MM/YYYY`, `YYYYMMDD`, `D MMM YYYY`); without one, of what it looks like, day first. */
export const dateReader = (format: string | undefined): ((text: string) => RawDateParts | undefined) => {
  const layout = format === undefined ? undefined : layoutOf(format);
  return (text) => {
    const date = text.trim().replace(timeOfDay, '');
    if (date === '') return undefined;
    const read = layout && readAs(layout, date);
    if (read !== undefined && isDate(read)) return read;
    // Columns are mixed: one cell in another order says more by its looks than by the layout of the others.
    const looked = readAsItLooks(date);
    return looked !== undefined && isDate(looked) ? looked : (read ?? looked);
  };
};

type Part = 'year' | 'month' | 'day';
interface Layout {
  readonly parts: readonly { readonly part: Part; readonly width: number }[];
  readonly separated: boolean;
}

const partOfLetter: Readonly<Record<string, Part>> = { Y: 'year', M: 'month', D: 'day' };

/** Undefined where the text names no date parts at all. */
export const layoutOf = (format: string): Layout | undefined => {
  const parts: { part: Part; width: number }[] = [];
  for (const [run] of format.toUpperCase().matchAll(/Y+|M+|D+/gu)) {
    const part = partOfLetter[run.charAt(0)];
    if (part !== undefined && !parts.some((known) => known.part === part)) parts.push({ part, width: run.length });
  }
  return parts.length === 0 ? undefined : { parts, separated: /[YMD][^A-Z]+[YMD]/iu.test(format) };
};

const readAs = ({ parts, separated }: Layout, date: string): RawDateParts | undefined => {
  const found: { [part in Part]?: string } = {};
  if (separated) {
    const pieces = date.split(/[^\p{L}\p{N}]+/u).filter((piece) => piece !== '');
    if (pieces.length !== parts.length || parts.some(({ part }, at) => part !== 'year' && /^\d{3,}$/u.test(pieces[at] ?? '')))
      return undefined;
    for (const [at, { part }] of parts.entries()) found[part] = partText(part, pieces[at] ?? '');
    return found;
  }
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  const text = date.length === width - 1 && parts[0]?.part !== 'year' ? `0${date}` : date;
  if (Math.abs(text.length - width) > 1 || /[^a-z0-9]/iu.test(text)) return undefined;
  let at = 0;
  for (const { part, width: letters } of parts) {
    found[part] = partText(part, text.slice(at, at + letters));
    at += letters;
  }
  return found;
};

/** Slips aside: no part is beyond what months and days go to. */
const isDate = ({ month = '', day = '' }: RawDateParts): boolean => !(Number(month) > 12) && !(Number(day) > 31);

const partText = (part: Part, text: string): string => {
  if (part === 'month') {
    const month = monthNames.indexOf(text.slice(0, 3).toLowerCase());
    return month === -1 ? text : String(month + 1);
  }
  if (part === 'year' && /^\d{2}$/u.test(text)) return Number(text) <= lastShortYear ? `20${text}` : `19${text}`;
  return text;
};

const looks: readonly { readonly shape: RegExp; readonly layout: string }[] = [
  { shape: /^\d{4}\D\w{1,2}\D\w{1,2}$/u, layout: 'YYYY-MM-DD' },
  { shape: /^\d{1,2}\D(?:1[3-9]|2\d|3[01])\D\d{2,4}$/u, layout: 'MM/DD/YYYY' },
  { shape: /^\w{1,2}\W\w{1,2}\W\w{2,4}$/u, layout: 'DD/MM/YYYY' },
  { shape: /^\d{1,2}\W*[a-z]{3,9}\W*\d{2,4}$/iu, layout: 'DD MMM YYYY' },
  { shape: /^[a-z]{3,9}\W*\d{1,2}\W+\d{2,4}$/iu, layout: 'MMM DD YYYY' },
  { shape: /^(?:1[5-9]|20)\d{6}$/u, layout: 'YYYYMMDD' },
  { shape: /^\d{8}$/u, layout: 'DDMMYYYY' },
  { shape: /^\d{4}\D\d{1,2}$/u, layout: 'YYYY-MM' },
  { shape: /^(?:1[5-9]|20)\d{2}$/u, layout: 'YYYY' },
];

const readAsItLooks = (date: string): RawDateParts | undefined => {
  if (spreadsheetDay.test(date)) return fromSpreadsheet(Number(date));
  for (const { shape, layout } of looks) {
    const known = shape.test(date) ? layoutOf(layout) : undefined;
    if (known !== undefined) return readAs(known, date);
  }
  return undefined;
};

/** Excel counts days from 30 December 1899. */
const fromSpreadsheet = (days: number): RawDateParts => {
  const [year, month, day] = new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10).split('-');
  return { year, month, day };
};
