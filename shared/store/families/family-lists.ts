import * as z from 'zod';
import type { Visibility } from '../../domain/access/access.ts';
import type { SeenOutcome } from '../../domain/access/limited-determination.ts';
import { outcomeSchema } from '../../domain/eligibility/determination.ts';
import { familySummarySchema, type FamilyRepository, type FamilySummary } from '../../services/families/family-repository.ts';
import { decodeCursor, encodeCursor } from '../../services/paging/cursor.ts';
import { Refusal } from '../../services/refusal.ts';
import type { Page } from '../../services/uploads/upload-repository.ts';
import { listName, type DocumentTable } from '../document-table.ts';
import { listingIndex } from '../table-definition.ts';
import { summaryList } from './family-items.ts';

/** The lists that a reader's families stand in. */
const outcomesOf: Readonly<Record<Visibility, readonly SeenOutcome[]>> = {
  whole: outcomeSchema.options,
  limited: ['eligible', 'not-shown'],
};

/** Families looked at in one request for those that meet a heading. */
const mostLookedAt = 200;
/** Of these for one page: a heading that hardly anybody meets costs no more than that. */
const mostRequests = 10;

const listedSummarySchema = familySummarySchema.extend({ pk: z.string(), sk: z.string(), listSk: z.string() });
type ListedItem = Pick<z.infer<typeof listedSummarySchema>, 'pk' | 'sk' | 'listSk'>;

const listStart = 'start';

const readPosition = (
  all: string,
  outcomes: readonly SeenOutcome[],
  cursor: string,
): { readonly index: number; readonly inner: string | undefined } => {
  const [list, inner] = decodeCursor(all, cursor, 2);
  const index = outcomes.findIndex((outcome) => outcome === list);
  if (index < 0) throw new Refusal('invalid-cursor');
  return { index, inner: inner === listStart ? undefined : inner };
};

/** The lists of families that readers have, by outcome and heading. */
export const familyLists = (table: DocumentTable): FamilyRepository['listSummaries'] => {
  /** A page of one list, without the families that do not meet the heading: read on until the page is full, or enough has been looked at. */
  const listOne = async (
    list: string,
    heading: string | undefined,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<FamilySummary>> => {
    const partition = { partition: list, index: listingIndex };
    if (heading === undefined) return table.query({ ...partition, limit, cursor }, familySummarySchema);
    const found: FamilySummary[] = [];
    let from = cursor;
    for (let requests = 1; ; requests += 1) {
      const page: Page<FamilySummary & ListedItem> = await table.query(
        { ...partition, limit: mostLookedAt, cursor: from },
        listedSummarySchema,
      );
      const fitting = page.items.filter(({ headingsMet }) => headingsMet.includes(heading));
      const shown = fitting.slice(0, limit - found.length);
      found.push(...shown.map((item) => familySummarySchema.parse(item)));
      const last = shown.at(-1);
      // The page is full: it goes on behind the last one shown, if anything is behind it.
      if (found.length === limit && last && (shown.length < fitting.length || page.cursor !== undefined))
        return { items: found, cursor: encodeCursor(listName(partition), [last.listSk, last.pk, last.sk]) };
      from = page.cursor;
      if (from === undefined) return { items: found };
      if (requests === mostRequests) return { items: found, cursor: from };
    }
  };

  return async ({ visibility = 'whole', outcome, heading }, { limit, cursor }) => {
    if (outcome !== undefined) return listOne(summaryList(outcome, visibility), heading, { limit, cursor });
    const outcomes = outcomesOf[visibility];
    const all = `families ${visibility}`;
    // All outcomes, one list after the other; the cursor says in which it stands, and where.
    const start = cursor === undefined ? { index: 0, inner: undefined } : readPosition(all, outcomes, cursor);
    const items: FamilySummary[] = [];
    let inner = start.inner;
    for (const [index, current] of outcomes.entries()) {
      if (index < start.index) continue;
      if (items.length === limit) return { items, cursor: encodeCursor(all, [current, listStart]) };
      const page: Page<FamilySummary> = await listOne(summaryList(current, visibility), heading, {
        limit: limit - items.length,
        cursor: inner,
      });
      items.push(...page.items);
      if (page.cursor !== undefined) return { items, cursor: encodeCursor(all, [current, page.cursor]) };
      inner = undefined;
    }
    return { items };
  };
};
