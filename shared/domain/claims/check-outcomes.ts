import { inWords } from '../calendar/days.ts';
import { isClaimable } from '../eligibility/citation.ts';
import { bornOf, isOfAge } from '../eligibility/member-age.ts';
import { dateKey } from '../calendar/date-key.ts';
import { completedTerms } from '../eligibility/term-calendar.ts';
import { contraryEvents, isRefreshedAfter, readRate } from '../outcomes/read-outcome.ts';
import { weeksInWork } from '../outcomes/weeks-in-work.ts';
import type { ClaimCase, CheckResult } from './claim-case.ts';
import type { Answer } from './check-entry.ts';
import type { NeedProof } from './needs-to-prove.ts';

const isOver = ({ clock }: NeedProof): boolean => clock.is === 'complete';

const worst = (results: readonly CheckResult[]): CheckResult =>
  results.includes('fail') ? 'fail' : results.includes('unknown') ? 'unknown' : 'pass';

/** 9 for lasting work: weeks in work of the last so many, for one adult, off benefit. */
const checkWork = ({ basis: { family, ruleSet } }: ClaimCase): Answer => {
  const rule = ruleSet.claims.employment;
  if (rule === undefined) return { result: 'fail', says: 'These rules know no claim for lasting work.' };
  if (!isClaimable(rule))
    return {
      result: 'fail',
      says: 'No official text read says how many weeks are asked for: somebody named must sign the rule off first.',
    };
  const today = dateKey(family.asAt);
  const adults = family.members.filter((member) => !member.restricted && isOfAge(bornOf(member, today), { from: 18 }, today) === 'true');
  const weeks = Math.max(0, ...adults.map((member) => weeksInWork(member, rule.ofWeeks, family.asAt)));
  const says = `${String(weeks)} of the last ${String(rule.ofWeeks)} weeks in work and on no out-of-work benefit; ${String(rule.weeks)} are asked for.`;
  return { result: weeks >= rule.weeks ? 'pass' : 'unknown', says };
};

/** 9. */
export const checkOutcomes = (claim: ClaimCase, proofs: readonly NeedProof[]): Answer => {
  if (claim.kind === 'continuous-employment') return checkWork(claim);
  if (proofs.length === 0) return { result: 'unknown', says: 'No need is recorded whose outcome could be shown.' };
  const results = proofs.map(({ recorded, outcome }): CheckResult => {
    if (outcome?.value === 'not-applicable') return 'pass';
    if (recorded === undefined) return 'unknown';
    return outcome === undefined || outcome.value === 'unknown' ? 'unknown' : outcome.value === 'reached' ? 'pass' : 'fail';
  });
  const open = proofs
    .filter((_, index) => results[index] !== 'pass')
    .map(({ criterion, outcome, tooEarly }) =>
      tooEarly
        ? `${criterion.id}: what is recorded for ${inWords(tooEarly.reachedOn)} was before the family joined, or before the need was found`
        : `${criterion.id}: ${outcome?.says ?? 'not yet'}`,
    );
  const result = worst(results);
  return result === 'pass'
    ? {
        result,
        says: 'Each need has its outcome, with dated evidence.',
        evidence: proofs.map(({ criterion, recorded }) => `${criterion.id}: ${recorded?.reachedOn ?? 'does not apply'}`),
      }
    : { result, says: 'Not every need has its outcome.', evidence: open };
};

/** 10. */
export const checkSustained = (claim: ClaimCase, proofs: readonly NeedProof[]): Answer => {
  if (claim.kind === 'continuous-employment') return { result: 'not-applicable', says: 'The weeks in work are the time it must last.' };
  if (proofs.length === 0) return { result: 'unknown', says: 'No need is recorded.' };
  const open = proofs.filter((proof) => !isOver(proof));
  if (open.length === 0) return { result: 'pass', says: 'Each outcome has lasted as long as it must.' };
  const says = open.map(({ criterion, clock }) =>
    clock.is === 'running'
      ? `${criterion.id}: until ${inWords(clock.endsOn)}`
      : clock.is === 'not-started'
        ? `${criterion.id}: waits for the ${clock.waitsFor}`
        : `${criterion.id}: the term calendar ends too soon`,
  );
  return {
    result: open.every(({ clock }) => clock.is === 'running') ? 'fail' : 'unknown',
    says: 'Not every outcome has lasted as long as it must.',
    evidence: says,
  };
};

/** 11. */
export const checkContrary = (claim: ClaimCase, proofs: readonly NeedProof[]): Answer => {
  const windows = proofs.flatMap((proof) =>
    proof.clock.is === 'complete' || proof.clock.is === 'running' ? [{ proof, window: proof.clock.window }] : [],
  );
  if (claim.kind === 'continuous-employment') return { result: 'not-applicable', says: 'Lasting work stands alone.' };
  if (windows.length === 0) return { result: 'unknown', says: 'No time has begun in which something contrary could be.' };
  // Fewer of the same is what was asked for: single events are then no contradiction.
  const events = windows
    .filter(({ proof }) => proof.criterion.outcome.test.kind !== 'fewer')
    .flatMap(({ proof, window }) => contraryEvents(claim.basis, proof.criterion, window).map((event) => `${proof.criterion.id}: ${event}`));
  return events.length > 0
    ? { result: 'fail', says: 'Something has happened since that speaks against it.', evidence: events }
    : { result: windows.length === proofs.length ? 'pass' : 'unknown', says: 'Nothing in any file since speaks against it.' };
};

/** 12. */
export const checkEducation = (claim: ClaimCase): Answer => {
  const { basis } = claim;
  const rule = basis.ruleSet.claims.education;
  if (rule === undefined) return { result: 'not-applicable', says: 'These rules ask it only where school was a need.' };
  const terms = completedTerms(basis.termCalendar, basis.family.asAt, rule.terms);
  const [first] = terms;
  const last = terms.at(-1);
  const attendance = basis.ruleSet.criteria.find(({ ways }) => ways.some(({ measure }) => measure.kind !== 'count'));
  if (first === undefined || last === undefined || terms.length < rule.terms || attendance === undefined || rule.measure.kind === 'count')
    return { result: 'unknown', says: 'The term calendar does not go back far enough.' };
  const { value, says } = readRate(basis, attendance, { from: first.from, to: last.to, terms }, rule.measure);
  const result = value === 'reached' ? 'pass' : value === 'not-reached' ? 'fail' : value;
  return { result, says: result === 'pass' ? 'Every child of school age attends as asked.' : says };
};

/** 13. */
export const checkFreshness = ({ basis, kind }: ClaimCase, proofs: readonly NeedProof[]): Answer => {
  if (kind === 'continuous-employment') return { result: 'not-applicable', says: 'The weeks counted are those of which rows speak.' };
  const over = proofs.flatMap(({ criterion, clock }) => (clock.is === 'complete' ? [{ criterion, end: clock.window.to }] : []));
  if (over.length === 0) return { result: 'unknown', says: 'No time is over yet.' };
  const stale = over
    .filter(({ criterion, end }) => !isRefreshedAfter(criterion, end, basis.coverage))
    .map(({ criterion, end }) => `${criterion.id}: nothing reaches ${inWords(end)}`);
  return stale.length === 0
    ? { result: over.length === proofs.length ? 'pass' : 'unknown', says: 'The files of each need reach past the end of its time.' }
    : { result: 'fail', says: 'Files are older than the time they should speak for.', evidence: stale };
};
