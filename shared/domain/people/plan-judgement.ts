import { isSameRow, type Departure } from './departure.ts';
import type { Judgement } from './judgement.ts';
import { assignmentOf, type PersonRecord, type RecordedAssignment } from './person-record.ts';
import type { MadeReassignment, Reassignment } from './reassign-row.ts';

/** A person as a judgement finds them. */
export interface PersonAsHeld {
  readonly records: readonly PersonRecord[];
  readonly departures: readonly Departure[];
}

export interface JudgementState {
  readonly person: (personId: string) => PersonAsHeld;
  /** Of an undo: the judgement that it takes back, and what that did. */
  readonly undone: { readonly judgement: Judgement; readonly made: readonly MadeReassignment[] } | undefined;
  /** The instant that assignments made now carry. */
  readonly at: string;
}

/**
 * What a judgement has yet to reassign, from what is held now: nothing, once it is done. Rows that came in meanwhile are in
 * it, so that it can be asked again after every chunk and after every crash.
 */
export const planJudgement = (judgement: Judgement, state: JudgementState): readonly Reassignment[] => {
  const [first = '', second = ''] = judgement.people;
  const here: RecordedAssignment['judgement'] = { judgementId: judgement.judgementId, at: state.at };
  const judged = (record: PersonRecord, to: string): Reassignment => {
    const { rowId, subject, personId: from, review, reviewWith } = record;
    const open = (reviewWith ?? []).filter((personId) => !judgement.people.includes(personId));
    const stillInDoubt = review !== undefined && open.length > 0;
    return {
      rowId,
      subject,
      from,
      to,
      assignment: {
        because: 'judgement',
        ...(stillInDoubt && { review, reviewWith: open }),
        judgement: here,
        // What the model found stays readable beside what people made of it.
        ...(record.decision !== undefined && { decision: record.decision }),
      },
    };
  };
  const inDoubt = (personId: string, about: string): readonly Reassignment[] =>
    counting(state.person(personId))
      .filter(({ review, reviewWith }) => review !== undefined && (reviewWith === undefined || reviewWith.includes(about)))
      .map((record) => judged(record, personId));
  switch (judgement.kind) {
    case 'same':
      return [...counting(state.person(second)).map((record) => judged(record, first)), ...inDoubt(first, second)];
    case 'different':
      return [...inDoubt(first, second), ...inDoubt(second, first)];
    case 'confirm':
      return named(judgement, state.person(first))
        .filter(({ review }) => review !== undefined)
        .map((record) => withoutReview(judged(record, first)));
    case 'split':
      return named(judgement, state.person(first)).map((record) => withoutReview(judged(record, second)));
    case 'undo':
      return takenBack(state);
    case 'cannot-tell':
      return [];
  }
};

const counting = ({ records }: PersonAsHeld): readonly PersonRecord[] => records.filter(({ status }) => status !== 'superseded');

const named = ({ rows }: Judgement, person: PersonAsHeld): readonly PersonRecord[] =>
  counting(person).filter((record) => rows.some((row) => isSameRow(row, record)));

const withoutReview = ({ assignment, ...rest }: Reassignment): Reassignment => ({
  ...rest,
  assignment: {
    because: assignment.because,
    ...(assignment.judgement && { judgement: assignment.judgement }),
    ...(assignment.decision && { decision: assignment.decision }),
  },
});

/** Rows are put back where the judgement left them, unless they have gone on since; the last move first. */
const takenBack = ({ undone, person }: JudgementState): readonly Reassignment[] =>
  (undone?.made ?? []).toReversed().flatMap(({ rowId, subject, from, to, before, versions }) => {
    const record = counting(person(to)).find((each) => isSameRow(each, { rowId, subject }));
    const isAsLeft = record !== undefined && (from !== to || record.judgement?.judgementId === undone?.judgement.judgementId);
    return isAsLeft ? [{ rowId, subject, from: to, to: from, assignment: assignmentOf(before), versions }] : [];
  });

/** Rows that came to the one person while two were taken for one: nobody has said yet which of the two they are about. */
export const rowsSince = (undone: NonNullable<JudgementState['undone']>, person: PersonAsHeld): readonly PersonRecord[] =>
  counting(person).filter(
    (record) =>
      record.recordedAt >= undone.judgement.decided.at &&
      record.contentVersion === 1 &&
      record.judgement === undefined &&
      !undone.made.some((made) => isSameRow(made, record)),
  );
