import type * as z from 'zod';
import type { AccessClass } from '../../domain/access/access.ts';
import type { FeedId } from '../../domain/feeds/feed-ids.ts';
import type { Mention } from '../../domain/people/mention.ts';

/** One column of a feed: what the template, the column guide, validation and the row errors are made from. */
export interface ColumnDefinition {
  readonly name: string;
  /** Text in, typed value out. An empty cell never reaches it: see `required`. Its issues carry a `fix` in `params`. */
  readonly schema: z.ZodType<unknown, string>;
  /** Every row has a value here. */
  readonly required: boolean;
  /**
   * The header must name it: what every row needs, and what a record is known by. A file without a column of the record key
   * would make each of its rows another record than the same row of a file with it.
   */
  readonly inEveryFile: boolean;
  /** Plain English for the column guide. */
  readonly description: string;
  /** How to write a value, for the column guide. */
  readonly format: string;
  readonly example: string;
  /** A number of always so many digits, zeros in front included. */
  readonly digits?: number;
  readonly isDate?: boolean;
}

/** What is wrong with one cell (or, without a column, with the row), never the value itself. */
export interface RowProblem {
  readonly column?: string;
  /** Stable, kebab-case: `nhs-number-check-digit`. */
  readonly code: string;
  readonly message: string;
  /** How to put it right, in the imperative. */
  readonly fix: string;
}

/** `snapshot`: each file says how things stand, a record missing from a later file has ended. `increment`: each file adds. */
type FeedKind = 'snapshot' | 'increment';

/** The period a file covers, as ISO dates, the last day included. */
export interface FilePeriod {
  readonly start: string;
  readonly end: string;
}

export type RowReading =
  | {
      readonly ok: true;
      /** What makes the record the same record in another file; goes into a keyed hash, never into a key as it is. */
      readonly recordKey: readonly string[];
      /** The normalised row, stable text: equal for rows that say the same. Hashed to tell a changed record from a known one. */
      readonly content: string;
      readonly mentions: readonly Mention[];
    }
  | {
      readonly ok: false;
      readonly problems: readonly RowProblem[];
      /** Where the row says at least which record it is: a snapshot that has it, even with faults, does not end it. */
      readonly recordKey?: readonly string[];
    };

/**
 * The agency's own number of a person: the same in every row about them, and another one for anybody else, as far as the columns
 * of `within` say the same (admission numbers are a school's, numbers on a form that form's).
 */
export interface PersonNumber {
  readonly column: string;
  readonly within: readonly string[];
}

/** A feed's contract at one version. */
export interface FeedDefinition {
  readonly id: FeedId;
  readonly version: number;
  readonly title: string;
  /** One sentence for the partner: what a row is. */
  readonly rowMeaning: string;
  readonly kind: FeedKind;
  readonly accessClass: AccessClass;
  /** Headings (H1…H6) whose criteria this feed can answer. */
  readonly headings: readonly string[];
  readonly columns: readonly ColumnDefinition[];
  /** The columns that together make a record the same record in another file. */
  readonly recordKey: readonly string[];
  /** Where a row says who its person is to the agency; absent where the feed has no such number, or none that is a person's alone. */
  readonly personNumber?: PersonNumber;
  /** A made-up row that passes, by column name; made from the columns' examples. */
  readonly exampleRow: Readonly<Record<string, string>>;
  /**
   * Validates and normalises one row. `cells` maps column name → trimmed text ('' where empty). All problems of the
   * row are reported, not the first only. Never throws for bad data.
   */
  readonly readRow: (cells: ReadonlyMap<string, string>, period: FilePeriod) => RowReading;
}
