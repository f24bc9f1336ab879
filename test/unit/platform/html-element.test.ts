import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlElement, htmlPage } from '#shared/platform/http/html-element.ts';

const hostile = `</p><script>alert("1")</script>&amp;'`;

describe('Markup that is made as text', () => {
  it('holds what it is given as text, wherever it stands', () => {
    expect(htmlElement('p', { title: hostile }, hostile).text).toBe(
      '<p title="&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;">&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;</p>',
    );
    expect(htmlPage.table(hostile, [hostile], [[hostile]]).text).not.toContain('<script');
  });

  it('nests what was made, leaves out what is not there, and gives no end to what has none', () => {
    expect(htmlElement('p', {}, htmlElement('br', {}), undefined, 'a').text).toBe('<p><br>a</p>');
    expect(htmlElement('input', { required: '', name: 'x' }).text).toBe('<input required="" name="x">');
  });

  it('refuses a name that is none', () => {
    expect(() => htmlElement('p onclick', {})).toThrow(TypeError);
    expect(() => htmlElement('p', { 'x="1" onclick': '' })).toThrow(TypeError);
  });

  it('lets no text out of its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [, attribute = '', content = ''] =
          /^<p title="([^"]*)">([^<]*)<\/p>$/su.exec(htmlElement('p', { title: text }, text).text) ?? [];
        for (const written of [attribute, content])
          expect(
            written
              .replaceAll('&lt;', '<')
              .replaceAll('&gt;', '>')
              .replaceAll('&quot;', '"')
              .replaceAll('&#39;', "'")
              .replaceAll('&amp;', '&'),
          ).toBe(text);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
