import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newUploadReference } from '#shared/platform/upload-reference.ts';
import { referencePattern, uploadReference } from '#shared/domain/uploads/upload-reference.ts';

describe('A reference', () => {
  it('is made of letters that cannot be mistaken', () => {
    expect(uploadReference(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]))).toBe('SF-2345-6789');
    expect(uploadReference(new Uint8Array([8, 16, 17, 18, 19, 20, 28, 29]))).toBe('SF-AJKM-NPYZ');
  });

  it('passes over the bytes that would favour some letters', () => {
    expect(uploadReference(new Uint8Array([240, 255, 0, 30, 60, 90, 120, 150, 180, 210]))).toBe('SF-2222-2222');
    expect(uploadReference(new Uint8Array([240, 241, 242, 243, 244, 245, 246, 247, 248]))).toBeUndefined();
  });

  it('always has the same form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 40 }), (bytes) => {
        const reference = uploadReference(bytes);
        return reference === undefined || referencePattern.test(reference);
      }),
      { seed: 1, numRuns: 1000 },
    );
    expect(newUploadReference()).toMatch(referencePattern);
  });
});
