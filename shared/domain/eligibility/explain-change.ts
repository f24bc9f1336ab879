import type { SeenDetermination } from '../access/limited-determination.ts';

/** Why an answer is another than before. `day`: nothing new came; a look-back ended, somebody had a birthday, a file became too old. */
type ChangeCause = 'rules' | 'rows-came' | 'rows-went' | 'nothing-missing' | 'family-or-day';

export interface CriterionChange {
  readonly criterionId: string;
  /** Undefined where the criterion was not asked. */
  readonly was: Criterion['value'] | undefined;
  readonly is: Criterion['value'] | undefined;
  readonly because: readonly ChangeCause[];
  readonly says: string;
}

type Criterion = SeenDetermination['criteria'][number];

const words: Readonly<Record<ChangeCause, string>> = {
  rules: 'other rules are in force',
  'rows-came': 'rows came that speak for it',
  'rows-went': 'rows that spoke for it no longer do',
  'nothing-missing': 'what was missing is there, or is not asked for any more',
  'family-or-day':
    'the family is another, or the day: somebody joined or left it, a birthday, a look-back or a file that reaches no further',
};

const valueWords: Readonly<Record<string, string>> = {
  met: 'met',
  'not-met': 'not met',
  unknown: 'not known',
  'not-covered': 'without a file or an assessment about it',
  'not-shown': 'not shown to your role',
};

const rowsOf = (criterion: Criterion | undefined): ReadonlySet<string> =>
  new Set((criterion?.evidence ?? []).map(({ uploadId, row, personId, from }) => `${uploadId} ${String(row)} ${personId} ${from}`));

const gapsOf = (criterion: Criterion | undefined): ReadonlySet<string> =>
  new Set((criterion?.missing ?? []).map(({ reason, feed, personId }) => JSON.stringify([reason, feed, personId])));

const causesOf = (was: Criterion | undefined, is: Criterion | undefined, otherRules: boolean): readonly ChangeCause[] => {
  const [before, after] = [rowsOf(was), rowsOf(is)];
  const open = gapsOf(is);
  const causes: ChangeCause[] = [
    ...(otherRules ? (['rules'] as const) : []),
    ...([...after].some((row) => !before.has(row)) ? (['rows-came'] as const) : []),
    ...([...before].some((row) => !after.has(row)) ? (['rows-went'] as const) : []),
    ...([...gapsOf(was)].some((gap) => !open.has(gap)) ? (['nothing-missing'] as const) : []),
  ];
  return causes.length === 0 ? ['family-or-day'] : causes;
};

/**
 * What became of each criterion from one determination to the next, and why, as far as the two show it: a reader of a part gets what the
 * parts show.
 */
export const explainChange = (before: SeenDetermination | undefined, after: SeenDetermination): readonly CriterionChange[] => {
  if (before === undefined) return [];
  const otherRules = before.ruleSet.id !== after.ruleSet.id || before.ruleSet.version !== after.ruleSet.version;
  const [old, now] = [before, after].map(({ criteria }) => new Map(criteria.map((criterion) => [criterion.criterionId, criterion])));
  const ids = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return ids.flatMap((criterionId): CriterionChange[] => {
    const [was, is] = [old?.get(criterionId), now?.get(criterionId)];
    if (was?.value === is?.value) return [];
    const because = causesOf(was, is, otherRules);
    const [from, to] = [was, is].map((criterion) =>
      criterion === undefined ? 'not asked' : (valueWords[criterion.value] ?? criterion.value),
    );
    const says = `${criterionId} was ${from ?? ''} and is ${to ?? ''}: ${because.map((cause) => words[cause]).join(', and ')}.`;
    return [{ criterionId, was: was?.value, is: is?.value, because, says }];
  });
};
