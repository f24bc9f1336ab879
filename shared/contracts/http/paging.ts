import * as z from 'zod';

export const defaultPageSize = 25;

/** Items per page. */
export const pageSizeSchema = z.int().min(1).max(100);

/** Query of every list: `?limit=25&cursor=…`. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().pipe(pageSizeSchema).default(defaultPageSize),
  cursor: z.string().min(1).max(2000).optional().meta({ description: "The previous page's `cursor`; opaque" }),
});

/** A page of a list; `cursor` is absent on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item).readonly(), cursor: z.string().optional().meta({ description: 'Ask with it for the next page' }) });
