import { dateKey, type DateKey } from '../calendar/date-key.ts';
import type { Fact } from '../people/fact.ts';
import { factSpan, fallsInto, type FactSpan } from './fact-span.ts';
import type { EvidenceRecord, FamilyEvidence, MemberEvidence } from './family-evidence.ts';
import { bornOf, isOfAge, type Born } from './member-age.ts';
import type { PreparedRules, PreparedWay } from './prepare-rules.ts';

/** Why a fact may or may not count. */
export type Doubt = 'age-unknown' | 'too-old' | NonNullable<FactSpan['fault']>;

/** A fact that speaks for a way of a criterion: certainly, or with the doubts named. */
export interface Found {
  readonly member: FamilyMember;
  readonly record: EvidenceRecord;
  readonly fact: Fact;
  readonly doubts: readonly Doubt[];
}

/** A member with what is asked of them again and again. */
export interface FamilyMember {
  readonly index: number;
  readonly evidence: MemberEvidence;
  readonly born: Born;
  /** The facts that give attendance figures, with their rows. */
  readonly attendance: readonly { readonly record: EvidenceRecord; readonly fact: Extract<Fact, { kind: 'school-attendance' }> }[];
}

export interface FamilyFacts {
  readonly members: readonly FamilyMember[];
  /** Of each way, by its index, in no particular order; undefined where there is none. */
  readonly found: readonly (readonly Found[] | undefined)[];
}

/** The last day on which a record is known to have stood: its own file's, or a later file of the same feed and agency that kept it. */
export const lastKnown = (record: EvidenceRecord, { coverage }: Pick<PreparedRules, 'coverage'>): DateKey => {
  const own = dateKey(record.periodEnd);
  return Math.max(Number.isNaN(own) ? 0 : own, coverage.lastDay(record.feed, record.agency));
};

export const isTooOld = (record: EvidenceRecord, rules: Pick<PreparedRules, 'coverage'>): boolean =>
  lastKnown(record, rules) < rules.coverage.freshFrom(record.feed);

const none: readonly Doubt[] = [];

const doubtsOf = (
  { way, span, born, record }: { way: PreparedWay; span: FactSpan; born: Born; record: EvidenceRecord },
  rules: PreparedRules,
): readonly Doubt[] | undefined => {
  if (!fallsInto(span, way.span)) return undefined;
  if (span.fault !== undefined) return [span.fault];
  const ofAge = isOfAge(born, way.ages, Math.max(span.from, way.span.from));
  if (ofAge === 'false') return undefined;
  const tooOld = span.isOpenEnded && isTooOld(record, rules);
  if (ofAge === 'true' && !tooOld) return none;
  return [...(ofAge === 'unknown' ? ['age-unknown' as const] : []), ...(tooOld ? ['too-old' as const] : [])];
};

/** Everything in a family's rows that speaks for a criterion, in one pass. Rows of a restricted member are not looked at. */
export const findFacts = (family: FamilyEvidence, rules: PreparedRules): FamilyFacts => {
  const found: Found[][] = [];
  const members = family.members.map((evidence, index): FamilyMember => {
    const born = bornOf(evidence, rules.asAt);
    const attendance: { record: EvidenceRecord; fact: Extract<Fact, { kind: 'school-attendance' }> }[] = [];
    const member: FamilyMember = { index, evidence, born, attendance };
    if (evidence.restricted) return member;
    const birth = born.estimated ? undefined : born.birth;
    for (const record of evidence.records) {
      for (const fact of record.facts) {
        if (fact.kind === 'school-attendance') {
          attendance.push({ record, fact });
          continue;
        }
        const probes = rules.probes.get(fact.kind);
        if (probes === undefined) continue;
        const span = factSpan(fact, record, birth);
        for (const { way, matches } of probes) {
          if (!matches(fact)) continue;
          const doubts = doubtsOf({ way, span, born, record }, rules);
          if (doubts !== undefined) (found[way.index] ??= []).push({ member, record, fact, doubts });
        }
      }
    }
    return member;
  });
  return { members, found };
};
