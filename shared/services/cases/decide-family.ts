import type { NewDecision } from '../../contracts/http/case-routes.ts';
import type { Principal } from '../../domain/access/access.ts';
import { standingEntries, type DecisionEntry } from '../../domain/cases/case-entry.ts';
import { evaluateFamily } from '../../domain/eligibility/evaluate-family.ts';
import type { Determination } from '../../domain/eligibility/determination.ts';
import type { DeterminationRecord } from '../../domain/eligibility/replay/determination-record.ts';
import { sealDetermination } from '../../domain/eligibility/replay/seal-determination.ts';
import { usualTerms } from '../../domain/eligibility/term-calendars/usual-terms.ts';
import { Refusal } from '../refusal.ts';
import type { CasePorts } from './case-ports.ts';
import { familyBasis } from './family-basis.ts';
import { findCase, nextHead, standingFound, versionSeen, type FoundCase } from './find-case.ts';
import { metIn } from './follow-families.ts';

interface Asked {
  readonly familyId: string;
  readonly ifMatch: number;
  readonly decision: NewDecision;
  readonly by: Principal;
}

const conflict = (familyId: string, code: string, message: string, fix: string): Refusal =>
  new Refusal('state-conflict', { about: [familyId], errors: [{ code, message, fix }] });

/**
 * A person accepts an eligible family or declines it. Nothing but this enrols a family. The decision names the determination it was made
 * on; a family is accepted only while that determination holds, and with it everything it was made from is sealed: what a claim for the
 * family will rest on, years later.
 *
 * Throws `family-not-found`, `version-mismatch`, `determination-changed`, `state-conflict`.
 */
export const decideFamily = async (ports: CasePorts, asked: Asked): Promise<FoundCase> => {
  const { familyId, decision, by } = asked;
  const found = await findCase(ports, { familyId, roles: by.roles });
  const { family, held } = found;
  if (versionSeen(found) !== asked.ifMatch) throw new Refusal('version-mismatch', { about: [familyId] });
  if (family.state !== 'current')
    throw conflict(
      familyId,
      'no-family-any-more',
      'It is no family any more.',
      'Read the family: it says which family has its people now.',
    );
  if (held?.determination === undefined || held.version !== decision.determinationVersion)
    throw new Refusal('determination-changed', { about: [familyId] });
  if (held.determination.outcome !== 'eligible')
    throw conflict(
      familyId,
      'not-eligible',
      'The family is not determined to be eligible.',
      'Read its eligibility: it says what is missing.',
    );
  const standing = standingFound(found);
  if (standing.stage !== 'awaiting' && decision.reconsiders !== true)
    throw conflict(familyId, 'decided-already', 'It has been decided.', 'Read the case. Send `reconsiders: true` to decide anew.');
  const at = ports.clock.now();
  const entry: DecisionEntry = {
    entry: 'decision',
    entryId: ports.newId(),
    familyId,
    recordedBy: by.id,
    recordedAt: at,
    answer: decision.answer,
    reason: decision.reason,
    on: ports.clock.today(),
    determination: { version: held.version, ruleSet: held.determination.ruleSet, met: metIn(held.determination) },
    replaces: standingEntries(found.entries).decisions.map(({ entryId }) => entryId),
  };
  const head = nextHead(found, entry);
  const record = decision.answer === 'accept' ? await sealEntry(ports, found, held.version, held.determination) : undefined;
  const { ok } = await ports.transactions.commit([
    ports.cases.entryFragment(entry, head.expiresOn),
    ports.cases.headFragment(head),
    ports.cases.unchangedFragment({ familyId, version: family.version, determination: held.version }),
    ...(record ? [ports.cases.entryRecordFragment(entry, record, head.expiresOn)] : []),
  ]);
  if (!ok) throw new Refusal('version-mismatch', { about: [familyId] });
  return { ...found, head, entries: [...found.entries, entry], visible: [...found.visible, entry] };
};

const saysTheSame = (a: Determination, b: Determination): boolean =>
  a.ruleSet.id === b.ruleSet.id &&
  a.ruleSet.version === b.ruleSet.version &&
  a.outcome === b.outcome &&
  a.dependentChild.value === b.dependentChild.value &&
  [...metIn(a)].toSorted().join() === [...metIn(b)].toSorted().join();

/** The determination as at today with its inputs. Where it would be another today, it is on its way, and has to be decided on then. */
const sealEntry = async (
  ports: CasePorts,
  { family, entries }: FoundCase,
  version: number,
  held: Determination,
): Promise<DeterminationRecord> => {
  const { clock, rules, sha256, newNonce } = ports;
  const [named, basis] = await Promise.all([rules.named(held.ruleSet), familyBasis(ports, family, { entries, asAt: clock.today() })]);
  if (named === undefined) throw new Refusal('determination-changed', { about: [family.familyId] });
  const { ruleSet } = named;
  const determination = evaluateFamily({ ...basis, ruleSet, termCalendar: usualTerms });
  if (!saysTheSame(held, determination)) throw new Refusal('determination-changed', { about: [family.familyId] });
  const inputs = { ...basis, ruleSet, termCalendar: usualTerms };
  const nonces = new Map<object, string>();
  const nonceOf = (record: object): string => {
    const known = nonces.get(record) ?? newNonce();
    nonces.set(record, known);
    return known;
  };
  return sealDetermination(
    { familyId: family.familyId, version, determinedAt: clock.now(), determination, ...inputs },
    { sha256, nonceOf },
  );
};
