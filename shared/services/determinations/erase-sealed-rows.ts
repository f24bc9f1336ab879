import type { Erasure } from '../../domain/eligibility/replay/determination-record.ts';
import { eraseRow } from '../../domain/eligibility/replay/seal-determination.ts';
import type { FamilyRepository } from '../families/family-repository.ts';
import type { Transactions } from '../transaction-fragment.ts';

interface Ports {
  readonly families: Pick<FamilyRepository, 'listVersions' | 'findInputs' | 'inputsFragment'>;
  readonly transactions: Transactions;
}

const versionsAtOnce = 25;

/**
 * Takes the contents of erased rows, and their nonces, out of everything a family was determined from; their places, hashes and the erasure
 * stay, so that the answers kept still verify (docs/adr/0030). Doing it twice changes nothing more. Gives how many records it touched.
 */
export const eraseSealedRows = async (
  { families, transactions }: Ports,
  { familyId, erasures, expiresOn }: { readonly familyId: string; readonly erasures: readonly Erasure[]; readonly expiresOn: string },
): Promise<number> => {
  let touched = 0;
  let below: number | undefined;
  do {
    const versions = await families.listVersions(familyId, { limit: versionsAtOnce, below });
    for (const { version } of versions) {
      const inputs = await families.findInputs(familyId, version);
      if (inputs === undefined) continue;
      const here = erasures.filter(({ uploadId, row }) =>
        inputs.sealed.family.members.some(({ rows }) =>
          rows.some((each) => each.uploadId === uploadId && each.row === row && inputs.rows[each.sha256] !== undefined),
        ),
      );
      if (here.length === 0) continue;
      const { ok } = await transactions.commit([families.inputsFragment(here.reduce(eraseRow, inputs), expiresOn)]);
      if (!ok) throw new Error('the sealed inputs changed while rows were erased from them');
      touched += 1;
    }
    below = versions.length === versionsAtOnce ? versions.at(-1)?.version : undefined;
  } while (below !== undefined);
  return touched;
};
