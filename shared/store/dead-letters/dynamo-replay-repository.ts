import { replaySchema, type Replay } from '../../domain/operations/dead-letter.ts';
import { sharingRecordExpiresOn } from '../../domain/uploads/retention.ts';
import type { ReplayRepository } from '../../services/dead-letters/dead-letter-ports.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { fragmentOf } from '../transactions.ts';
import type { Key } from '../write.ts';

const schemaVersion = 1;
const prefix = 'REPLAY#';
const mostShown = 10;

const partition = (queue: Replay['queue']): string => `DEAD-LETTERS#${queue}`;
const replayKey = ({ queue, replayId }: Pick<Replay, 'queue' | 'replayId'>): Key => ({
  pk: partition(queue),
  sk: `${prefix}${replayId}`,
});

export const dynamoReplayRepository = (table: DocumentTable): ReplayRepository => ({
  findReplay: (replay) => table.get(replayKey(replay), replaySchema),
  listLastReplays: async (queue) => {
    const page = { partition: partition(queue), beginsWith: prefix, descending: true, limit: mostShown };
    return (await table.query(page, replaySchema)).items;
  },
  replayFragment: (replay) =>
    fragmentOf([
      table.putWrite(
        { ...replayKey(replay), schemaVersion, ...replay, ...expiry(sharingRecordExpiresOn(replay.at)) },
        condition.absent('pk'),
      ),
    ]),
});
