import type { DeterminationRecord } from '#shared/domain/eligibility/replay/determination-record.ts';
import { ruleSetName } from '#shared/domain/eligibility/rule-set.ts';
import type { Replay } from '#shared/domain/eligibility/replay/replay-determination.ts';

/** The outcome of a replay in lines for a person. No name, address or fact of a row: ids, places and hashes. */
export const describeReplay = ({ familyId, version, determinedAt, sealed, contents }: DeterminationRecord, replay: Replay): string[] => {
  const rules = ruleSetName(contents.ruleSet);
  const head = [
    `Determination ${String(version)} of family ${familyId}, made ${determinedAt}, as at ${sealed.family.asAt}`,
    `Rule set ${rules.id} of ${rules.version}, SHA-256 ${sealed.ruleSet}`,
  ];
  switch (replay.verdict) {
    case 'identical':
      return [
        ...head,
        `Identical: made again from the same rows, rules, calendar and coverage, every byte is the same (SHA-256 ${replay.determination}).`,
      ];
    case 'verified-with-erasures':
      return [
        ...head,
        `The answer kept is the one that was given (SHA-256 ${replay.determination}). It cannot be made again, because rows have been erased since or are withheld:`,
        ...replay.erased.map(
          ({ uploadId, row, personId, erasureId, on, because }) =>
            `  row ${String(row)} of upload ${uploadId} about person ${personId}: erased on ${on}, erasure ${erasureId}: ${because}`,
        ),
        ...replay.withheld.map(
          ({ uploadId, row, personId, because }) =>
            `  row ${String(row)} of upload ${uploadId} about person ${personId}: withheld: ${because}`,
        ),
      ];
    case 'differs':
      return [
        ...head,
        `It differs: rows, rules, calendar and coverage are those that were sealed, but this release of the engine answers otherwise (engine ${String(replay.engine.then)} then, ${String(replay.engine.now)} now). What differs, ${String(replay.differences.length)} in all:`,
        ...replay.differences.map(({ path, before, after }) => `  ${path}: ${before ?? 'nothing'} then, ${after ?? 'nothing'} now`),
      ];
    case 'broken':
      return [...head, 'Broken: this is not what was sealed.', ...replay.problems.map((problem) => `  ${problem}`)];
  }
};
