import { editDistance } from '../similarity/edit-distance.ts';

/** Positions in the levels of `comparisons['birth-date']`, of two dates `YYYYMMDD` with noughts for what is not known. */
export const compareBirthDates = (a: string, b: string): number => {
  const partial = isPartial(a) || isPartial(b);
  if (a === b) return partial ? 4 : 0;
  const yearA = a.slice(0, 4);
  const yearB = b.slice(0, 4);
  if (partial) return comparePartialDates(a, b, yearA, yearB);
  const sameYear = yearA === yearB;
  const monthA = a.slice(4, 6);
  const monthB = b.slice(4, 6);
  const dayA = a.slice(6, 8);
  const dayB = b.slice(6, 8);
  if (sameYear && monthA === dayB && dayA === monthB) return 1;
  const slips = editDistance(a, b, 2);
  if (slips <= 1) return 2;
  if (Number(sameYear) + Number(monthA === monthB) + Number(dayA === dayB) === 2) return 3;
  if (slips === 2) return 5;
  if (daysApart(a, b) <= nearDays) return 6;
  if (sameYear) return 7;
  return Math.abs(Number(yearA) - Number(yearB)) <= 2 ? 8 : 9;
};

/** Dates told by heart are a few weeks off. */
const nearDays = 45;

/** Roughly, months counted as thirty days; enough to tell weeks from years. */
const daysApart = (a: string, b: string): number => Math.abs(dayCount(a) - dayCount(b));

const dayCount = (date: string): number => Number(date.slice(0, 4)) * 365 + Number(date.slice(4, 6)) * 30.4 + Number(date.slice(6, 8));

/** Of dates with parts missing: the parts that both have agree, or the year is near, or not. */
const comparePartialDates = (a: string, b: string, yearA: string, yearB: string): number => {
  const yearsKnown = yearA !== '0000' && yearB !== '0000';
  const monthAgrees = agree(a.slice(4, 6), b.slice(4, 6));
  const dayAgrees = agree(a.slice(6, 8), b.slice(6, 8));
  if (yearsKnown && yearA === yearB) return monthAgrees && dayAgrees ? 4 : 7;
  if (!yearsKnown) return monthAgrees && dayAgrees ? 7 : 9;
  return Math.abs(Number(yearA) - Number(yearB)) <= 2 ? 8 : 9;
};

const agree = (a: string, b: string): boolean => a === '00' || b === '00' || a === b;

const isPartial = (date: string): boolean => date.startsWith('0000') || date.startsWith('00', 4) || date.startsWith('00', 6);
