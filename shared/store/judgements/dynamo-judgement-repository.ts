import * as z from 'zod';
import { familySchema } from '../../domain/families/family.ts';
import { departureSchema } from '../../domain/people/departure.ts';
import { judgementSchema } from '../../domain/people/judgement.ts';
import { personRecordSchema } from '../../domain/people/person-record.ts';
import { madeReassignmentSchema } from '../../domain/people/reassign-row.ts';
import { heldDeterminationSchema } from '../../services/families/family-repository.ts';
import type { JudgementRepository } from '../../services/judgements/judgement-repository.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { profileItemSchema } from '../records/profile-item.ts';
import { departureKey, departurePrefix, firstEvidence, lastEvidence, personPartition } from '../records/record-items.ts';
import { fragmentOf } from '../transactions.ts';
import {
  familyNoteKey,
  familyNotePrefix,
  judgementKey,
  judgementPartition,
  madeKey,
  madePrefix,
  schemaVersion,
} from './judgement-items.ts';

const anyItem = z.looseObject({ sk: z.string() });
const madeItemSchema = z.object({ made: z.array(madeReassignmentSchema) });
const familyNoteSchema = z.object({ family: familySchema, held: heldDeterminationSchema.optional() });

/** Judgements, what they moved and what was before, and people with their departures, in the records table (docs/access-patterns.md). */
export const dynamoJudgementRepository = (table: DocumentTable): JudgementRepository => ({
  findJudgement: (judgementId) => table.get(judgementKey(judgementId), judgementSchema),

  readMade: async (judgementId) => {
    const chunks = await table.queryAll({ partition: judgementPartition(judgementId), beginsWith: madePrefix }, madeItemSchema);
    return chunks.flatMap(({ made }) => made);
  },

  readFamilyNotes: (judgementId) =>
    table.queryAll({ partition: judgementPartition(judgementId), beginsWith: familyNotePrefix }, familyNoteSchema),

  readPerson: async (personId) => {
    const items = await table.queryAll({ partition: personPartition(personId), between: [firstEvidence, lastEvidence] }, anyItem);
    const profile = items.find(({ sk }) => sk === 'PROFILE');
    if (profile === undefined) return undefined;
    return {
      profile: profileItemSchema.parse(profile),
      records: items.filter(({ sk }) => sk !== 'PROFILE' && !sk.startsWith(departurePrefix)).map((item) => personRecordSchema.parse(item)),
      departures: items.filter(({ sk }) => sk.startsWith(departurePrefix)).map((item) => departureSchema.parse(item)),
    };
  },

  judgementFragment: (judgement) =>
    fragmentOf([
      table.putWrite(
        { ...judgementKey(judgement.judgementId), ...judgement, ...expiry(judgement.expiresOn), schemaVersion },
        condition.version(judgement.version === 1 ? undefined : judgement.version - 1),
      ),
    ]),

  madeFragment: ({ judgementId, expiresOn }, chunk, made) =>
    fragmentOf([table.putWrite({ ...madeKey(judgementId, chunk), made, ...expiry(expiresOn), schemaVersion }, condition.absent('pk'))]),

  departuresFragment: (departures) =>
    fragmentOf(
      departures.map((departure) =>
        table.putWrite({ ...departureKey(departure), ...departure, ...expiry(departure.expiresOn), schemaVersion }),
      ),
    ),

  familyNotesFragment: ({ judgementId, expiresOn }, notes) =>
    fragmentOf(
      notes.map((note) =>
        table.putWrite(
          { ...familyNoteKey(judgementId, note.family.familyId), ...note, ...expiry(expiresOn), schemaVersion },
          condition.absent('pk'),
        ),
      ),
    ),
});
