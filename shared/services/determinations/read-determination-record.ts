import { assembleRecord } from '../../domain/eligibility/replay/seal-determination.ts';
import { coverageSchema, type DeterminationRecord } from '../../domain/eligibility/replay/determination-record.ts';
import { ruleSetSchema } from '../../domain/eligibility/rule-set.ts';
import { termCalendarSchema } from '../../domain/eligibility/term-calendar.ts';
import type { ReadFamiliesPorts } from '../families/read-families.ts';
import { Refusal } from '../refusal.ts';
import type { ContentStore } from '../rules/rule-set-repository.ts';
import { findVersion, type AskedVersion } from './read-determinations.ts';

interface Ports extends ReadFamiliesPorts {
  readonly contents: Pick<ContentStore, 'find'>;
}

/** Something that many records rest on is gone: a fault of ours, not of the request. */
class ContentLost extends Error {
  constructor(sha256: string) {
    super(`A sealed content is lost: ${sha256}.`);
    this.name = 'ContentLost';
  }
}

/**
 * A determination with everything it was made from, for `npm run replay`. A determination that says again what an earlier one said comes
 * as that one. Rows of people who are under a restriction today are named and not given out. Of a determination that was made before
 * there were seals, or out of standard records alone, there is no record: `determination-not-found`.
 */
export const readDeterminationRecord = async (
  ports: Ports,
  asked: AskedVersion,
): Promise<{ readonly record: DeterminationRecord; readonly subjects: readonly string[] }> => {
  const { held, people } = await findVersion(ports, asked);
  const { familyId } = asked;
  const inputs = held.inputs === undefined ? undefined : await ports.families.findInputs(familyId, held.inputs);
  if (inputs === undefined || held.determination === undefined) throw new Refusal('determination-not-found', { about: [familyId] });
  const read = async (sha256: string): Promise<unknown> => {
    const text = await ports.contents.find(sha256);
    if (text === undefined) throw new ContentLost(sha256);
    return JSON.parse(text);
  };
  const { sealed } = inputs;
  const [ruleSet, termCalendar, coverage] = await Promise.all([read(sealed.ruleSet), read(sealed.termCalendar), read(sealed.coverage)]);
  const isRestricted = (personId: string): boolean => people.get(personId)?.profile.restriction !== undefined;
  const hidden = sealed.family.members.flatMap(({ personId, rows }) =>
    isRestricted(personId) ? rows.map((row) => ({ ...row, personId })) : [],
  );
  const shownRows = Object.entries(inputs.rows).filter(([sha256]) => !hidden.some((row) => row.sha256 === sha256));
  const withheld = hidden
    .filter(({ sha256 }) => inputs.rows[sha256] !== undefined)
    .map(({ uploadId, row, personId }) => ({ uploadId, row, personId, because: 'There is a restriction on this person’s data.' }));
  const record = assembleRecord({ ...inputs, rows: Object.fromEntries(shownRows) }, held.determination, {
    ruleSet: ruleSetSchema.parse(ruleSet),
    termCalendar: termCalendarSchema.parse(termCalendar),
    coverage: coverageSchema.parse(coverage),
  });
  return {
    record: { ...record, ...(withheld.length > 0 && { withheld }) },
    subjects: [familyId, ...sealed.family.members.map(({ personId }) => personId)],
  };
};
