/**
 * Takes the quotes off rows that are quoted as a whole (`"a,b,""c"""`), which is what comes out where a CSV was pasted into
 * the first column of a sheet and saved again. Lines that are not are left as they are.
 */
export const unquoteRows = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
  const encoder = new TextEncoder();
  let held = '';
  for await (const chunk of bytes) {
    held += decoder.decode(chunk, { stream: true });
    const end = held.lastIndexOf('\n') + 1;
    if (end === 0) continue;
    yield encoder.encode(unquoted(held.slice(0, end)));
    held = held.slice(end);
  }
  yield encoder.encode(unquoted(held + decoder.decode()));
};

const unquoted = (lines: string): string =>
  lines
    .split('\n')
    .map((line) => {
      const [, mark = '', inner, end = ''] = /^(\uFEFF?)"((?:[^"]|"")*)"[,;\t]*(\r?)$/.exec(line) ?? [];
      return inner === undefined ? line : mark + inner.replaceAll('""', '"') + end;
    })
    .join('\n');
