import { addDays, addMonths, formatIsoDate, parseIsoDate, type IsoDate } from '../calendar/calendar-date.ts';
import { dayOf, inWords } from '../calendar/days.ts';
import { dateKey } from '../calendar/date-key.ts';
import { figuresOf } from './attendance.ts';
import { countOf } from './count-of.ts';
import type { CriterionDecision, WayDecision } from './decide-criterion.ts';
import { describeFact } from './describe-fact.ts';
import { evidenceShown, type CriterionResult, type Evidence, type Gap } from './determination.ts';
import { feedTitles } from './feed-titles.ts';
import type { FamilyFacts, Found } from './find-facts.ts';
import { gapsOf } from './gaps.ts';
import { isOfAgeWithin } from './member-age.ts';
import type { PreparedRules } from './prepare-rules.ts';
import { feedsOf } from './rule-set.ts';

const evidenceOf = ({ member, record, fact }: Found): Evidence => ({
  personId: member.evidence.personId,
  feed: record.feed,
  agency: record.agency,
  uploadId: record.uploadId,
  row: record.row,
  accessClass: record.accessClass,
  from: fact.from,
  ...(fact.to !== undefined && { to: fact.to }),
  says: describeFact(fact),
});

/** The newest first; the rest of the order only so that the same rows always come out the same way. */
const inOrder = (a: Evidence, b: Evidence): number => {
  if (a.from !== b.from) return a.from < b.from ? 1 : -1;
  const keyA = `${a.uploadId}#${String(a.row).padStart(9, '0')}#${a.personId}#${a.says}`;
  const keyB = `${b.uploadId}#${String(b.row).padStart(9, '0')}#${b.personId}#${b.says}`;
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
};

/** The facts behind a way's answer: of a met one what met it, otherwise whatever came near. */
const foundBy = ({ way, value, deciding }: WayDecision, facts: FamilyFacts): Found[] => {
  const members = value === 'met' ? deciding : facts.members;
  if (way.rule.measure.kind !== 'count')
    return members.flatMap((member) =>
      way.terms.flatMap((term) => figuresOf(member, term).map(({ record, fact }): Found => ({ member, record, fact, doubts: [] }))),
    );
  return (facts.found[way.index] ?? []).filter(
    ({ member, doubts }) => members.includes(member) && (value !== 'met' || doubts.length === 0),
  );
};

/** The last day on which a look-back of so many months still reaches the event; a short month can make it a day or more later. */
const lastDayCounted = (event: IsoDate, months: number): IsoDate => {
  let end = addMonths(dayOf(event), months);
  while (addMonths(addDays(end, 1), -months) <= dayOf(event)) end = addDays(end, 1);
  return formatIsoDate(addDays(end, -1));
};

/** How many more terms must be over before too few of the facts are left in those looked at. */
const termsLeft = ({ way, deciding }: WayDecision, found: readonly Found[]): number => {
  const { measure } = way.rule;
  if (measure.kind !== 'count') return 1;
  const whose = measure.per === 'family' ? [found] : deciding.map((member) => found.filter((each) => each.member === member));
  const lasts = whose.map((own) => {
    const stillThere = way.terms.filter(
      ({ first }) =>
        countOf(
          own.filter(({ fact }) => dateKey(fact.from) >= first),
          measure,
        ) >= measure.atLeast,
    );
    return stillThere.length;
  });
  return Math.max(1, ...lasts);
};

const termsInWords = ['', 'one more term is', 'two more terms are', 'three more terms are'];

const untilWhen = (decision: WayDecision, found: readonly Found[]): string => {
  const { lookBack, measure } = decision.way.rule;
  if (lookBack.unit === 'current') return 'A newer file that shows that it has ended.';
  if (lookBack.unit === 'terms') {
    if (measure.kind !== 'count') return 'Time: the figures of each term, once it is over, take the place of the oldest ones looked at.';
    const left = termsLeft(decision, found);
    return `Time: without newer evidence it stops counting when ${termsInWords[left] ?? `${String(left)} more terms are`} over.`;
  }
  const newest = found.map(({ fact }) => fact.from).toSorted();
  const deciding = measure.kind === 'count' ? newest.at(-measure.atLeast) : newest.at(-1);
  return deciding === undefined || parseIsoDate(deciding) === undefined
    ? 'Time: older evidence stops counting.'
    : `Time: without newer evidence it stops counting after ${inWords(lastDayCounted(deciding, lookBack.count))}.`;
};

