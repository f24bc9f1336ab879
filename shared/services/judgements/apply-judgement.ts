import { decideAssignment } from '../../domain/matching/decide-assignment.ts';
import { shippedMatching } from '../../domain/matching/models/shipped-matching.ts';
import { rowOfDetails } from '../../domain/matching/rows/row-of-details.ts';
import { assembleView } from '../../domain/people/assemble-profile.ts';
import { assignmentOf } from '../../domain/people/person-record.ts';
import { planJudgement, rowsSince } from '../../domain/people/plan-judgement.ts';
import type { Reassignment } from '../../domain/people/reassign-row.ts';
import { applyChunk } from './apply-chunk.ts';
import type { ApplyPorts } from './apply-ports.ts';
import { beginJudgement } from './begin-judgement.ts';
import { finishJudgement } from './finish-judgement.ts';
import type { PersonWithPast } from './judgement-repository.ts';
import { JudgementRun } from './judgement-run.ts';

/** `nothing-to-do`: it does not exist, waits for somebody, or was applied before. */
export type Applied = 'applied' | 'time-is-up' | 'nothing-to-do';

/**
 * Carries out an approved judgement, chunk by chunk, each under the versions of what it changes. Begun again wherever it
 * stopped: what is left to do is seen from what is held. Throws `PeopleBusy` where others are always quicker.
 */
export const applyJudgement = async (ports: ApplyPorts, judgementId: string, hasTime: () => boolean): Promise<Applied> => {
  let run = await load(ports, judgementId);
  if (run === undefined) return 'nothing-to-do';
  for (;;) {
    // A step at least, however little time there is: otherwise nothing would ever be done.
    const done = await nextStep(run);
    if (done && run.judgement.status === 'applied') return 'applied';
    if (!done) run = await reload(run);
    if (run === undefined) return 'nothing-to-do';
    if (!hasTime()) return 'time-is-up';
  }
};

const load = async (ports: ApplyPorts, judgementId: string): Promise<JudgementRun | undefined> => {
  const judgement = await ports.judgements.findJudgement(judgementId);
  if (judgement?.status !== 'approved' && judgement?.status !== 'applying') return undefined;
  const { undoes } = judgement;
  if (undoes === undefined) return new JudgementRun(ports, judgement, undefined);
  const [undone, made] = await Promise.all([ports.judgements.findJudgement(undoes), ports.judgements.readMade(undoes)]);
  return undone && new JudgementRun(ports, judgement, { judgement: undone, made });
};

/** After a lost condition: another delivery of the message may have gone on with it. */
const reload = async (run: JudgementRun): Promise<JudgementRun | undefined> => {
  const next = await load(run.ports, run.judgement.judgementId);
  return next?.judgement.version === run.judgement.version ? run : next;
};

const nextStep = async (run: JudgementRun): Promise<boolean> => {
  if (run.judgement.status === 'approved') return beginJudgement(run);
  const people = await run.readPeople();
  const moves = leftToMove(run, people);
  return moves.length > 0 ? applyChunk(run, people, moves) : finishJudgement(run, people);
};

const nobody: Pick<PersonWithPast, 'records' | 'departures'> = { records: [], departures: [] };

const leftToMove = (run: JudgementRun, people: ReadonlyMap<string, PersonWithPast>): readonly Reassignment[] => {
  const { judgement, undone, ports } = run;
  const person = (personId: string) => people.get(personId) ?? nobody;
  const moves = planJudgement(judgement, { person, undone, at: ports.clock.now() });
  return moves.length > 0 || undone?.judgement.kind !== 'same' ? moves : rowsDecidedAgain(run, people);
};

/** Rows that came while the two were one, and that matching alone would now give to the other. */
const rowsDecidedAgain = (
  { judgement, undone, ports }: JudgementRun,
  people: ReadonlyMap<string, PersonWithPast>,
): readonly Reassignment[] => {
  const [kept, gone] = judgement.people.map((personId) => people.get(personId));
  if (kept === undefined || gone === undefined || undone === undefined) return [];
  const since = rowsSince(undone, kept);
  const ids = new Set(since.map(({ rowId }) => rowId));
  const without = assembleView(
    kept.records.filter(({ rowId }) => !ids.has(rowId)),
    kept.profile.expiresOn,
  );
  const candidates = [{ ...without, personId: kept.profile.personId }, gone.profile];
  return since.flatMap(({ rowId, subject, details, agency, feed }): readonly Reassignment[] => {
    const decided = decideAssignment(rowOfDetails(details, { agency, feed }), candidates, shippedMatching);
    if (decided.kind !== 'link' || decided.personId !== gone.profile.personId) return [];
    const { because, review, decision } = decided;
    return [
      {
        rowId,
        subject,
        from: kept.profile.personId,
        to: gone.profile.personId,
        assignment: assignmentOf({
          because,
          ...(review !== undefined && { review, reviewWith: [kept.profile.personId] }),
          ...(decision && { decision }),
          judgement: { judgementId: judgement.judgementId, at: ports.clock.now() },
        }),
      },
    ];
  });
};
