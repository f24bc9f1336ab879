import { deadLetterRoutes } from '#shared/contracts/http/dead-letter-routes.ts';
import { handle, type RouteHandlers } from '#shared/platform/http/handle.ts';
import { countDeadLetters, listDeadLetters } from '#shared/services/dead-letters/read-dead-letters.ts';
import { replayDeadLetters, type ReplayPorts } from '#shared/services/dead-letters/replay-dead-letters.ts';

const [countRoute, listRoute, replayRoute] = deadLetterRoutes;

export const routes = (wiring: ReplayPorts): RouteHandlers => [
  handle(countRoute, async () => ({ body: await countDeadLetters(wiring), subjects: [] })),
  handle(listRoute, async ({ path }) => {
    const page = await listDeadLetters(wiring, path.queue);
    return {
      body: page,
      subjects: page.items.flatMap(({ messageId, uploadId }) => [messageId, ...(uploadId === undefined ? [] : [uploadId])]),
    };
  }),
  handle(replayRoute, async ({ path, body, principal, idempotencyKey }) => {
    const result = await replayDeadLetters(wiring, { queue: path.queue, newReplay: body, staffId: principal.id, idempotencyKey });
    return { body: result, subjects: [result.replayId, ...result.sent] };
  }),
];
