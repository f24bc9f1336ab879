import { dateKey, type DateKey } from '../calendar/date-key.ts';
import type { Fact } from '../people/fact.ts';
import { factSpan, fallsInto, type FactSpan } from './fact-span.ts';
import type { EvidenceRecord, FamilyEvidence, MemberEvidence } from './family-evidence.ts';
import { bornOf, isOfAge, possibleBirths, type Born } from './member-age.ts';
import type { PreparedRules, PreparedWay } from './prepare-rules.ts';
import { schoolYearOf } from './term-calendar.ts';

/** Why a fact may or may not count. */
export type Doubt = 'age-unknown' | 'too-old' | NonNullable<FactSpan['fault']>;

/** A fact that speaks for a way of a criterion: certainly, or with the doubts named. */
export interface Found {
  readonly member: FamilyMember;
  readonly record: EvidenceRecord;
  readonly fact: Fact;
  readonly doubts: readonly Doubt[];
}

interface Attendance {
  readonly record: EvidenceRecord;
  readonly fact: Extract<Fact, { kind: 'school-attendance' }>;
  /** In which it begins; undefined where the row names none. */
  readonly schoolYear: number | undefined;
}

/** A member with what is asked of them again and again. */
export interface FamilyMember {
  readonly index: number;
  readonly evidence: MemberEvidence;
  readonly born: Born;
  /** The birth date where it is known and no estimate: what it proves impossible is. */
  readonly sureBirth: DateKey | undefined;
  /** Of an estimated birth date: the same person with each birth date that it may stand for. Otherwise nobody. */
  readonly mayBe: readonly FamilyMember[];
  /** The facts that give attendance figures, with their rows. */
  readonly attendance: readonly Attendance[];
}

export interface FamilyFacts {
  readonly members: readonly FamilyMember[];
  /** People live in the household, and nobody of them is or may be an adult or a parent: somebody we do not know looks after them. */
  readonly adultsUnknown: boolean;
  /** Of each way, by its index, in no particular order, also of those whom a member may be; undefined where there is none. */
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

const lacksAdult = (members: readonly FamilyMember[], asAt: DateKey): boolean => {
  const household = members.filter(({ evidence }) => evidence.lives === 'in-the-household');
  return household.length > 0 && household.every(({ born }) => !born.parent && isOfAge(born, { from: 18 }, asAt) === 'false');
};

/** Everything in a family's rows that speaks for a criterion, in one pass. Rows of a restricted member are not looked at. */
export const findFacts = (family: FamilyEvidence, rules: PreparedRules): FamilyFacts => {
  const found: Found[][] = [];
  const read = (member: FamilyMember, attendance: Attendance[]): FamilyMember => {
    const { evidence, born, sureBirth } = member;
    for (const record of evidence.records) {
      for (const fact of record.facts) {
        if (fact.kind === 'school-attendance') {
          attendance.push({ record, fact, schoolYear: schoolYearOf(fact.academicYear) });
          continue;
        }
        const probes = rules.probes.get(fact.kind);
        if (probes === undefined) continue;
        const span = factSpan(fact, record, sureBirth);
        for (const { way, matches } of probes) {
          if (!matches(fact)) continue;
          const doubts = doubtsOf({ way, span, born, record }, rules);
          if (doubts !== undefined) (found[way.index] ??= []).push({ member, record, fact, doubts });
        }
      }
    }
    return member;
  };
  const readAs = (
    { evidence, index }: Pick<FamilyMember, 'evidence' | 'index'>,
    born: Born,
    sureBirth: DateKey | undefined,
    mayBe: readonly FamilyMember[],
  ): FamilyMember => {
    const attendance: Attendance[] = [];
    const member: FamilyMember = { index, evidence, born, sureBirth, mayBe, attendance };
    return evidence.restricted ? member : read(member, attendance);
  };
  const members = family.members.map((evidence, index): FamilyMember => {
    const born = bornOf(evidence, rules.asAt);
    // An estimate proves no row to be from before the birth.
    const mayBe = possibleBirths(born, rules.asAt).map((each) => readAs({ evidence, index }, each, undefined, []));
    return readAs({ evidence, index }, born, born.estimated ? undefined : born.birth, mayBe);
  });
  return { members, adultsUnknown: lacksAdult(members, rules.asAt), found };
};
