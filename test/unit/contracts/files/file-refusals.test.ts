import { describe, expect, it } from 'vitest';
import { feeds } from '#shared/contracts/files/feeds.ts';
import { templateCsv } from '#shared/contracts/files/feed-guide.ts';
import { bytesOf, readAll, refusalOf, rowsOf } from './reading.ts';

const codeOf = async (content: string | Uint8Array) => refusalOf(await readAll(content))?.code;
const good = 'upn,category,start_date\nJ1,SUSP,x\n';

const utf16 = (text: string, bom: boolean, littleEndian = true): Uint8Array => {
  const bytes = Array.from((bom ? '\uFEFF' : '') + text).flatMap((letter) => {
    const code = letter.charCodeAt(0);
    return littleEndian ? [code & 255, code >> 8] : [code >> 8, code & 255];
  });
  return new Uint8Array(bytes);
};

const binary = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('A file that is not what it should be is refused whole', () => {
  it.each([
    ['empty', '', 'file-empty'],
    ['only a byte order mark', '\uFEFF', 'file-empty'],
    ['only blank lines', '\r\n\n  \n', 'file-empty'],
    ['an Excel workbook', binary('PK\u0003\u0004\u0014\u0000\u0006\u0000[Content_Types].xml'), 'file-is-excel'],
    ['a zip', binary('PK\u0003\u0004\u0014\u0000\u0000\u0000data.csv'), 'file-is-zip'],
    ['a gzip', new Uint8Array([0x1f, 0x8b, 8, 0]), 'file-is-zip'],
    ['an old Excel workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'file-is-office-document'],
    ['a PDF', '%PDF-1.7\n', 'file-is-pdf'],
    ['bytes that mean nothing', Uint8Array.from({ length: 300 }, (_, n) => ((n * 151 + 7) % 255) + 1), 'file-is-binary'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10]), 'file-is-binary'],
    ['a web page', '<!DOCTYPE html><html>', 'file-is-markup'],
    ['a web page that Excel opens', '\uFEFF <table><tr>', 'file-is-markup'],
    ['XML', '<?xml version="1.0"?>', 'file-is-markup'],
    ['JSON', '[{"upn":"J1"}]', 'file-is-json'],
    ['UTF-16 with its mark', utf16(good, true), 'file-is-utf-16'],
    ['big-endian UTF-16 with its mark', utf16(good, true, false), 'file-is-utf-16'],
    ['UTF-16 without its mark', utf16(good, false), 'file-is-utf-16'],
    ['not UTF-8 in its header', new Uint8Array([...bytesOf('upn,pr'), 0xe9, ...bytesOf('nom\n')]), 'file-not-utf-8'],
    ['with a NUL in its header', 'upn,\u0000category\n', 'file-is-binary'],
    ['one endless line', 'x'.repeat(70_000), 'header-too-long'],
    ['one endless line in quotes', `"${'x'.repeat(140_000)}`, 'header-too-long'],
    ['with quotes in its header that do not match', '"upn"x,category\nJ1\n', 'header-unreadable'],
    ['without column names', 'J340123425001,SUSP,14/11/2024\nJ340123425001,PERM,14/11/2024\n', 'header-missing'],
    ['with other column names', 'a,b,c\n1,2,3\n', 'header-missing'],
    ['with a title above the column names', `Suspensions 2024\n\n${good}`, 'title-rows'],
    ['with columns that are missing', 'upn,category,surname\nJ1,SUSP,A\n', 'columns-missing'],
    ['with a column that is there twice', 'upn,category,start_date,Start Date\n', 'columns-twice'],
    ['with 201 columns', `${good.split('\n')[0] ?? ''}${',x'.repeat(198)}\n`, 'columns-too-many'],
  ])('%s', async (_, content, code) => {
    expect(await codeOf(content)).toBe(code);
  });

  it('says what is missing by name, and nothing from the file', async () => {
    const refusal = refusalOf(await readAll('upn,Maria Musterfrau,surname\nJ1,x,y\n'));
    expect(refusal?.message).toBe('These columns are missing: category, start_date');
    expect(JSON.stringify(refusal)).not.toContain('Muster');
  });

  it.each(Object.values(feeds).flatMap((feed) => feed.recordKey.map((column) => [feed.id, column, feed] as const)))(
    'a %s file without %s, by which a row is known again',
    async (_, column, feed) => {
      const columns = feed.columns.map(({ name }) => name).filter((name) => name !== column);
      const refusal = refusalOf(await readAll(`${columns.join(',')}\n`, { feed }));
      expect(refusal).toMatchObject({ code: 'columns-missing', message: `The column ${column} is missing` });
    },
  );

  it('for a missing column whose cells may be empty, and says that they may', async () => {
    const columns = 'upn,academic_year,term,sess_possible,sess_authorised,sess_unauthorised';
    const refusal = refusalOf(await readAll(`${columns}\n`, { feed: feeds['school-attendance'] }));
    expect(refusal?.fix).toBe(
      'Add it with the same name, or rename yours. We know a record again by estab_no: leave the cell empty where you have no value. Download the template to see all the names.',
    );
    const events = await readAll(`${columns},estab_no\nJ340123425001,2024/25,Autumn,1,0,0,\n`, { feed: feeds['school-attendance'] });
    expect(events.map(({ kind }) => kind)).toEqual(['header', 'row', 'end']);
  });

  it.each([
    ['there is a row above', 'Suspensions'],
    ['there are 2 rows above', 'Suspensions\nprinted 1 May'],
    ['there are 2 rows above', 'Suspensions\n'],
    ['there are 4 rows above', '\nSuspensions\n,,\n"printed\n1 May"'],
  ])('says that %s the column names, blank ones counted as a spreadsheet does', async (says, above) => {
    const refusal = refusalOf(await readAll(`${above}\n${good}`));
    expect(refusal?.code).toBe('title-rows');
    expect(refusal?.message.toLowerCase()).toContain(says);
  });

  it.each(Object.values(feeds).map((feed) => [feed.id, feed] as const))('a %s file sent to another feed’s link, named', async (_, feed) => {
    const other = feed.id === 'suspensions' ? feeds['school-roll'] : feeds.suspensions;
    const refusal = refusalOf(await readAll(templateCsv(feed), { feed: other }));
    expect(refusal).toMatchObject({ code: 'other-feed', message: expect.stringContaining(`“${feed.title}”`) as string });
  });

  it('a snapshot without rows, because it would end every record', async () => {
    expect(refusalOf(await readAll(templateCsv(feeds['school-roll']), { feed: feeds['school-roll'] }))?.code).toBe('file-no-rows');
  });
});

