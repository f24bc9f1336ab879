/**
 * A row as the engine compares it. Values are cleaned text by field; a field that is absent is not known, which is neither
 * agreement nor disagreement. Names of fields: `forename`, `middleNames`, `surname`, `generation`, `birthDate`, `sex`,
 * `address`, `locality`, `postcode`, `uprn`, `phone`, `email`, `id:TYPE` for identifiers,
 * `own:REGISTER` for the sender's own number of the person and `other:NAME` for anything else a file
 * has. A field has several values where a row gives several (a previous surname, two phones). `birthDate` is `YYYYMMDD` with
 * noughts for the parts that are not known; names are folded words with one space between them; `address` is number and street;
 * `postcode`, `id:…` and `own:…` are capitals and digits; `sex` is `f`, `m` or another word.
 */
export interface MatchRow {
  readonly cleaningVersion: number;
  readonly rowId: string;
  /** The agency or system that the row comes from. */
  readonly source: string;
  readonly values: MatchValues;
}

export type MatchValues = Readonly<Record<string, readonly string[]>>;

/** What a file says, before cleaning. Blank text is the same as none. */
export interface RawRow {
  readonly rowId: string;
  readonly source: string;
  readonly forename?: string | undefined;
  readonly middleNames?: string | undefined;
  readonly surname?: string | undefined;
  readonly previousSurname?: string | undefined;
  /** A whole name in one cell; used where forename and surname are both blank. */
  readonly fullName?: string | undefined;
  /** ISO `YYYY-MM-DD`, or the parts as a broken date still gives them. */
  readonly birthDate?: string | RawDateParts | undefined;
  /** An estimated date counts by its year only. */
  readonly birthDateEstimated?: boolean | undefined;
  readonly sex?: string | undefined;
  readonly addressLines?: readonly string[] | undefined;
  readonly locality?: string | undefined;
  readonly postcode?: string | undefined;
  readonly uprn?: string | undefined;
  readonly phones?: readonly string[] | undefined;
  readonly emails?: readonly string[] | undefined;
  /** By type: `nhs-number`, `upn`, `nino`, or any name of the file's own. */
  readonly identifiers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly ownNumber?: { readonly register: string; readonly number: string } | undefined;
  readonly other?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Parts as written: a letter among the digits is a slip that the rest can still be compared with. */
export interface RawDateParts {
  readonly year?: string | undefined;
  readonly month?: string | undefined;
  readonly day?: string | undefined;
}
