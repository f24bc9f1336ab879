import { formPath } from '#shared/contracts/upload-page/frame.ts';
import { describedBy } from '#shared/contracts/upload-page/markup.ts';
import { codeField, codeGiven } from '#shared/contracts/upload-page/opening.ts';
import { htmlElement as element, htmlPage as page, type Html } from '#shared/platform/http/html-element.ts';
import { formTo, layout, submit } from './layout.ts';

export interface OpenFaults {
  readonly link?: string | undefined;
  readonly code?: string | undefined;
}

const title = 'Open your link to send a file';
const linkField = {
  id: 'link',
  label: 'The code of your link',
  hint: '20 letters and digits that came with the link, for example 7Q4M-2XPT-K9RD-W4HN-BC8V. You can also paste the whole link.',
} as const;

const input = (id: string, error: string | undefined, more: Readonly<Record<string, string>>): Html =>
  element('input', {
    class: `govuk-input ${more['class'] ?? ''}${error === undefined ? '' : ' govuk-input--error'}`.trim(),
    id,
    name: id,
    type: 'text',
    spellcheck: 'false',
    'aria-describedby': describedBy({ id, error }),
    ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== 'class')),
  });

/** `typed`: what was put in for the link, so that nobody has to type twenty characters again because of another eight. */
export const openPage = (council: string, faults: OpenFaults = {}, typed = ''): string => {
  const wrong = (['link', 'code'] as const).flatMap((id) => {
    const text = faults[id];
    return text === undefined ? [] : [{ text, target: id }];
  });
  return layout({
    state: wrong.length === 0 ? 'open' : 'open-error',
    title: wrong.length === 0 ? title : `Error: ${title}`,
    council,
    content: [
      page.twoThirds(
        wrong.length === 0 ? undefined : page.errorSummary(wrong, { autofocus: true }),
        page.heading(title),
        page.paragraph(
          'These pages need no JavaScript. With it, ',
          element('a', { class: 'govuk-link', href: '/' }, 'the usual upload page'),
          ' checks your file before it is sent.',
        ),
        page.paragraph(codeGiven),
        formTo(
          `${formPath}/open`,
          {},
          page.formGroup(
            { ...linkField, error: faults.link },
            input('link', faults.link, { value: typed, autocomplete: 'off', autocapitalize: 'characters' }),
          ),
          page.formGroup(
            { id: 'code', ...codeField, error: faults.code },
            input('code', faults.code, { class: 'govuk-input--width-10', inputmode: 'numeric', autocomplete: 'one-time-code' }),
          ),
          submit('Continue'),
        ),
      ),
    ],
  });
};
