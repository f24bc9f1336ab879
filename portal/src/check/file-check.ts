import type { FromWorker, PreparedFile, SheetCheck, ToWorker } from './check-messages.ts';

/** Reads one chosen file in a worker of its own, so that the page answers meanwhile. Nothing of it leaves the machine. */
export class FileCheck {
  readonly #worker = new Worker('/check-worker.js', { type: 'module' });

  /** The answer to one question; `undefined` where the file could not be read or the check was closed. */
  #ask<Kind extends FromWorker['kind']>(
    question: ToWorker,
    kind: Kind,
    onProgress?: (news: Extract<FromWorker, { kind: 'progress' }>) => void,
  ): Promise<Extract<FromWorker, { kind: Kind }> | undefined> {
    return new Promise((resolve) => {
      const isAnswer = (message: FromWorker): message is Extract<FromWorker, { kind: Kind }> => message.kind === kind;
      this.#worker.onerror = () => resolve(undefined);
      this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (isAnswer(data)) resolve(data);
        else if (data.kind === 'progress') onProgress?.(data);
        else resolve(undefined);
      };
      this.#worker.postMessage(question);
    });
  }

  async check(
    request: Omit<Extract<ToWorker, { kind: 'check' }>, 'kind'>,
    onProgress: (news: { readonly rows: number; readonly share: number }) => void,
  ): Promise<SheetCheck | undefined> {
    return (await this.#ask({ kind: 'check', ...request }, 'checked', onProgress))?.check;
  }

  async prepare(which: 'all' | 'good'): Promise<PreparedFile | undefined> {
    return (await this.#ask({ kind: 'prepare', which }, 'prepared'))?.file;
  }

  async annotate(problems: Extract<ToWorker, { kind: 'annotate' }>['problems']): Promise<Blob | undefined> {
    return (await this.#ask({ kind: 'annotate', problems }, 'annotated'))?.content;
  }

  close(): void {
    this.#worker.terminate();
  }
}
