import type { DayNumber } from '#shared/domain/calendar/calendar-date.ts';
import type { FilePeriod } from '#shared/contracts/files/feed-definition.ts';
import type { FeedId } from '#shared/domain/feeds/feed-ids.ts';
import type { PersonColumns, ViewRates } from './agency-view.ts';
import type { Evidence } from './evidence.ts';
import type { FileStyle } from './file-style.ts';
import type { SampleFamily, SampleMember, SamplePerson } from './model.ts';
import type { Need } from './needs.ts';
import type { Random } from './random.ts';
import type { ThresholdCase } from './threshold-cases.ts';

/** One row before it is written: clean cells by column, who is who in it, and what it is evidence of. */
export interface DraftRow {
  readonly cells: Readonly<Record<string, string>>;
  /** Person id by the row's subject (`pupil`, `victim`, …). */
  readonly subjects: Readonly<Record<string, string>>;
  readonly evidence: readonly Evidence[];
  /** Decides a case at a threshold: never spoilt, so that the case stays what it is. */
  readonly decisive?: boolean;
}

/** One family as one feed sees it. */
export interface FamilyContext {
  readonly family: SampleFamily;
  readonly random: Random;
  /** Chance that falls the same way in every feed of the agency: which school the children go to. */
  readonly stable: (label: string) => Random;
  readonly asOf: DayNumber;
  /** Members whose rows this family writes: a parent with a second household is written there, once. */
  readonly members: readonly SampleMember[];
  readonly has: (need: Need, person: SamplePerson) => boolean;
  /** The case at a threshold that was given to this person, if any. */
  readonly thresholdOf: (person: SamplePerson) => ThresholdCase | undefined;
  /** The agency's record of the person, as text. */
  readonly view: (person: SamplePerson) => PersonColumns;
  readonly date: (day: DayNumber) => string;
  /** A reference of the agency's own, never used twice: `TEN-00012`. */
  readonly reference: (prefix: string) => string;
}

export interface FeedWriter {
  readonly feed: FeedId;
  readonly agency: string;
  readonly agreement: string;
  readonly style: FileStyle;
  readonly rates: ViewRates;
  readonly columns: readonly string[];
  readonly period: (asOf: DayNumber) => FilePeriod;
  readonly rows: (context: FamilyContext) => readonly DraftRow[];
}
