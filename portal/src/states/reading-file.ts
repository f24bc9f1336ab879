import { button, element, heading, paragraph, twoThirds } from '../page/element.ts';
import { show } from '../page/show.ts';
import { rowsInWords } from '#shared/contracts/upload-page/wording.ts';

/** The file is being read on this machine. Returns what moves the bar; said aloud at every quarter. */
export const showReadingFile = (name: string, onCancel: () => void): ((news: { rows: number; share: number }) => void) => {
  const bar = element('progress', { class: 'sf-progress', max: '100', value: '0', 'aria-labelledby': 'reading-step' });
  const step = element('p', { class: 'govuk-body', id: 'reading-step' }, 'Opening the file');
  const aloud = element('p', { class: 'govuk-visually-hidden', role: 'status' });
  show(
    'reading-file',
    'Checking your file',
    twoThirds(
      heading('Checking your file'),
      paragraph(`${name} is being checked on your computer. Nothing has been sent.`),
      step,
      bar,
      aloud,
      button('Cancel', onCancel, 'govuk-button--secondary'),
    ),
  );
  let quarter = 0;
  return ({ rows, share }) => {
    bar.value = Math.round(share * 100);
    step.textContent = `${rowsInWords(rows)} read`;
    const reached = Math.floor(share * 4);
    if (reached <= quarter) return;
    quarter = reached;
    aloud.textContent = `${String(reached * 25)}% read`;
  };
};
