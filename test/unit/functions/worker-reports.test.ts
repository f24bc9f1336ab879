import { describe, expect, it } from 'vitest';
import { reportScreening } from '#functions/screen-upload/report-screening.ts';
import { reportOutbox, reportUpload } from '#functions/sweep-uploads/report-sweep.ts';
import { screeningRefusals } from '#shared/domain/uploads/screening.ts';
import { flushMetrics } from '#shared/platform/metrics/count.ts';
import { anUpload } from '#test/support/an-upload.ts';
import { capturedOutput, jsonLines } from '#test/support/captured-output.ts';

const messageId = '0a1b2c3d-0000-4000-8000-000000000000';
// Nothing of an upload but ids and words of ours may be logged: these two must not be.
const upload = anUpload({ agreement: 'CANARY-AGREEMENT', agency: 'canary-agency' });

const reported = async (work: () => void): Promise<{ readonly text: string; readonly lines: readonly Record<string, unknown>[] }> => {
  const text = await capturedOutput(() => {
    work();
    flushMetrics();
  });
  return { text, lines: jsonLines(text) };
};

describe('The screening worker reports', () => {
  it('a file that goes on', async () => {
    const { lines } = await reported(() => reportScreening({ kind: 'promoted', upload }, messageId));
    expect(lines[0]).toMatchObject({ message: 'upload.screened', messageId, uploadId: upload.uploadId, feed: 'school-roll', bytes: 1000 });
  });

  it('malware, as a refusal and as what it is', async () => {
    const { lines, text } = await reported(() =>
      reportScreening({ kind: 'refused', upload, code: screeningRefusals.infected.code }, messageId),
    );
    expect(lines[0]).toMatchObject({ message: 'upload.refused', code: 'malware-found', uploadId: upload.uploadId });
    expect(lines.at(-1)).toMatchObject({ UploadRefused: 1, UploadInfected: 1 });
    expect(text).not.toMatch(/canary/i);
  });

  it('another refusal, as a refusal only', async () => {
    const { lines } = await reported(() => reportScreening({ kind: 'refused', upload, code: 'not-scannable' }, messageId));
    expect(lines.at(-1)).toMatchObject({ UploadRefused: 1 });
    expect(lines.at(-1)).not.toHaveProperty('UploadInfected');
  });

  it('what it ignored and why', async () => {
    const { lines } = await reported(() =>
      reportScreening({ kind: 'ignored', because: 'other-version', uploadId: upload.uploadId }, messageId),
    );
    expect(lines[0]).toMatchObject({ message: 'message.ignored', reason: 'other-version', uploadId: upload.uploadId });
  });
});

describe('The sweep reports', () => {
  it.each([
    ['unscreened', 'upload.unscreened', 'UploadUnscreened'],
    ['expired', 'upload.expired', 'UploadExpired'],
    ['sent-to-screen', 'upload.resent', 'UploadResent'],
    ['sent-to-ingest', 'upload.resent', 'UploadResent'],
  ] as const)('an upload that was %s', async (kind, message, metric) => {
    const { lines, text } = await reported(() => reportUpload({ kind, upload }));
    expect(lines[0]).toMatchObject({ message, uploadId: upload.uploadId, state: 'granted', source: 'link' });
    expect(lines.at(-1)).toMatchObject({ [metric]: 1 });
    expect(text).not.toMatch(/canary/i);
  });

  it('nothing of an upload that it left alone', async () => {
    expect((await reported(() => reportUpload({ kind: 'left', upload }))).lines).toEqual([]);
  });

  it('one that it could not help, without the words of the error', async () => {
    const { lines, text } = await reported(() => reportUpload({ kind: 'failed', upload, error: new Error('canary in the message') }));
    expect(lines[0]).toMatchObject({ message: 'sweep.failed', errorName: 'Error', uploadId: upload.uploadId });
    expect(text).not.toMatch(/canary/i);
  });

  it('how much work it announced again, if any', async () => {
    expect((await reported(() => reportOutbox(0))).lines).toEqual([]);
    const { lines } = await reported(() => reportOutbox(7));
    expect([lines[0], lines.at(-1)]).toMatchObject([{ message: 'outbox.resent', resent: 7 }, { OutboxResent: 7 }]);
  });
});
