import { statesNotBegun, type UploadState } from '../../domain/uploads/upload.ts';
import { requestWithdrawal, type RequestWithdrawalPorts } from './request-withdrawal.ts';

const replaceable: readonly UploadState[] = [...statesNotBegun, 'completed'];

/**
 * Once a file that replaces another has been taken in, the other is taken back. Asked again after a crash it finds that it
 * has been.
 */
export const takeBackReplaced = async (ports: RequestWithdrawalPorts, uploadId: string): Promise<void> => {
  const upload = await ports.uploads.findUpload(uploadId);
  if (upload?.state !== 'completed' || upload.replaces === undefined) return;
  const replaced = await ports.uploads.findUpload(upload.replaces);
  if (replaced !== undefined && replaceable.includes(replaced.state)) {
    await requestWithdrawal(ports, replaced.uploadId, { by: 'link' });
  }
};
