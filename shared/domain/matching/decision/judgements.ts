/** What people decided before about the row; by person. It outranks every score. */
export interface Judgements {
  readonly mustLink?: ReadonlySet<string>;
  readonly cannotLink?: ReadonlySet<string>;
  /** Pairs of people that were found to be two, as `pairName` names them. */
  readonly notOnePerson?: ReadonlySet<string>;
}

export const pairName = (personId: string, otherId: string): string =>
  personId < otherId ? `${personId}|${otherId}` : `${otherId}|${personId}`;