describe('A file is taken', () => {
  it('as an increment without rows: nothing happened', async () => {
    expect((await readAll('upn,category,start_date\n')).map(({ kind }) => kind)).toEqual(['header', 'end']);
  });

  it.each([
    ['in another case', 'UPN,Category,START_DATE'],
    ['with spaces', 'upn,category,Start Date'],
    ['with hyphens', 'upn,category,start-date'],
    ['run together', 'upn,category,startdate'],
    ['with spaces around them', ' upn , category , start_date '],
    ['in quotes', '"upn","category","start_date"'],
    ['in another order', 'start_date,upn,category'],
    ['after a byte order mark', '\uFEFFupn,category,start_date'],
    ['after a byte order mark and in quotes', '\uFEFF"upn","category","start_date"'],
    ['after blank lines', '\n\r\nupn,category,start_date'],
    ['with empty columns at the end', 'upn,category,start_date,,,'],
    ['among 200 columns', `upn,category,start_date${',x'.repeat(197)}`],
  ])('with its column names %s', async (_, header) => {
    const events = await readAll(`${header}\nJ1,SUSP,x\n`);
    expect(refusalOf(events)).toBeUndefined();
    expect(rowsOf(events)).toHaveLength(1);
  });

  it('with a column of the same unknown name twice', async () => {
    expect(await codeOf('upn,category,start_date,notes,notes\nJ1,SUSP,x\n')).toBeUndefined();
  });

  it('with a cell that looks like a signature', async () => {
    expect(await codeOf(`${good}%PDF,SUSP,x\n`)).toBeUndefined();
  });
});
