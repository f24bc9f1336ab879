import { addMonths, formatIsoDate } from '../calendar/calendar-date.ts';
import { dayOf, inWords } from '../calendar/days.ts';
import type { ClaimCase } from './claim-case.ts';
import type { Answer } from './check-entry.ts';

/** An assessment or a plan from before a family joins is taken over with it; one of longer ago speaks of another time. Ours: no text says. */
const monthsTakenOver = 12;

/** The last day of the work: its closure, or today. */
const endOf = ({ casework, basis }: Pick<ClaimCase, 'casework' | 'basis'>): string => casework.closure?.on ?? basis.family.asAt;

const isOfThisWork = (on: string, { casework }: ClaimCase): boolean =>
  on >= formatIsoDate(addMonths(dayOf(casework.joinedOn), -monthsTakenOver));

const ofAnotherTime = (what: string): Answer => ({
  result: 'fail',
  says: `${what} is of more than ${String(monthsTakenOver)} months before the family joined: it speaks of another time.`,
});

/** 5. From the day the family joined to the end of the work (or today) somebody is named on every day. */
export const checkLeadPractitioner = ({ casework, basis }: ClaimCase): Answer => {
  const named = casework.leadPractitioners.filter(({ name }) => name.trim() !== '').toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (named.length === 0) return { result: 'unknown', says: 'No lead practitioner is recorded.' };
  const end = endOf({ casework, basis });
  let reached = casework.joinedOn;
  for (const { from, to } of named) {
    if (from > reached) break;
    const until = to ?? end;
    if (until > reached) reached = until;
  }
  return reached >= end
    ? {
        result: 'pass',
        says: 'A lead practitioner was named throughout.',
        evidence: named.map(({ from, to }) => `${from} to ${to ?? 'now'}`),
      }
    : { result: 'fail', says: `Nobody was the family’s lead practitioner on ${inWords(reached)}.` };
};

/** 6. */
export const checkAssessment = (claim: ClaimCase): Answer => {
  const {
    casework: { assessments },
    basis: { family },
  } = claim;
  const made = assessments.filter(({ on }) => on <= endOf(claim));
  if (made.length === 0) return { result: 'unknown', says: 'No whole-family assessment is recorded.' };
  const dated = made.filter(({ on }) => isOfThisWork(on, claim));
  if (dated.length === 0) return ofAnotherTime('Every assessment recorded');
  const people = family.members.map(({ personId }) => personId);
  const whole = dated.find(({ personIds }) => people.every((personId) => personIds.includes(personId)));
  if (whole) return { result: 'pass', says: 'A dated assessment covers every member of the family.', evidence: [whole.on] };
  const missed = people.filter((personId) => dated.every(({ personIds }) => !personIds.includes(personId)));
  return missed.length > 0
    ? { result: 'fail', says: 'No assessment covers these members.', evidence: missed }
    : { result: 'fail', says: 'Each member is in an assessment, but no one assessment covers the whole family.' };
};

/** 7. */
export const checkPlan = (claim: ClaimCase): Answer => {
  const { casework } = claim;
  if (casework.needs.length === 0) return { result: 'unknown', says: 'No need is recorded.' };
  if (casework.plans.length === 0) return { result: 'unknown', says: 'No whole-family plan is recorded.' };
  const plans = casework.plans.filter(({ on }) => isOfThisWork(on, claim));
  if (plans.length === 0) return ofAnotherTime('Every plan recorded');
  const planned = new Set(plans.flatMap(({ criterionIds }) => criterionIds));
  const missed = casework.needs.map(({ criterionId }) => criterionId).filter((id) => !planned.has(id));
  return missed.length === 0
    ? { result: 'pass', says: 'The plan covers every need.', evidence: plans.map(({ on }) => on) }
    : { result: 'fail', says: `The plan says nothing of: ${missed.join(', ')}.` };
};

/** One agency however it is written: `Youth service` and `youth  service`. */
const agencyKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** 8. Agencies that worked with the family between the day it joined and the end of the work. */
export const checkAgencies = (claim: ClaimCase): Answer => {
  const { casework } = claim;
  if (casework.agencies.length === 0) return { result: 'unknown', says: 'No agency is recorded as involved.' };
  const during = casework.agencies.filter(({ from, to }) => from <= endOf(claim) && (to === undefined || to > casework.joinedOn));
  const names = [...new Map(during.map(({ name }) => [agencyKey(name), name])).values()].toSorted();
  if (names.length > 1) return { result: 'pass', says: 'More than one agency worked with the family.', evidence: names };
  return {
    result: 'fail',
    says: names.length === 1 ? 'Only one agency worked with the family.' : 'No agency recorded worked with the family after it joined.',
    evidence: names,
  };
};
