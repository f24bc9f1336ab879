// Does with each message what its body asks for.
import console from 'node:console';
import process from 'node:process';

let handled = 0;

const act = async (record, context) => {
  const { say, fail, throws, hang, crash, spin } = JSON.parse(record.body);
  console.log(JSON.stringify({ say, attempt: Number(record.attributes.ApproximateReceiveCount), handled: ++handled, pid: process.pid }));
  if (spin) for (;;);
  if (hang) await new Promise(() => undefined);
  if (crash && Number(record.attributes.ApproximateReceiveCount) === 1) process.exit(1);
  if (throws) throw new Error('as asked');
  if (context.getRemainingTimeInMillis() > 2000) throw new Error('more time than the template allows');
  return fail === true ? [{ itemIdentifier: record.messageId }] : [];
};

export const handler = async (event, context) => {
  if (event.Records === undefined) return console.log(JSON.stringify({ fired: event['detail-type'] }));
  const failures = await Promise.all(event.Records.map((record) => act(record, context)));
  return { batchItemFailures: failures.flat() };
};
