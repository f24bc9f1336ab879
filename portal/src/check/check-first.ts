import type { OpenedLink } from '#shared/contracts/http/portal-routes.ts';
import { showCheckPassed, showCheckProblems } from '../states/check-result.ts';
import type { QueryNote } from '#shared/domain/uploads/query-note.ts';
import { digestsOf, noteFields } from '../states/query-notes.ts';
import { showReadingFile } from '../states/reading-file.ts';
import { showRepairs } from '../states/repairs.ts';
import type { CheckedSheet, PreparedFile, Repair } from './check-messages.ts';
import { FileCheck } from './file-check.ts';

export interface ReadyToSend {
  readonly prepared: PreparedFile;
  readonly check: CheckedSheet;
  readonly notes: readonly QueryNote[];
  /** Stays open, so that the file can be given back with its results; whoever is done with it closes it. */
  readonly file: FileCheck;
}

interface Steps {
  readonly link: OpenedLink;
  readonly file: File;
  /** In the words of the file upload component, or of the refusal. */
  readonly onRefused: (message: string) => void;
  readonly onAnother: () => void;
  /** What was said of odd rows of the last files. */
  readonly rememberedNotes: () => Promise<readonly QueryNote[]>;
  readonly onSend: (ready: ReadyToSend) => void;
}

const unreadable = 'The selected file could not be read – close it in other programs and choose it again';

/** Checks a chosen file on this machine and lets the sender decide what to do about what was found, up to sending it. */
export const checkFirst = ({ link, file, rememberedNotes, onRefused, onAnother, onSend }: Steps): void => {
  const check = new FileCheck();
  let isOver = false;
  const leave = (then: () => void) => (): void => {
    isOver = true;
    check.close();
    then();
  };
  /** Asked after each wait: the sender may have turned to something else meanwhile. */
  const hasLeft = (): boolean => isOver;
  const refuse = (message: string): void => leave(() => onRefused(message))();

  const read = async (repairs?: readonly Repair[]): Promise<void> => {
    const progress = showReadingFile(file.name, leave(onAnother));
    const { id: feed, kind } = link.feed;
    const period = { start: link.periodStart, end: link.periodEnd };
    const found = await check.check({ file, feed, period, agreed: link.agreement.columns, ...(repairs && { repairs }) }, progress);
    if (hasLeft()) return;
    if (!found) {
      refuse(unreadable);
      return;
    }
    if (found.kind === 'refused') {
      refuse(`${found.refusal.message}. ${found.refusal.fix}`);
      return;
    }
    if (repairs === undefined && found.proposals.length > 0) {
      showRepairs({ check: found, onRepair: (chosen) => void read(chosen), onLeave: () => void read([]) });
      return;
    }
    const isWholeList = kind === 'snapshot';
    const isOdd = found.queries.length > 0;
    const [digests, remembered] = await Promise.all([digestsOf(found), isOdd ? rememberedNotes() : []]);
    if (hasLeft()) return;
    const result = {
      check: found,
      notes: noteFields(found, { digests, remembered }),
      file: { name: file.name, size: file.size },
      isWholeList,
      council: link.council,
      onAnother: leave(onAnother),
      onSend: (notes: readonly QueryNote[]) => void send(found, isWholeList ? 'all' : 'good', notes),
    };
    if (found.faultyRows > 0) showCheckProblems(result);
    else showCheckPassed(result);
  };

  const send = async (found: CheckedSheet, which: 'all' | 'good', notes: readonly QueryNote[]): Promise<void> => {
    const prepared = await check.prepare(which);
    if (hasLeft()) return;
    if (prepared) onSend({ prepared, check: found, notes, file: check });
    else refuse(unreadable);
  };

  void read();
};
