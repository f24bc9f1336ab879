import { whatIfSchema, type WhatIfRepository } from '../../services/what-if/what-if.ts';
import { condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { fragmentOf } from '../transactions.ts';
import type { Key } from '../write.ts';

const schemaVersion = 1;
const whatIfKey = (whatIfId: string): Key => ({ pk: `WHAT-IF#${whatIfId}`, sk: 'WHAT-IF' });

export const dynamoWhatIfRepository = (table: DocumentTable): WhatIfRepository => ({
  findWhatIf: (whatIfId) => table.get(whatIfKey(whatIfId), whatIfSchema),
  whatIfFragment: (whatIf) =>
    fragmentOf([
      table.putWrite(
        { ...whatIfKey(whatIf.whatIfId), ...whatIf, ...expiry(whatIf.expiresOn), schemaVersion },
        whatIf.revision === 1 ? condition.absent('pk') : condition.equals('revision', whatIf.revision - 1),
      ),
    ]),
});
