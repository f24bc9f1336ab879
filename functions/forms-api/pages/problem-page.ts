import { problems } from '#shared/contracts/http/problems.ts';
import { formPath } from '#shared/contracts/upload-page/frame.ts';
import { receiptNotSigned } from '#shared/contracts/upload-page/outcome.ts';
import { filesAreSafe, linkProblem, openAgain, unavailable } from '#shared/contracts/upload-page/opening.ts';
import type { ErrorAnswer } from '#shared/platform/http/error-answer.ts';
import { htmlPage as page, type HtmlChild } from '#shared/platform/http/html-element.ts';
import { layout, linkButton } from './layout.ts';
import { openPage } from './open-page.ts';

/** What could not be done, for people, with what they can do. */
export const problemPage =
  (council: string) =>
  (problem: ErrorAnswer, sent: Readonly<Record<string, string>>, correlationId: string): string => {
    const { code, errors } = problem;
    const typed = sent['link'] ?? '';
    const ofLink = linkProblem(code);
    if (ofLink !== undefined) {
      const [title, text] = ofLink;
      return dead(council, 'link-unusable', title, [page.paragraph(text), page.paragraph(filesAreSafe)]);
    }
    if (code === 'link-not-found') return openPage(council, { link: `${problems[code].title}. ${problems[code].detail}` }, typed);
    if (code === 'session-ended') return openPage(council, { link: openAgain });
    if (code === 'invalid-request' && 'link' in sent) {
      const at = (pointer: string): string | undefined => errors.find((error) => error.pointer === pointer)?.message;
      return openPage(council, { link: at('/body/link'), code: at('/body/code') }, typed);
    }
    const [title, text] = words(problem);
    return dead(council, 'problem', title, [
      ...text.map((line) => page.paragraph(line)),
      linkButton('Back to what is asked for', `${formPath}/link`, ''),
      page.paragraph(`If you tell the council about this, quote ${correlationId}.`),
    ]);
  };

const words = ({ code, errors }: ErrorAnswer): readonly [title: string, text: readonly string[]] => {
  switch (code) {
    case 'forbidden':
      return ['This form was not sent from this site', ['Nothing was done. Go back to what is asked for and try again from there.']];
    case 'receipt-not-ready':
      return ['The receipt is not ready', [receiptNotSigned]];
    case 'upload-not-found':
    case 'not-found':
    case 'invalid-cursor':
    case 'invalid-request':
      return ['There is nothing here', ['The address may be mistyped, or the file came through another link.']];
    case 'state-conflict':
      return ['That cannot be done at the moment', ['The rows of the file are being read. Try again in a minute.']];
    case 'file-not-acceptable':
      return ['That cannot be sent', errors.flatMap(({ message, fix }) => [message, fix])];
    default:
      return [unavailable.title, [unavailable.text]];
  }
};

const dead = (council: string, state: 'link-unusable' | 'problem', title: string, content: readonly HtmlChild[]): string =>
  layout({ state, title, council, content: [page.twoThirds(page.heading(title), ...content)] });
