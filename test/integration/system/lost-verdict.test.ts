import { expect, it } from 'vitest';
import { manyPupils, schoolRollCsv } from '../../support/school-roll-csv.ts';
import { useSystem } from '../../support/system.ts';

/** The scanner does its work, and nobody hears of it. */
const system = useSystem({ loses: (detailType) => detailType === 'GuardDuty Malware Protection Object Scan Result' });

const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

it('A file whose verdict was never announced goes on once the sweep looks for it, and an infected one is refused', async () => {
  const { issueLink, send, upload, change, host } = system();
  const link = await issueLink({ agency: 'northfield-academy', feed: 'school-roll' });
  const files = [schoolRollCsv(manyPupils(3)), `${schoolRollCsv(manyPupils(3, 10))}${eicar}\r\n`];
  const ids: string[] = [];
  for (const file of files) ids.push((await send(link, file)).uploadId);
  for (const id of ids) expect((await upload(id)).state).toBe('granted');

  const sixMinutesAgo = new Date(Date.now() - 360_000).toISOString();
  for (const id of ids) await change('Uploads', { pk: `UPLOAD#${id}`, sk: 'UPLOAD' }, { updatedAt: sixMinutesAgo });
  await host.fireSchedules('sweep-uploads');
  await host.drained();

  const [good, bad] = await Promise.all(ids.map((id) => upload(id)));
  expect(good).toMatchObject({ state: 'completed', counts: { rows: 3, added: 3 } });
  expect(bad).toMatchObject({ state: 'refused', refusal: { code: 'malware-found' } });
  expect(host.logs().filter(({ line }) => line.includes('is not allowed'))).toEqual([]);
});
