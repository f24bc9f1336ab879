import { describe, expect, it } from 'vitest';
import { parseJson, textAt } from '#infra/local/json.ts';
import { useFixtureHost } from '#test/support/local-host/fixture-host.ts';

const fixture = useFixtureHost({ retryAfterSeconds: 0 });

const lines = (from: string, since = 0) =>
  fixture()
    .host.logs()
    .slice(since)
    .filter((entry) => entry.from === from)
    .map(({ line }) => line);

const send = async (...messages: readonly Record<string, boolean | string>[]): Promise<void> => {
  const { probe, ref } = fixture();
  for (const message of messages) await probe('sqs', 'SendMessage', { QueueUrl: ref('Queue'), MessageBody: JSON.stringify(message) });
};

/** How often the worker was given each message. */
const attempts = (...names: readonly string[]) => {
  const said = lines('worker').flatMap((line) => (line.startsWith('{') ? [textAt(parseJson(line), 'say')] : []));
  return names.map((name) => said.filter((one) => one === name).length);
};

const deadLetters = async () =>
  (await fixture().host.queued(fixture().ref('DeadLetters'))).map(({ body }) => textAt(parseJson(body), 'say'));

describe('a function’s calls', () => {
  it('reach the table, the queue and the secret that its role allows', async () => {
    const { probe, ref } = fixture();
    const key = { pk: { S: 'a' }, sk: { S: '1' } };
    const check = {
      ConditionCheck: { TableName: ref('Table'), Key: { pk: { S: 'z' }, sk: { S: 'z' } }, ConditionExpression: 'attribute_not_exists(pk)' },
    };
    const write = { Put: { TableName: ref('Table'), Item: { ...key, listPk: { S: 'l' }, listSk: { S: '1' } } } };
    expect(await probe('dynamodb', 'TransactWriteItems', { TransactItems: [write, check] })).toMatchObject({ status: 200 });
    expect(
      await probe('dynamodb', 'Query', {
        TableName: ref('Table'),
        IndexName: 'listing',
        KeyConditionExpression: 'listPk = :l',
        ExpressionAttributeValues: { ':l': { S: 'l' } },
      }),
    ).toMatchObject({ Count: 1, Items: [key] });
    const secret = textAt(await probe('secretsmanager', 'GetSecretValue', { SecretId: ref('Secret') }), 'SecretString') ?? '';
    expect(textAt(parseJson(secret), 'version')).toBe('1');
    expect(textAt(parseJson(secret), 'key')).toMatch(/^[A-Za-z0-9]{64}$/);
  });

  it('are refused as AWS refuses them when the role does not allow them', async () => {
    const { probe, ref, host } = fixture();
    const denied = { error: 'AccessDeniedException', status: 400 };
    const key = { pk: { S: 'a' }, sk: { S: '1' } };
    expect(await probe('dynamodb', 'DeleteItem', { TableName: ref('Table'), Key: key })).toEqual(denied);
    expect(await probe('dynamodb', 'TransactWriteItems', { TransactItems: [{ Delete: { TableName: ref('Table'), Key: key } }] })).toEqual(
      denied,
    );
    expect(await probe('dynamodb', 'Scan', { TableName: ref('Table') })).toEqual(denied);
    expect(await probe('sqs', 'ReceiveMessage', { QueueUrl: ref('Queue') })).toMatchObject({ status: 400 });
    expect(await probe('s3', 'GetObject', { Bucket: ref('Clean'), Key: 'c/1' })).toEqual({ error: 'AccessDenied', status: 403 });
    expect(
      host
        .calls()
        .filter(({ allowed }) => !allowed)
        .map(({ action }) => action),
    ).toEqual(expect.arrayContaining(['dynamodb:DeleteItem', 'dynamodb:Scan', 'sqs:ReceiveMessage', 's3:GetObject']));
    expect(lines('host')).toContain(`probe is not allowed dynamodb:Scan on arn:aws:dynamodb:eu-west-2:000000000000:table/${ref('Table')}`);
  });

  it('show which grants nothing used', async () => {
    const { probe, ref, host } = fixture();
    await probe('dynamodb', 'GetItem', { TableName: ref('Table'), Key: { pk: { S: 'a' }, sk: { S: '1' } } });
    const unused = host.unusedGrants();
    const objects = `arn:aws:s3:::${ref('Quarantine')}/*`;
    expect(unused).toContainEqual({ function: 'probe', action: 's3:DeleteObjectVersion', resources: [objects] });
    expect(unused).toContainEqual({
      function: 'probe',
      action: 'sqs:SendMessage',
      resources: ['arn:aws:sqs:eu-west-2:000000000000:fixture-DeadLetters'],
    });
    expect(unused.map(({ action }) => action)).not.toContain('dynamodb:GetItem');
    expect(unused.map(({ action }) => action)).not.toContain('logs:PutLogEvents');
  });
});

describe('a function behind a queue', () => {
  it('gets its messages, and those it reports as failed again, until they end in the dead-letter queue', async () => {
    await send({ say: 'fine' }, { say: 'never', fail: true });
    await fixture().host.drained();
    expect(attempts('fine', 'never')).toEqual([1, 2]);
    expect(await deadLetters()).toContain('never');
  });

  it('gets the whole batch again when it throws', async () => {
    await send({ say: 'throws', throws: true });
    await fixture().host.drained();
    expect(attempts('throws')).toEqual([2]);
    expect(await deadLetters()).toContain('throws');
  });

  it('is killed when its time is up, asleep or busy, and starts afresh for the next message', async () => {
    await send({ say: 'hangs', hang: true });
    await fixture().host.drained();
    await send({ say: 'spins', spin: true });
    await fixture().host.drained();
    await send({ say: 'after' });
    await fixture().host.drained();
    expect(attempts('hangs', 'spins', 'after')).toEqual([2, 2, 1]);
    expect(lines('host')).toContain('worker timed out after 2 seconds');
  });

  it('finishes after a crash', async () => {
    await send({ say: 'crashes', crash: true });
    await fixture().host.drained();
    expect(attempts('crashes')).toEqual([2]);
    expect(await deadLetters()).not.toContain('crashes');
  });

  it('can be killed at work from outside', async () => {
    const { host } = fixture();
    await send({ say: 'killed', hang: true });
    await expect.poll(() => attempts('killed')[0], { timeout: 10_000 }).toBe(1);
    expect(host.killFunction('worker')).toBe(true);
    await host.drained();
    expect(attempts('killed')).toEqual([2]);
    expect(lines('host')).toContain('worker ended with SIGKILL');
  });

  it('keeps its process warm between messages', async () => {
    const before = fixture().host.logs().length;
    for (const say of ['one', 'two', 'three']) {
      await send({ say });
      await fixture().host.drained();
    }
    const pids = lines('worker', before).map((line) => textAt(parseJson(line), 'pid'));
    expect(pids).toHaveLength(3);
    expect(new Set(pids).size).toBeLessThanOrEqual(2);
  });

  it('is fired by its schedule', async () => {
    const before = fixture().host.logs().length;
    await fixture().host.fireSchedules('worker');
    await fixture().host.drained();
    expect(lines('worker', before)).toEqual(['{"fired":"Scheduled Event"}']);
  });

  it('leaves a trace of every message that was sent', async () => {
    await send({ say: 'traced' });
    await fixture().host.drained();
    expect(fixture().host.messages()).toContainEqual({ queue: 'fixture-Queue', body: '{"say":"traced"}' });
  });
});
