import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@infrafabric/protocol/testing';
import { expect, test } from 'vitest';
import { csvCell, html, markdown, visibleText } from './text-safety.ts';

test.each([
  ['plain text stays', 'vol-1 Größe 東京 עברית', 'vol-1 Größe 東京 עברית'],
  ['a right-to-left override', 'invoice\u202Egnp.exe', 'invoice⟨U+202E⟩gnp.exe'],
  ['an isolate and its end', '\u2067abc\u2069', '⟨U+2067⟩abc⟨U+2069⟩'],
  ['a zero-width space', 'i-1\u200B2', 'i-1⟨U+200B⟩2'],
  ['a soft hyphen and a filler', 'a\u00ADb\u3164c', 'a⟨U+00AD⟩b⟨U+3164⟩c'],
  ['a terminal escape', '\u001B[31mred\u009B0m', '⟨U+001B⟩[31mred⟨U+009B⟩0m'],
  ['a null and a bell', 'a\u0000b\u0007', 'a⟨U+0000⟩b⟨U+0007⟩'],
  ['tag characters', 'ok\u{E0041}', 'ok⟨U+E0041⟩'],
  ['line ends and tabs', 'a\r\nb\tc', 'a b c'],
  ['line and paragraph separators', 'a\u2028b\u2029c', 'a⟨U+2028⟩b⟨U+2029⟩c'],
  ['half a character', 'a\uD800b', 'a⟨U+D800⟩b'],
])('%s is made visible', (_, text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  [`" onmouseover='x' \``, '&quot; onmouseover=&#39;x&#39; &#96;'],
  ['&lt;', '&amp;lt;'],
])('%s is text in HTML', (text, escaped) => {
  expect(html(text)).toBe(escaped);
});

test.each([
  ['a | b', 'a \\| b'],
  ['[x](javascript:alert(1))', '\\[x\\]\\(javascript:alert\\(1\\)\\)'],
  ['![x](http://evil.example/p.png)', '\\!\\[x\\]\\(http\\://evil.example/p.png\\)'],
  ['<img src=x>', '\\<img src=x\\>'],
  ['&lt;b&gt;', '\\&lt;b\\&gt;'],
  ['`code` *b* _i_ ~s~ # h', '\\`code\\` \\*b\\* \\_i\\_ \\~s\\~ \\# h'],
  ['www.evil.example', 'www\\.evil.example'],
  ['@admin', '\\@admin'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['a\n\n# b', 'a \\# b'],
])('%s is text in Markdown', (text, escaped) => {
  expect(markdown(text)).toBe(escaped);
});

test.each([
  ['vol-1', 'vol-1'],
  ['12.50', '12.50'],
  ['-12.50', '-12.50'],
  ['-', `"'-"`],
  ['-1+1', `"'-1+1"`],
  ['a,b "c"', '"a,b ""c"""'],
  [' =1', `"' =1"`],
  ['＝1', `"'＝1"`],
  ['\t=1', `"' =1"`],
  ['"=1', `"'""=1"`],
])('%j is a cell a spreadsheet does not compute', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

const INJECTION = sharedData('data/vectors/csv-injection', process.env);
const NAUGHTY = sharedData('data/vectors/naughty-strings/blns.json', process.env);
const LISTS = ['payloadbox/csv-payload.txt', 'payloadbox/README.md', 'PayloadsAllTheThings/CSV_Injection.md'];

test.skipIf(INJECTION.missing)(`every payload of the public CSV injection lists becomes text${INJECTION.note}`, () => {
  const payloads = LISTS.flatMap((path) => readFileSync(join(INJECTION.path, path), 'utf8').split('\n'))
    .map((line) => line.trim())
    .filter((line) => /^[=+\-@–]/.test(line) && line.length > 1);

  expect(payloads.length).toBeGreaterThan(15);
  expect(payloads.filter((payload) => !csvCell(payload).startsWith(`"'`))).toStrictEqual([]);
});

test.skipIf(NAUGHTY.missing)(
  `no naughty string opens a tag, leaves a Markdown cell or ends a CSV record${NAUGHTY.note}`,
  () => {
    const strings: string[] = JSON.parse(readFileSync(NAUGHTY.path, 'utf8'));

    expect(strings.length).toBeGreaterThan(400);
    expect(strings.filter((text) => /[<>"'`\p{Bidi_Control}\p{Cc}]/u.test(html(text)))).toStrictEqual([]);
    expect(strings.filter((text) => /(^|[^\\])[|<`[]|[\n\r]/.test(markdown(text)))).toStrictEqual([]);
    expect(strings.filter((text) => !/^([^",\r\n]*|"([^"]|"")*")$/.test(csvCell(text)))).toStrictEqual([]);
  },
);
