import { dayOf } from '../../calendar/days.ts';
import { added, difference, highestShare, median, sum } from './compare-figures.ts';
import type { FileProfile } from './file-profile.ts';
import type { WeighingFinding } from './weighing-finding.ts';
import { findingOf } from './weighing-words.ts';
import { weighingThresholds as limits } from './weighing-thresholds.ts';

/** A file and the days it is about; both are of the period. */
export interface WeighedFile {
  readonly profile: FileProfile;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly effect?: {
    /** Of a snapshot: records of the one before, of those that would have been drawn, that this file leaves out. */
    readonly ended?: number | undefined;
  };
}

/**
 * Whether a file looks wrong as a whole, next to the feed's earlier files of the agency (newest first) and what the agreement
 * says about its cohort. Nothing found: it flows.
 */
export const weighFile = (
  kind: 'snapshot' | 'increment',
  file: WeighedFile,
  earlier: readonly WeighedFile[],
): readonly WeighingFinding[] => {
  const usual = earlier.slice(0, limits.mostFiles.at);
  return [
    ...people(file.profile, usual),
    ...(kind === 'snapshot' ? [...records(file.profile, usual), ...endings(file, usual)] : []),
    ...volume(kind, file, usual),
    ...dates(file.profile),
    ...swaps(file.profile),
    ...columns(file.profile, usual),
    ...ages(file.profile, usual),
    ...cohort(file.profile),
  ];
};

const isMuch = (found: number, of: number, share: number, fewest: number): boolean => found >= fewest && found > of * share;

const known = (of: number, found: number, shares: readonly number[]): { readonly usual: number; readonly now: number } | undefined => {
  if (of < limits.fewestRows.at || shares.length < limits.fewestFiles.at) return undefined;
  const usual = median(shares);
  if (usual < limits.usualKnownAtLeast.at) return undefined;
  return highestShare(found, of) < usual * limits.shareOfUsualKnown.at ? { usual, now: found / of } : undefined;
};

const people = ({ sample }: FileProfile, usual: readonly WeighedFile[]): readonly WeighingFinding[] => {
  const shares = usual.flatMap(({ profile: { sample: was } }) => (was.people < limits.fewestRows.at ? [] : [was.peopleKnown / was.people]));
  const low = known(sample.people, sample.peopleKnown, shares);
  return low ? [findingOf('few-people-known', { ...low, of: sample.people })] : [];
};

const sharesOfRecordsKnown = (usual: readonly WeighedFile[]): readonly number[] =>
  usual.flatMap(({ profile: { sample: was } }) => (was.rows < limits.fewestRows.at ? [] : [was.recordsKnown / was.rows]));

const records = ({ sample }: FileProfile, usual: readonly WeighedFile[]): readonly WeighingFinding[] => {
  const low = known(sample.rows, sample.recordsKnown, sharesOfRecordsKnown(usual));
  return low ? [findingOf('few-records-known', { ...low, of: sample.rows })] : [];
};

/** The second file, too: what ends is compared with the one before alone. A feed whose records are new in every file ends them all. */
const endings = ({ profile: { sample }, effect }: WeighedFile, usual: readonly WeighedFile[]): readonly WeighingFinding[] => {
  const found = effect?.ended ?? 0;
  const of = sample.recordsKnown + found;
  const shares = sharesOfRecordsKnown(usual);
  if (shares.length >= limits.fewestFiles.at && median(shares) < limits.usualKnownAtLeast.at) return [];
  return isMuch(found, of, limits.endedOfLast.at, limits.fewestRows.at) ? [findingOf('most-records-ended', { found, of })] : [];
};

