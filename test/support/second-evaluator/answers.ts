import { adult, isOfAges, isOfAgesOn, whateverTheBirthDate, type Ages } from './ages.ts';
import { dayOf } from './days.ts';
import type { EvaluatorInput, FamilyFact, Feed, Member, Value } from './evaluator-input.ts';
import { weighFacts, type Weighed } from './weigh-facts.ts';
import { hasSentAnything, isCovered, isTooOld, lastSeen, windowOf, type Look, type Window } from './windows.ts';

/** What it means that nothing shows the need (reading rule 6). A row is expected of people of the ages given. */
type Silence = 'register' | 'kept here' | 'assessment' | 'says nothing' | { readonly rowExpected: Ages };

/** One way of showing a need. */
export interface Way {
  readonly of: Ages;
  readonly look: Look;
  readonly shows: (fact: FamilyFact) => boolean;
  readonly atLeast: number;
  readonly counted: 'for each person' | 'by days for each person' | 'in the family' | 'by days in the family';
  readonly feeds: readonly Feed[];
  readonly silence: Silence;
}

/** An answer, or nothing where a way says nothing. */
export type Answer = Value | undefined;

/** Reading rule 8, over persons. */
export const overPersons = (answers: readonly Value[]): Value => {
  if (answers.includes('met')) return 'met';
  if (answers.includes('unknown')) return 'unknown';
  return answers.includes('not-covered') ? 'not-covered' : 'not-met';
};

/** Reading rule 8, over the ways of showing one need. */
export const overWays = (answers: readonly Answer[]): Value => {
  const said = answers.filter((answer) => answer !== undefined);
  if (said.length === 0) return 'not-covered';
  if (said.includes('met')) return 'met';
  if (said.every((answer) => answer === 'not-met')) return 'not-met';
  return said.every((answer) => answer === 'not-covered') ? 'not-covered' : 'unknown';
};

/** Reading rules 5, 6 and 8: what one way of showing a need comes to. */
export const answerOf = (input: EvaluatorInput, way: Way): Answer => {
  const window = windowOf(input, way.look);
  if (window === undefined) return 'unknown';
  if (input.family.members.length === 0) return 'not-met';
  if (way.counted.endsWith('in the family')) {
    const weighed = input.family.members.flatMap((person) => weighFacts(input, person, { ages: way.of, window, shows: way.shows }));
    const shown = count(weighed, way);
    const silent = input.family.members.map((person) => whateverTheBirthDate(person, (one) => silenceOf(input, one, way, window)));
    return shown ?? amongSilent([...silent, ...whoeverCaresForThem(input, way, window)]);
  }
  const answers = input.family.members.map((person) =>
    whateverTheBirthDate(
      person,
      (one) => count(weighFacts(input, one, { ages: way.of, window, shows: way.shows }), way) ?? silenceOf(input, one, way, window),
    ),
  );
  return amongSilent([...answers, ...whoeverCaresForThem(input, way, window)]);
};

/** Reading rule 6, its last part: a household of which no adult is known has one all the same, about whom no file can be asked. */
const whoeverCaresForThem = (input: EvaluatorInput, way: Way, window: Window): readonly Answer[] => {
  if (way.of === 'anybody' || way.of.from < 18) return [];
  const asAt = dayOf(input.family.asAt);
  const household = input.family.members.filter(({ lives }) => lives === 'in-the-household');
  const mayBeAdult = (person: Member): boolean =>
    person.parent || whateverTheBirthDate(person, (one) => isOfAgesOn(one, adult, asAt, asAt)) !== 'no';
  if (household.length === 0 || household.some(mayBeAdult)) return [];
  if (way.silence === 'kept here') return ['not-met'];
  if (way.silence === 'says nothing') return [];
  if (way.silence === 'assessment') return [wasAssessed(input, window) ? 'not-met' : 'not-covered'];
  const somebody: Member = { personId: '', parent: true, lives: 'in-the-household', restricted: false, records: [] };
  return [way.feeds.some((feed) => hasSentAnything(input, feed, somebody)) ? 'unknown' : 'not-covered'];
};

/** Those about whom a way says nothing are left out; where it says nothing of anybody, so does the way. */
const amongSilent = (answers: readonly Answer[]): Answer => {
  const said = answers.filter((answer) => answer !== undefined);
  return said.length === 0 ? undefined : overPersons(said);
};

/** Reading rule 5. Undefined: not enough, even with what is doubtful. */
const count = (weighed: readonly Weighed[], { atLeast, counted }: Way): 'met' | 'unknown' | undefined => {
  const number = (facts: readonly Weighed[]): number =>
    counted.startsWith('by days') ? new Set(facts.map(({ fact }) => fact.from)).size : facts.length;
  if (number(weighed.filter(({ weight }) => weight === 'certain')) >= atLeast) return 'met';
  return number(weighed.filter(({ weight }) => weight !== 'none')) >= atLeast ? 'unknown' : undefined;
};

/** Reading rule 6, in its order. */
const silenceOf = (input: EvaluatorInput, person: Member, way: Way, window: Window): Answer => {
  const asAt = dayOf(input.family.asAt);
  if (isOfAges(person, way.of, asAt, window) === 'no') return way.silence === 'says nothing' ? undefined : 'not-met';
  if (person.restricted) return 'unknown';
  if (way.silence === 'kept here') return 'not-met';
  if (way.silence === 'says nothing') return undefined;
  if (way.silence === 'assessment') return wasAssessed(input, window) ? 'not-met' : 'not-covered';
  if (way.silence === 'register') {
    if (way.feeds.every((feed) => isCovered(input, feed, person, window))) return 'not-met';
    return way.feeds.some((feed) => hasSentAnything(input, feed, person)) ? 'unknown' : 'not-covered';
  }
  if (isOfAges(person, way.silence.rowExpected, asAt, window) === 'no') return 'not-met';
  if (person.records.some((record) => way.feeds.includes(record.feed) && stands(input, record, way.look, window))) return 'not-met';
  return way.feeds.some((feed) => hasSentAnything(input, feed, person)) ? 'unknown' : 'not-covered';
};

const wasAssessed = ({ family: { assessedOn } }: EvaluatorInput, window: Window): boolean =>
  assessedOn !== undefined && window.from <= dayOf(assessedOn) && dayOf(assessedOn) < window.to;

/** Whether a row about the person still says something about the days looked back on. */
const stands = (input: EvaluatorInput, record: Member['records'][number], look: Look, window: Window): boolean => {
  const isOver = record.endedOn !== undefined && dayOf(record.endedOn) <= window.from;
  return !isOver && (look === 'today' ? !isTooOld(input, record) : lastSeen(input, record) >= window.from);
};
