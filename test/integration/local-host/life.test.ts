import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startHost } from '#infra/local/host/host.ts';
import { textAt } from '#infra/local/json.ts';
import { fixtureResources, writeAssembly } from '#test/support/local-host/assembly.ts';
import { fixtureHost } from '#test/support/local-host/fixture-host.ts';

const assembly = writeAssembly(fixtureResources());
const dataDir = mkdtempSync(path.join(tmpdir(), 'host-data-'));
afterAll(() => {
  assembly.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a host with a data folder', () => {
  it('goes on where it stopped: tables, objects, secrets, waiting messages, tokens', async () => {
    const first = fixtureHost(await startHost({ assembly: assembly.directory, dataDir }));
    const item = { pk: { S: 'a' }, sk: { S: '1' } };
    await first.probe('dynamodb', 'PutItem', { TableName: first.ref('Table'), Item: item });
    const object = { Bucket: first.ref('Quarantine'), Key: 'q/kept' };
    const stored = await first.probe('s3', 'PutObject', { ...object, Body: 'kept' });
    const secret = await first.probe('secretsmanager', 'GetSecretValue', { SecretId: first.ref('Secret') });
    await first.host.drained();
    const waiting = await first.host.queued('verdicts');
    const token = await first.host.token(['auditor']);
    await first.host.stop();

    const second = fixtureHost(
      await startHost({ assembly: assembly.directory, dataDir, ports: { issuer: Number(new URL(first.host.issuer).port) } }),
    );
    expect(await second.probe('dynamodb', 'GetItem', { TableName: second.ref('Table'), Key: item })).toMatchObject({ Item: item });
    expect(await second.probe('s3', 'GetObject', object)).toMatchObject({
      Body: 'kept',
      VersionId: textAt(stored, 'VersionId'),
    });
    expect(await second.probe('secretsmanager', 'GetSecretValue', { SecretId: second.ref('Secret') })).toEqual(secret);
    expect(await second.host.queued('verdicts')).toEqual(waiting);
    expect((await fetch(`${second.host.apiUrl}/items/1`, { headers: { authorization: token } })).status).toBe(200);
    await second.host.stop();
  });
});

describe('a host that cannot start says so in one line', () => {
  it('when there is no assembly', async () => {
    await expect(startHost({ assembly: '/nowhere/cdk.out' })).rejects.toThrow(
      'manifest.json is missing in /nowhere/cdk.out: run "npm run synth" and start again.',
    );
  });

  it('when a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(startHost({ assembly: assembly.directory, ports: { portal: port } })).rejects.toThrow(
      `Port ${port} for the portal is taken: stop the program that uses it, or choose another port.`,
    );
    other.close();
  });

  it('when the data folder cannot be made', async () => {
    await expect(startHost({ assembly: assembly.directory, dataDir: '/dev/null/data' })).rejects.toThrow(
      '/dev/null/data cannot be written to: choose another folder for the data, or change its owner or rights.',
    );
  });

  it('when another host works on the same data, and only then', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'host-data-'));
    const first = await startHost({ assembly: assembly.directory, dataDir: folder });
    await expect(startHost({ assembly: assembly.directory, dataDir: folder })).rejects.toThrow(
      `${folder} is in use by another start (process ${process.pid}): stop that one, or choose another folder. If there is none, delete ${folder}/host.lock.`,
    );
    await first.stop();
    expect(existsSync(path.join(folder, 'host.lock'))).toBe(false);

    // As a host leaves it that was killed: no process has this number.
    writeFileSync(path.join(folder, 'host.lock'), '4194305');
    await (await startHost({ assembly: assembly.directory, dataDir: folder })).stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['{', '[]'])('when what it remembered is damaged (%s)', async (text) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'host-data-'));
    writeFileSync(path.join(folder, 'host.json'), text);
    await expect(startHost({ assembly: assembly.directory, dataDir: folder })).rejects.toThrow(
      `${folder}/host.json is damaged: without it the data beside it cannot be read. Choose another folder for the data.`,
    );
    rmSync(folder, { recursive: true, force: true });
  });

  it('when the template has a resource nobody has decided about', async () => {
    const odd = writeAssembly({ Odd: { Type: 'AWS::Neptune::DBCluster', Properties: {} } });
    await expect(startHost({ assembly: odd.directory })).rejects.toThrow(
      /^The local host does not know AWS::Neptune::DBCluster: emulate it, or add it/,
    );
    odd.remove();
  });
});
