import { element, heading, paragraph, twoThirds } from '../page/element.ts';
import { show } from '../page/show.ts';

export interface Sending {
  /** Moves the bar; 0 to 1. Said aloud at every quarter, not at every step. */
  readonly progress: (share: number) => void;
  readonly say: (text: string) => void;
}

export const showSending = (): Sending => {
  const bar = element('progress', { class: 'sf-progress', max: '100', value: '0', 'aria-labelledby': 'sending-step' });
  const step = element('p', { class: 'govuk-body', id: 'sending-step' }, 'Getting ready to send');
  const aloud = element('p', { class: 'govuk-visually-hidden', role: 'status' });
  show(
    'sending',
    'Sending your file',
    twoThirds(heading('Sending your file'), step, bar, aloud, paragraph('Keep this page open until the file has been sent.')),
  );
  let quarter = 0;
  return {
    progress: (share) => {
      const percent = Math.round(share * 100);
      bar.value = percent;
      step.textContent = `${String(percent)}% sent`;
      const reached = Math.floor(percent / 25);
      if (reached > quarter) {
        quarter = reached;
        aloud.textContent = `${String(reached * 25)}% sent`;
      }
    },
    say: (text) => {
      step.textContent = text;
      aloud.textContent = text;
    },
  };
};
