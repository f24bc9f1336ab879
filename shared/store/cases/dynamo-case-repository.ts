import { caseEntrySchema } from '../../domain/cases/case-entry.ts';
import { caseHeadSchema, type CaseHead } from '../../domain/cases/case-head.ts';
import { canonicalJson } from '../../domain/eligibility/replay/canonical-json.ts';
import { determinationRecordSchema } from '../../domain/eligibility/replay/determination-record.ts';
import type { CaseRepository, ListedStage } from '../../services/cases/case-repository.ts';
import { heldDeterminationSchema } from '../../services/families/family-repository.ts';
import { inParallel } from '../../services/in-parallel.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { currentDeterminationKey, familyKey, summaryList } from '../families/family-items.ts';
import { packedWrites, readPacked } from '../packed-content.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import { entriesIn, entryKey, entryRecordPartition, entryRecordPrefix, headKey, schemaVersion, stageList } from './case-items.ts';

const mostDeterminations = 200;

const listed = ({ familyId, standing: { stage, waitingSince, decision } }: CaseHead): { listPk: string; listSk: string } | undefined =>
  stage === 'none' || stage === 'over'
    ? undefined
    : { listPk: stageList(stage), listSk: `${(stage === 'awaiting' ? waitingSince : decision?.at) ?? ''}#${familyId}` };

/** What people decide and record about families, beside the families in the records table (docs/access-patterns.md). */
export const dynamoCaseRepository = (table: DocumentTable): CaseRepository => ({
  findHeads: (familyIds) => table.batchGet([...new Set(familyIds)].map(headKey), caseHeadSchema),

  readEntries: async (familyIds) => {
    const found = await inParallel([...new Set(familyIds)], (familyId) => table.queryAll(entriesIn(familyId), caseEntrySchema));
    return found.flat().toSorted((a, b) => (a.entryId < b.entryId ? -1 : 1));
  },

  listHeads: (stage: ListedStage, page) => table.query({ ...page, partition: stageList(stage), index: listingIndex }, caseHeadSchema),

  countHeads: (stage) => table.count({ partition: stageList(stage), index: listingIndex }),

  countEligible: () => table.count({ partition: summaryList('eligible', 'whole'), index: listingIndex }),

  headFragment: (head) =>
    fragmentOf([
      table.putWrite(
        { ...headKey(head.familyId), ...head, ...expiry(head.expiresOn), ...listed(head), schemaVersion },
        condition.version(head.version === 1 ? undefined : head.version - 1),
      ),
    ]),

  entryFragment: (entry, expiresOn) =>
    fragmentOf([
      table.putWrite({ ...entryKey(entry.familyId, entry.entryId), ...entry, ...expiry(expiresOn), schemaVersion }, condition.absent('pk')),
    ]),

  entryRecordFragment: ({ familyId, entryId }, record, expiresOn) =>
    fragmentOf(
      packedWrites(table, {
        partition: entryRecordPartition(familyId),
        prefix: entryRecordPrefix(entryId),
        text: canonicalJson(record),
        expiresOn,
      }),
    ),

  readEntryRecord: async (familyId, entryId) => {
    const text = await readPacked(table, entryRecordPartition(familyId), entryRecordPrefix(entryId));
    return text === undefined ? undefined : determinationRecordSchema.parse(JSON.parse(text));
  },

  readDeterminationsSince: async (familyId, from) => {
    const page = { partition: entryRecordPartition(familyId), beginsWith: 'DETERMINATION#', descending: true, limit: mostDeterminations };
    const { items } = await table.query(page, heldDeterminationSchema);
    return items.filter(({ determinedAt }) => determinedAt >= from).toReversed();
  },

  unchangedFragment: ({ familyId, version, determination }) =>
    fragmentOf([
      table.checkWrite(familyKey(familyId), condition.version(version)),
      ...(determination === undefined ? [] : [table.checkWrite(currentDeterminationKey(familyId), condition.version(determination))]),
    ]),
});
