import * as z from 'zod';
import { isoDateSchema, type IsoDate } from '../../calendar/calendar-date.ts';
import { isClaimable, type signOffSchema } from '../citation.ts';
import { ruleSetSchema, type RuleSet } from '../rule-set.ts';

const actSchema = z.object({ by: z.string(), at: z.iso.datetime() });
const ruleSetNameSchema = z.object({ id: z.string(), version: z.string() });
export type Act = z.infer<typeof actSchema>;

/**
 * One version of a rule set and what people have done about it. Whether it is in force is a matter of the day: approved rules take effect
 * and end by their dates, nobody has to press anything at midnight.
 */
export const ruleSetVersionSchema = z.object({
  ruleSet: ruleSetSchema,
  /** SHA-256 of the rule set's canonical JSON: the version that was read is the version that is approved. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  drafted: actSchema,
  approved: actSchema.optional(),
  /** Ended before its own end: `on` is the first day on which it no longer holds. */
  retired: actSchema.extend({ on: isoDateSchema, because: z.string(), followedBy: ruleSetNameSchema.optional() }).optional(),
  /** Who has taken responsibility for which unconfirmed criterion, while it was a draft. */
  signOffs: z.array(actSchema.extend({ criterionId: z.string(), name: z.string(), office: z.string() })).optional(),
});
export type RuleSetVersion = z.infer<typeof ruleSetVersionSchema>;

export type RuleSetStanding = 'draft' | 'approved' | 'in-force' | 'retired';

/** What the dates of a version hang on. */
export type DatedVersion = Pick<RuleSetVersion, 'approved' | 'retired'> & { readonly ruleSet: Pick<RuleSet, 'period'> };

/** The first day on which it no longer holds; undefined where that is open. */
export const endOf = ({ ruleSet, retired }: Pick<DatedVersion, 'ruleSet' | 'retired'>): IsoDate | undefined =>
  [ruleSet.period.effectiveTo, retired?.on].filter((day) => day !== undefined).toSorted()[0];

export const standingOn = (version: DatedVersion, day: IsoDate): RuleSetStanding => {
  if (version.approved === undefined) return version.retired === undefined ? 'draft' : 'retired';
  const end = endOf(version);
  if (end !== undefined && end <= day) return 'retired';
  return version.ruleSet.period.effectiveFrom <= day ? 'in-force' : 'approved';
};

export type LifeRefusal =
  | 'not-a-draft'
  | 'approver-is-author'
  | 'content-changed'
  | 'overlaps-rules-in-force'
  | 'takes-effect-in-the-past'
  | 'nothing-to-sign-off'
  | 'already-ended'
  | 'ends-in-the-past'
  | 'days-without-rules';

export type LifeStep = { readonly ok: true; readonly version: RuleSetVersion } | { readonly ok: false; readonly refusal: LifeRefusal };

const refuse = (refusal: LifeRefusal): LifeStep => ({ ok: false, refusal });

export const draftRuleSet = (ruleSet: RuleSet, sha256: string, drafted: Act): RuleSetVersion => ({ ruleSet, sha256, drafted });

const doOverlap = (a: DatedVersion, b: DatedVersion): boolean => {
  const [endA, endB] = [endOf(a), endOf(b)];
  const [from, other] = [a.ruleSet.period.effectiveFrom, b.ruleSet.period.effectiveFrom];
  return (endB === undefined || from < endB) && (endA === undefined || other < endA);
};

/**
 * A second person takes responsibility. Refused where the approver wrote it, where what they read is not what is there, where it would
 * take effect before today (families have been determined under the rules of those days), or two rule sets would be in force at once.
 */
export const approveRuleSet = (
  version: RuleSetVersion,
  approved: Act,
  { read, today, others }: { readonly read: string; readonly today: IsoDate; readonly others: readonly DatedVersion[] },
): LifeStep => {
  if (version.approved || version.retired) return refuse('not-a-draft');
  // Whoever signed off a criterion has written into it, too.
  if ([version.drafted, ...(version.signOffs ?? [])].some(({ by }) => by === approved.by)) return refuse('approver-is-author');
  if (read !== version.sha256) return refuse('content-changed');
  if (version.ruleSet.period.effectiveFrom < today) return refuse('takes-effect-in-the-past');
  if (others.some((other) => other.approved !== undefined && doOverlap(version, other))) return refuse('overlaps-rules-in-force');
  return { ok: true, version: { ...version, approved } };
};

/** Ends approved rules on a day to come, or drops a draft. */
export const retireRuleSet = (
  version: RuleSetVersion,
  act: Act,
  { on, because, today }: { on: IsoDate; because: string; today: IsoDate },
): LifeStep => {
  const end = endOf(version);
  if (version.retired !== undefined || (end !== undefined && end <= on)) return refuse('already-ended');
  if (on < today) return refuse('ends-in-the-past');
  return { ok: true, version: { ...version, retired: { ...act, on, because } } };
};

/** The weeks in work, where they are to be signed off: no criterion shows a need by them, a claim of its own rests on them. */
export const employmentRule = 'claims.employment';

/** Criteria that show a need while no claim may rest on them, and `claims.employment` where it is no better known. */
export const openSignOffs = ({ criteria, claims }: RuleSet): readonly string[] => [
  ...new Set(criteria.filter((criterion) => !isClaimable(criterion)).map(({ id }) => id)),
  ...(claims.employment === undefined || isClaimable(claims.employment) ? [] : [employmentRule]),
];

/**
 * Somebody of the programme, named, takes responsibility for an unconfirmed criterion of a draft, or for its weeks in work. What has been approved stays as it is:
 * a sign-off there is a new version. `hashOf` gives the SHA-256 of the rule set's canonical JSON.
 */
export const signOffCriterion = (
  version: RuleSetVersion,
  criterionId: string,
  { signedOffBy: signOff, act }: { readonly signedOffBy: z.infer<typeof signOffSchema>; readonly act: Act },
  hashOf: (ruleSet: RuleSet) => string,
): LifeStep => {
  if (version.approved || version.retired) return refuse('not-a-draft');
  if (!openSignOffs(version.ruleSet).includes(criterionId)) return refuse('nothing-to-sign-off');
  const criteria = version.ruleSet.criteria.map((criterion) =>
    criterion.id === criterionId && !isClaimable(criterion) ? { ...criterion, signedOffBy: signOff } : criterion,
  );
  const { claims } = version.ruleSet;
  const ruleSet: RuleSet = {
    ...version.ruleSet,
    criteria,
    claims:
      criterionId === employmentRule && claims.employment !== undefined
        ? { ...claims, employment: { ...claims.employment, signedOffBy: signOff } }
        : claims,
  };
  const { name, office } = signOff;
  const signOffs = [...(version.signOffs ?? []), { ...act, criterionId, name, office }];
  return { ok: true, version: { ...version, ruleSet, sha256: hashOf(ruleSet), signOffs } };
};
