/** The machine or the template is not as the host needs it: one line that says what to do, no stack needed. */
export class HostError extends Error {
  override readonly name = 'HostError';
}

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
