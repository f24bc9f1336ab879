import type { FieldError } from '../../contracts/http/problems.ts';
import type { NewFact } from '../../contracts/http/case-routes.ts';
import type { Principal } from '../../domain/access/access.ts';
import { criteriaBeyondStandard } from '../../domain/access/limited-determination.ts';
import { effectiveDecision, standingEntries, type FactEntry } from '../../domain/cases/case-entry.ts';
import { criteriaNamedIn, dayOfFact, peopleNamedIn, type WorkFact } from '../../domain/cases/work-fact.ts';
import { everybodyIn, familySeen, type ShownFamily } from '../../domain/families/family.ts';
import { Refusal } from '../refusal.ts';
import type { CasePorts } from './case-ports.ts';
import { findCase, nextHead, versionSeen, type FoundCase } from './find-case.ts';

interface Asked {
  readonly familyId: string;
  readonly ifMatch: number;
  readonly newFact: NewFact;
  readonly by: Principal;
}

/** Entries about one family; far more than any work comes to. */
const mostEntries = 1000;

/** Facts that may be recorded before anybody has decided. */
const isBeforeDecision = ({ kind }: WorkFact): boolean => kind === 'assessment';

/**
 * Records a dated fact of the work with a family. Nothing is overwritten: a fact that was wrong is corrected by another, or withdrawn,
 * with a reason. What a lead practitioner records is shown to all of them; what the programme team records only where it says so, and
 * never what names somebody or something that they are not shown.
 *
 * Throws `family-not-found`, `version-mismatch`, `state-conflict`, `invalid-request`.
 */
export const recordFact = async (ports: CasePorts, asked: Asked): Promise<FoundCase> => {
  const { familyId, by, newFact } = asked;
  const { fact, corrects, shared } = newFact;
  const found = await findCase(ports, { familyId, roles: by.roles });
  const { visibility, shown } = found;
  if (versionSeen(found) !== asked.ifMatch) throw new Refusal('version-mismatch', { about: [familyId] });
  if (shown.state !== 'current')
    throw conflict(familyId, 'no-family-any-more', 'It is no family any more.', 'Read the family: it says which one has its people now.');
  const decision = effectiveDecision(standingEntries(found.entries));
  if (decision?.answer !== 'accept' && (fact === undefined || !isBeforeDecision(fact)) && corrects === undefined)
    throw conflict(familyId, 'not-accepted', 'The family has not been accepted.', 'Accept it first; an assessment can be recorded before.');
  if ((found.head?.entries ?? 0) >= mostEntries)
    throw conflict(familyId, 'too-many-entries', 'There are too many entries about this family.', 'Ask your administrator.');
  const isShared = visibility === 'limited' || shared === true;
  const errors = [
    ...(fact === undefined && corrects === undefined ? [nothingToRecord] : []),
    ...(corrects && !isCorrectable(found, corrects.entryId) ? [nothingToCorrect] : []),
    ...(fact ? datesWrong(fact, { today: ports.clock.today(), acceptedOn: decision?.on }) : []),
    ...(fact ? await namesWrong(ports, found, fact, isShared) : []),
  ];
  if (errors.length > 0) throw new Refusal('invalid-request', { about: [familyId], errors });

  const entry: FactEntry = {
    entry: 'fact',
    entryId: ports.newId(),
    familyId,
    recordedBy: by.id,
    recordedAt: ports.clock.now(),
    ...(fact && { fact }),
    ...(corrects && { corrects }),
    seenBy: isShared ? 'limited' : 'whole',
  };
  const head = nextHead(found, entry);
  const outboxId = isAboutAssessment(found, entry) ? ports.newId() : undefined;
  const personIds = everybodyIn(found.family);
  const { ok } = await ports.transactions.commit([
    ports.cases.entryFragment(entry, head.expiresOn),
    ports.cases.headFragment(head),
    ports.cases.unchangedFragment(found.family),
    // The evaluation asks when everybody was last looked at for every need.
    ...(outboxId === undefined
      ? []
      : [ports.outbox.addFragment({ outboxId, createdAt: entry.recordedAt, work: { kind: 'people', personIds } })]),
  ]);
  if (!ok) throw new Refusal('version-mismatch', { about: [familyId] });
  if (outboxId !== undefined) await announce(ports, outboxId);
  return { ...found, head, entries: [...found.entries, entry], visible: [...found.visible, entry] };
};

const conflict = (familyId: string, code: string, message: string, fix: string): Refusal =>
  new Refusal('state-conflict', { about: [familyId], errors: [{ code, message, fix }] });

/** Of those that the recorder is shown, and that still hold. */
const isCorrectable = ({ visible }: FoundCase, entryId: string): boolean =>
  standingEntries(visible).facts.some((each) => each.entryId === entryId);

