import { isWithin, visibilityOf, type Role } from '../../domain/access/access.ts';
import type { PersonRecord } from '../../domain/people/person-record.ts';

type Classed = Pick<PersonRecord, 'accessClass'>;

/** What the roles may see, and how much there is besides: never left out without a word. */
export const visibleTo = <Row extends Classed>(
  roles: readonly Role[],
  rows: readonly Row[],
): { visible: readonly Row[]; withheld: number } => {
  const visibility = visibilityOf(roles);
  const visible = rows.filter(({ accessClass }) => isWithin(visibility, accessClass));
  return { visible, withheld: rows.length - visible.length };
};

export const restrictedDetail = 'There is a restriction on this person’s data. Ask your data protection officer.';
