import type { FieldError } from '#shared/contracts/http/problems.ts';
import { codeMissing, isCode } from '#shared/contracts/upload-page/opening.ts';
import { readTypedLinkCode } from '#shared/domain/uploads/typed-link-code.ts';
import type { Opening } from '#shared/services/links/recognise-link.ts';
import { Refusal } from '#shared/services/refusal.ts';

/** The typed code, a link as a whole, or what stands behind its `#`. Undefined for what can be none of them: a slip of the pen. */
const tokenIn = (link: string): string | undefined => {
  const given = link.trim().replace(/^[^#]*#/, '');
  return readTypedLinkCode(given) !== undefined || /^[\w-]{43}$/.test(given) ? given : undefined;
};

/** What was typed, held against its form only: nothing is looked up, and no try is counted, for what cannot be right. */
export const readOpening = ({ link, code }: { readonly link: string; readonly code: string }): Opening => {
  const token = tokenIn(link);
  const errors: FieldError[] = [];
  if (token === undefined) {
    errors.push({
      pointer: '/body/link',
      code: 'not-a-link',
      message:
        link.trim() === ''
          ? 'Enter the code of your link'
          : 'Check the code of your link: it is not whole, or a letter or digit in it is wrong',
      fix: 'Type all 20 letters and digits, or paste the whole link.',
    });
  }
  if (!isCode(code)) errors.push({ pointer: '/body/code', code: 'not-a-code', message: codeMissing, fix: 'Type all 8 digits.' });
  if (token === undefined || errors.length > 0) throw new Refusal('invalid-request', { errors });
  return { token, code };
};
