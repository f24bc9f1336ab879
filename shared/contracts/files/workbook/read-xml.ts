import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { fileRefusals } from '../file-refusals.ts';
import { UnreadableFile } from '../opening/unreadable-file.ts';

export interface XmlHandlers {
  /** `name` without its namespace's prefix. */
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Longer text between two tags than this is not kept together. */
const longestText = 4 * 1024 * 1024;

const plainName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML as it comes, calling the handlers; yields after each piece, so that what the handlers gathered can be passed on.
 * A document type declaration, which is where entity bombs and references to other files live, is refused as soon as it shows.
 */
export const readXml = async function* (chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let sinceTag = 0;
  let refusal: UnreadableFile | undefined;
  parser.on('doctype', () => {
    refusal ??= new UnreadableFile(fileRefusals.workbookUnsafe);
  });
  parser.on('error', () => {
    refusal ??= new UnreadableFile(fileRefusals.workbookDamaged);
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    sinceTag = 0;
    handlers.open?.(plainName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    sinceTag = 0;
    handlers.close?.(plainName(tag.name));
  });
  if (handlers.text) parser.on('text', handlers.text);
  if (handlers.text) parser.on('cdata', handlers.text);

  const decoder = new TextDecoder('utf-8', { fatal: true });
  let seen = '';
  for await (const chunk of chunks) {
    const text = decoded(decoder, chunk);
    if (seen.length < 4096) {
      seen += text.slice(0, 4096);
      if (seen.includes('<!DOCTYPE')) throw new UnreadableFile(fileRefusals.workbookUnsafe);
    }
    sinceTag += text.length;
    parser.write(text);
    if (sinceTag > longestText) refusal ??= new UnreadableFile(fileRefusals.workbookTooLarge);
    if (refusal) throw refusal;
    yield;
  }
  parser.write(decoded(decoder)).close();
  if (refusal) throw refusal;
  yield;
};

const decoded = (decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string => {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (error) {
    if (error instanceof TypeError) throw new UnreadableFile(fileRefusals.workbookDamaged);
    throw error;
  }
};

/** Reads it all for what the handlers make of it. */
export const readWholeXml = async (chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> => {
  const reading = readXml(chunks, handlers);
  while ((await reading.next()).done !== true);
};