const isAboutAssessment = ({ entries }: FoundCase, { fact, corrects }: FactEntry): boolean =>
  fact?.kind === 'assessment' ||
  entries.some((each) => each.entry === 'fact' && each.entryId === corrects?.entryId && each.fact?.kind === 'assessment');

/** The entry stands in the outbox: where the announcement fails, the sweep makes it. */
const announce = async ({ queue }: CasePorts, outboxId: string): Promise<void> => {
  try {
    await queue.send([{ kind: 'outbox', outboxId }]);
  } catch {
    // Swept within minutes.
  }
};

const nothingToRecord: FieldError = {
  pointer: '/body/fact',
  code: 'missing',
  message: 'There is nothing to record.',
  fix: 'Give a fact, or say in `corrects` which one is withdrawn.',
};
const nothingToCorrect: FieldError = {
  pointer: '/body/corrects/entryId',
  code: 'no-such-fact',
  message: 'No such fact about this family holds.',
  fix: 'Read the case and give the entryId of a fact that holds.',
};

/** Nobody worked with a family of this programme before; a year with a digit too few is not taken for one. */
const earliestDay = '2000-01-01';

const datesWrong = (
  fact: WorkFact,
  { today, acceptedOn }: { readonly today: string; readonly acceptedOn: string | undefined },
): readonly FieldError[] => {
  const to = fact.kind === 'lead-practitioner' || fact.kind === 'agency' ? fact.to : undefined;
  const day = dayOfFact(fact);
  return [
    ...(day > today || (to !== undefined && to > today)
      ? [
          {
            pointer: '/body/fact',
            code: 'in-the-future',
            message: 'A day is still to come.',
            fix: 'Record what has happened, on the day or after.',
          },
        ]
      : []),
    ...(day < earliestDay
      ? [
          {
            pointer: '/body/fact',
            code: 'too-long-ago',
            message: 'A day is of long before there was such a programme.',
            fix: 'Check the year.',
          },
        ]
      : []),
    ...(fact.kind === 'outcome' && acceptedOn !== undefined && day < acceptedOn
      ? [
          {
            pointer: '/body/fact/reachedOn',
            code: 'before-acceptance',
            message: 'The outcome would have been reached before the family was accepted.',
            fix: 'Give the day on which it was reached, in the work since the family was accepted.',
          },
        ]
      : []),
    ...(fact.kind === 'closure' && acceptedOn !== undefined && day < acceptedOn
      ? [
          {
            pointer: '/body/fact/on',
            code: 'before-acceptance',
            message: 'The work would have ended before the family was accepted.',
            fix: 'Give the day on which the work ended.',
          },
        ]
      : []),
    ...(to !== undefined && to <= day
      ? [
          {
            pointer: '/body/fact/to',
            code: 'backwards',
            message: 'It ends before it begins.',
            fix: 'Give the first day on which it no longer holds, after `from`.',
          },
        ]
      : []),
  ];
};

const everIn = ({ members, formerMembers }: Pick<ShownFamily, 'members' | 'formerMembers'>): ReadonlySet<string> =>
  new Set([...members, ...formerMembers].map(({ personId }) => personId));

const namesWrong = async (ports: CasePorts, found: FoundCase, fact: WorkFact, isShared: boolean): Promise<readonly FieldError[]> => {
  const people = peopleNamedIn(fact);
  const criteria = criteriaNamedIn(fact);
  const known = everIn(found.shown);
  const limited = familySeen(found.family, 'limited');
  const knownToAll = limited ? everIn(limited) : new Set<string>();
  const named = effectiveDecision(standingEntries(found.entries))?.determination.ruleSet;
  const ruleSet = criteria.length > 0 && named ? (await ports.rules.named(named))?.ruleSet : undefined;
  const ids = new Set(ruleSet?.criteria.map(({ id }) => id));
  const hidden = ruleSet ? criteriaBeyondStandard(ruleSet) : new Set<string>();
  const isHidden = people.some((personId) => !knownToAll.has(personId)) || criteria.some((id) => hidden.has(id));
  return [
    ...(people.some((personId) => !known.has(personId))
      ? [
          {
            pointer: '/body/fact/personIds',
            code: 'not-in-the-family',
            message: 'Somebody is not of this family.',
            fix: 'Give ids of members as the family lists them.',
          },
        ]
      : []),
    ...(criteria.some((id) => !ids.has(id))
      ? [
          {
            pointer: '/body/fact',
            code: 'no-such-criterion',
            message: 'The rules by which the family was accepted have no such criterion.',
            fix: 'Use the criterion ids of the family’s eligibility.',
          },
        ]
      : []),
    ...(found.visibility === 'whole' && isShared && isHidden
      ? [
          {
            pointer: '/body/shared',
            code: 'not-to-be-shared',
            message: 'It names somebody, or a need, that lead practitioners may not be shown.',
            fix: 'Record it without sharing it.',
          },
        ]
      : []),
  ];
};