const needingSomebody: readonly [Gap['reason'], string][] = [
  ['restricted', 'An end of the restriction on a person’s data.'],
  ['birth-date-unknown', 'The person’s date of birth, from any partner.'],
  ['before-birth', 'A corrected date from the partner: of the row, or of the person’s birth.'],
  ['dates-impossible', 'A corrected date from the partner.'],
  ['figures-contradict', 'Corrected attendance figures from the school.'],
  ['no-adult-known', 'A row that shows which adult lives with the children.'],
];

/** Whether the family has nobody of the ages asked about, so that the answer says nothing of anybody. */
const isAboutNobody = ({ ways }: CriterionDecision, { members }: FamilyFacts): boolean =>
  ways.every(({ way: { ages, span } }) => members.every(({ born }) => isOfAgeWithin(born, ages, span.from, span.to) === 'false'));

const notMetOf = (decision: CriterionDecision, facts: FamilyFacts): string => {
  const { notMet } = decision.prepared.criterion.says;
  return isAboutNobody(decision, facts) ? `${notMet} Nobody known in this family is of the age that this is about.` : notMet;
};

const wouldChange = (decision: CriterionDecision, missing: readonly Gap[], facts: FamilyFacts): string => {
  const { value, ways, prepared } = decision;
  const met = ways.find((way) => way.value === 'met');
  if (value === 'met' && met) return untilWhen(met, foundBy(met, facts));
  const feeds = feedsOf(prepared.criterion)
    .map((feed) => feedTitles[feed])
    .join(' or ');
  if (value === 'not-met') {
    if (isAboutNobody(decision, facts)) return 'Somebody of that age joining the family, or a corrected date of birth.';
    if (ways.every(({ way: { rule } }) => rule.measure.kind !== 'count'))
      return 'The figures of coming terms, or corrected ones from the school.';
    const fewest = Math.min(...ways.map(({ way: { rule } }) => (rule.measure.kind === 'count' ? rule.measure.atLeast : 1)));
    return fewest === 1 ? `A row of ${feeds} that shows it.` : `Rows of ${feeds} that make it ${String(fewest)} or more.`;
  }
  const known = needingSomebody.find(([reason]) => missing.some((gap) => gap.reason === reason));
  if (known) return known[1];
  if (missing.some(({ reason }) => reason === 'no-assessment')) return 'A whole-family assessment, or a nomination by a professional.';
  return `A file of ${feeds} that fills the gap.`;
};

/** Everything a person needs to check the answer to a criterion: the sentence, the rows, what is missing and what would change it. */
export const explainCriterion = (
  decision: CriterionDecision,
  facts: FamilyFacts,
  rules: PreparedRules,
  assessedOn: string | undefined,
): CriterionResult => {
  const { prepared, value, valueInHousehold, ways } = decision;
  const { criterion } = prepared;
  const { id, heading, question, says, citation } = criterion;
  const shown = value === 'met' ? ways.filter((way) => way.value === 'met') : ways;
  const evidence = [...new Set(shown.flatMap((way) => foundBy(way, facts)))].map(evidenceOf).toSorted(inOrder);
  const distinct = evidence.filter((each, index) => index === 0 || inOrder(evidence[index - 1] ?? each, each) !== 0);
  const missing = value === 'met' || value === 'not-met' ? [] : gapsOf(ways, facts, rules, assessedOn);
  return {
    criterionId: id,
    heading,
    question,
    value,
    valueInHousehold,
    says: value === 'met' ? says.met : value === 'not-met' ? notMetOf(decision, facts) : says.cannotTell,
    evidence: distinct.slice(0, evidenceShown),
    evidenceCount: distinct.length,
    missing,
    wouldChange: wouldChange(decision, missing, facts),
    citation,
  };
};
