import { inWords } from '../calendar/days.ts';
import type { ClaimCase } from './claim-case.ts';
import type { Answer } from './check-entry.ts';

/** 5. From the day the family joined to the end of the work (or today) somebody is named on every day. */
export const checkLeadPractitioner = ({ casework, basis: { family } }: ClaimCase): Answer => {
  const named = casework.leadPractitioners.filter(({ name }) => name.trim() !== '').toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (named.length === 0) return { result: 'unknown', says: 'No lead practitioner is recorded.' };
  const end = casework.closure?.on ?? family.asAt;
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
export const checkAssessment = ({ casework, basis: { family } }: ClaimCase): Answer => {
  const end = casework.closure?.on ?? family.asAt;
  const dated = casework.assessments.filter(({ on }) => on <= end);
  if (dated.length === 0) return { result: 'unknown', says: 'No whole-family assessment is recorded.' };
  const people = family.members.map(({ personId }) => personId);
  const whole = dated.find(({ personIds }) => people.every((personId) => personIds.includes(personId)));
  if (whole) return { result: 'pass', says: 'A dated assessment covers every member of the family.', evidence: [whole.on] };
  const missed = people.filter((personId) => dated.every(({ personIds }) => !personIds.includes(personId)));
  return missed.length > 0
    ? { result: 'fail', says: 'No assessment covers these members.', evidence: missed }
    : { result: 'fail', says: 'Each member is in an assessment, but no one assessment covers the whole family.' };
};

/** 7. */
export const checkPlan = ({ casework }: ClaimCase): Answer => {
  if (casework.needs.length === 0) return { result: 'unknown', says: 'No need is recorded.' };
  if (casework.plans.length === 0) return { result: 'unknown', says: 'No whole-family plan is recorded.' };
  const planned = new Set(casework.plans.flatMap(({ criterionIds }) => criterionIds));
  const missed = casework.needs.map(({ criterionId }) => criterionId).filter((id) => !planned.has(id));
  return missed.length === 0
    ? { result: 'pass', says: 'The plan covers every need.', evidence: casework.plans.map(({ on }) => on) }
    : { result: 'fail', says: `The plan says nothing of: ${missed.join(', ')}.` };
};

/** 8. */
export const checkAgencies = ({ casework }: ClaimCase): Answer => {
  const names = [...new Set(casework.agencies.map(({ name }) => name))].toSorted();
  if (names.length === 0) return { result: 'unknown', says: 'No agency is recorded as involved.' };
  return names.length > 1
    ? { result: 'pass', says: 'More than one agency worked with the family.', evidence: names }
    : { result: 'fail', says: 'Only one agency worked with the family.', evidence: names };
};