/** A quarter's events are three times a month's: of increments the rows of a day are compared. */
const volume = (kind: 'snapshot' | 'increment', file: WeighedFile, usual: readonly WeighedFile[]): readonly WeighingFinding[] => {
  if (usual.length < limits.fewestFilesForVolume.at) return [];
  const days = ({ periodStart, periodEnd }: WeighedFile): number => (kind === 'snapshot' ? 1 : dayOf(periodEnd) - dayOf(periodStart) + 1);
  const rows = usual.map((each) => (each.profile.estimatedRows / days(each)) * days(file));
  const now = file.profile.estimatedRows;
  const middle = median(rows);
  const factor = limits[kind === 'snapshot' ? 'snapshotVolume' : 'incrementVolume'].at;
  const isFar = Math.abs(now - middle) >= limits.fewestRowsMoreOrLess.at;
  // Beyond everything that has been, too: a feed that swings anyway is held by its swings, not by its middle.
  if (isFar && now * factor < middle && now < Math.min(...rows)) return [findingOf('far-fewer-rows', { now, usual: middle })];
  if (isFar && now > middle * factor && now > Math.max(...rows)) return [findingOf('far-more-rows', { now, usual: middle })];
  return [];
};

const dates = ({ rows, outsidePeriod }: FileProfile): readonly WeighingFinding[] =>
  rows >= limits.fewestRows.at && isMuch(outsidePeriod, rows, limits.outsidePeriod.at, 1)
    ? [findingOf('dates-outside-period', { found: outsidePeriod, of: rows })]
    : [];

const swaps = ({ sample, births }: FileProfile): readonly WeighingFinding[] => {
  const isSwapped = (found: number): boolean => isMuch(found, sample.recordsKnown, limits.swapped.at, limits.fewestSwapped.at);
  return [
    ...(isSwapped(sample.namesSwapped) ? [findingOf('names-swapped', { found: sample.namesSwapped, of: sample.recordsKnown })] : []),
    ...(isSwapped(sample.datesSwapped)
      ? [findingOf('day-and-month-swapped', { found: sample.datesSwapped, of: sample.recordsKnown })]
      : births.dated >= limits.fewestBirths.at && births.afterTwelfth === 0
        ? [findingOf('day-and-month-swapped', { births: births.dated })]
        : []),
  ];
};

/** Cells that say something. */
const filled = (shapes: readonly number[]): readonly number[] => shapes.slice(1);

const columns = ({ columns: now }: FileProfile, usual: readonly WeighedFile[]): readonly WeighingFinding[] => {
  const before = new Map<string, readonly number[]>();
  for (const { profile } of usual) {
    for (const [name, shapes] of Object.entries(profile.columns)) before.set(name, added(filled(shapes), before.get(name) ?? []));
  }
  return Object.entries(now).flatMap(([name, shapes]) => {
    const [is, was = []] = [filled(shapes), before.get(name)];
    const isEnough = usual.length >= limits.fewestFiles.at && [is, was].every((each) => sum(each) >= limits.fewestRows.at);
    return isEnough && difference(is, was) > limits.otherShape.at ? [findingOf('column-of-other-values', { column: name })] : [];
  });
};

const ages = ({ ages: now }: FileProfile, usual: readonly WeighedFile[]): readonly WeighingFinding[] => {
  const was = usual.reduce<readonly number[]>((all, { profile }) => added(profile.ages, all), []);
  const isEnough = usual.length >= limits.fewestFiles.at && [now, was].every((each) => sum(each) >= limits.fewestBirths.at);
  return isEnough && difference(now, was) > limits.otherAges.at ? [findingOf('other-ages-than-usual', {})] : [];
};

const cohort = ({ cohort: { ages: byAge, postcodes, schools } }: FileProfile): readonly WeighingFinding[] =>
  (
    [
      ['ages-not-agreed', byAge],
      ['postcodes-not-agreed', postcodes],
      ['schools-not-agreed', schools],
    ] as const
  ).flatMap(([code, { of, outside }]) =>
    isMuch(outside, of, limits.outsideCohort.at, limits.fewestOutsideCohort.at) ? [findingOf(code, { found: outside, of })] : [],
  );
