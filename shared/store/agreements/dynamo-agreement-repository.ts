import * as z from 'zod';
import { sharingAgreementSchema, type SharingAgreement } from '../../domain/uploads/sharing-agreement.ts';
import type { AgreementRepository } from '../../services/agreements/agreement-repository.ts';
import { condition, type Condition } from '../condition.ts';
import type { DocumentTable } from '../document-table.ts';
import { expiry } from '../expiry.ts';
import { listingIndex } from '../table-definition.ts';
import { fragmentOf } from '../transactions.ts';
import type { Key } from '../write.ts';

const schemaVersion = 1;
const listing = 'AGREEMENTS';
const versionPrefix = 'VERSION#';

const agreementKey = (agreementId: string): Key => ({ pk: `AGREEMENT#${agreementId}`, sk: 'AGREEMENT' });
const versionKey = (agreementId: string, version: number): Key => ({
  pk: `AGREEMENT#${agreementId}`,
  sk: `${versionPrefix}${String(version).padStart(6, '0')}`,
});
const referenceKey = (reference: string): Key => ({ pk: `AGREEMENT-REFERENCE#${reference}`, sk: 'AGREEMENT-REFERENCE' });

export const dynamoAgreementRepository = (table: DocumentTable): AgreementRepository => {
  const writes = (agreement: SharingAgreement, when: Condition) => {
    const content = { schemaVersion, ...agreement, ...expiry(agreement.expiresOn) };
    return [
      table.putWrite({ ...agreementKey(agreement.agreementId), ...content, listPk: listing, listSk: agreement.agreementId }, when),
      table.putWrite({ ...versionKey(agreement.agreementId, agreement.version), ...content }, condition.absent('pk')),
    ];
  };
  return {
    findAgreement: (agreementId) => table.get(agreementKey(agreementId), sharingAgreementSchema),
    findAgreements: (agreementIds) => table.batchGet([...new Set(agreementIds)].map(agreementKey), sharingAgreementSchema),
    findByReference: async (reference) => (await table.get(referenceKey(reference), z.object({ agreementId: z.ulid() })))?.agreementId,

    createFragment: (agreement) =>
      fragmentOf([
        ...writes(agreement, condition.absent('pk')),
        table.putWrite(
          { ...referenceKey(agreement.reference), schemaVersion, agreementId: agreement.agreementId, ...expiry(agreement.expiresOn) },
          condition.absent('pk'),
        ),
      ]),
    editFragment: (agreement) => fragmentOf(writes(agreement, condition.version(agreement.version - 1))),
    sameFragment: ({ agreementId, version }) =>
      fragmentOf([table.checkWrite(agreementKey(agreementId), condition.equals('version', version))]),

    listAgreements: (page) => table.query({ ...page, partition: listing, index: listingIndex, descending: true }, sharingAgreementSchema),
    listVersions: (agreementId, page) =>
      table.query(
        { ...page, partition: agreementKey(agreementId).pk, beginsWith: versionPrefix, descending: true },
        sharingAgreementSchema,
      ),
  };
};
