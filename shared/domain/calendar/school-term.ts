export const termNames = ['autumn', 'spring', 'summer'] as const;
export type TermName = (typeof termNames)[number];

export interface TermDates {
  /** First day, ISO. */
  readonly from: string;
  /** First day that is no longer in it, ISO. */
  readonly to: string;
}

const yearText = /^(\d{4})[/–-]?(?:20)?(\d{2})$/;

/** An academic year as `2024/25`, from `2024/25`, `2024-2025`, `202425` or `2024/2025`; undefined where the two years do not follow. */
export const readAcademicYear = (text: string): string | undefined => {
  const match = yearText.exec(text.replaceAll(/\s/gu, ''));
  if (!match) return undefined;
  const [, first = '', second = ''] = match;
  return (Number(first) + 1) % 100 === Number(second) && Number(first) > 1987 ? `${first}/${second}` : undefined;
};

/**
 * The span a term's figures stand for. Schools set their own term dates; these are the bounds that no maintained school's
 * term of that name crosses by more than the Easter holiday: September to Christmas, to Easter, to the end of July.
 */
export const termDates = (academicYear: string, term: TermName): TermDates => {
  const autumnYear = Number(academicYear.slice(0, 4));
  const nextYear = String(autumnYear + 1);
  if (term === 'autumn') return { from: `${String(autumnYear)}-09-01`, to: `${nextYear}-01-01` };
  return term === 'spring'
    ? { from: `${nextYear}-01-01`, to: `${nextYear}-04-16` }
    : { from: `${nextYear}-04-16`, to: `${nextYear}-08-01` };
};
