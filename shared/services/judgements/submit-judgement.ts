import type { Judgement } from '../../domain/people/judgement.ts';
import { Refusal } from '../refusal.ts';
import type { TransactionFragment } from '../transaction-fragment.ts';
import type { DecidePorts, Word } from './decide-ports.ts';

type Drafted = Pick<Judgement, 'kind' | 'people' | 'risks' | 'expiresOn'> &
  Partial<Pick<Judgement, 'rows' | 'reviewId' | 'undoes'>> & { readonly judgementId: string; readonly word: Word };

/** The judgement as it begins: it waits for a second person where there is a risk, and there is nothing to apply to "cannot tell". */
export const draftJudgement = ({ clock, newId }: DecidePorts, { word, rows = [], ...draft }: Drafted): Judgement => {
  const status = draft.risks.length > 0 ? 'proposed' : draft.kind === 'cannot-tell' ? 'applied' : 'approved';
  return {
    ...draft,
    rows: [...rows],
    risks: [...draft.risks],
    version: 1,
    status,
    decided: { staffId: word.by.id, roles: [...word.by.roles], at: clock.now(), reason: word.reason },
    chunk: 0,
    moved: 0,
    ...(status === 'approved' && { outboxId: newId() }),
  };
};

/**
 * Writes a judgement with what belongs to it and, once it is approved, with the outbox entry by which it is carried out.
 * Throws `version-mismatch` where somebody was quicker.
 */
export const submitJudgement = async (
  { judgements, outbox, queue, transactions, clock }: DecidePorts,
  judgement: Judgement,
  fragments: readonly TransactionFragment[],
): Promise<void> => {
  const { judgementId, outboxId, status } = judgement;
  const isToApply = status === 'approved' && outboxId !== undefined;
  const { ok } = await transactions.commit([
    judgements.judgementFragment(judgement),
    ...fragments,
    ...(isToApply ? [outbox.addFragment({ outboxId, createdAt: clock.now(), work: { kind: 'judgement', judgementId } })] : []),
  ]);
  if (!ok) throw new Refusal('version-mismatch', { about: [judgementId] });
  if (isToApply) await announce(queue, outboxId);
};

/** The entry stands in the outbox: where the announcement fails, the sweep makes it, and the decision holds all the same. */
const announce = async (queue: DecidePorts['queue'], outboxId: string): Promise<void> => {
  try {
    await queue.send([{ kind: 'outbox', outboxId }]);
  } catch {
    // Swept within minutes.
  }
};
