import type { Citation, MediaType } from '@infrafabric/protocol';
import { describe, expect, test } from 'vitest';
import { EvidenceReader, resolveCitation } from './evidence-reader.ts';
import { MemoryEvidence, refusalOf } from './testing/estate-folder.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const citation = (pointer: string, media_type: MediaType): Citation => ({
  evidence: `if://evidence/sha256/${'0'.repeat(64)}`,
  pointer,
  media_type,
});

const JSON_TEXT = '\ufeff{"Volumes":[{"a/b":1},{"~":null}],"__proto__":7}';
const CSV_TEXT = 'BilledCost,Tags\n1.50,"{""a"": ""b""}"\n\n2,\n';
const NDJSON_TEXT = '{"n":0}\n\n{"n":2}\n';

describe('a citation', () => {
  test.each<[string, MediaType, string, unknown]>([
    [JSON_TEXT, 'application/json', '/Volumes/0', { 'a/b': 1 }],
    [JSON_TEXT, 'application/json', '/Volumes/0/a~1b', 1],
    [JSON_TEXT, 'application/json', '/Volumes/1/~0', null],
    [JSON_TEXT, 'application/json', '/__proto__', 7],
    ['[1]', 'application/json', '', [1]],
    [CSV_TEXT, 'text/csv', 'row=1', { BilledCost: '1.50', Tags: '{"a": "b"}' }],
    [CSV_TEXT, 'text/csv', 'row=2', { BilledCost: '2', Tags: '' }],
    [
      CSV_TEXT,
      'text/csv',
      '',
      {
        columns: ['BilledCost', 'Tags'],
        rows: [
          ['1.50', '{"a": "b"}'],
          ['2', ''],
        ],
      },
    ],
    [NDJSON_TEXT, 'application/x-ndjson', '/0', { n: 0 }],
    [NDJSON_TEXT, 'application/x-ndjson', '/2', { n: 2 }],
    [NDJSON_TEXT, 'application/x-ndjson', '', [{ n: 0 }, { n: 2 }]],
  ])('into %j as %s at "%s" is resolved', async (text, mediaType, pointer, expected) => {
    expect(await resolveCitation(citation(pointer, mediaType), bytes(text))).toStrictEqual(expected);
  });

  test.each<[string, MediaType, string]>([
    [JSON_TEXT, 'application/json', '/Volumes/2'],
    [JSON_TEXT, 'application/json', '/Volumes/00'],
    [JSON_TEXT, 'application/json', '/Volumes/length'],
    [JSON_TEXT, 'application/json', 'Volumes'],
    ['{', 'application/json', ''],
    [CSV_TEXT, 'text/csv', 'row=0'],
    [CSV_TEXT, 'text/csv', 'row=3'],
    [CSV_TEXT, 'text/csv', 'row=01'],
    [CSV_TEXT, 'text/csv', '/0'],
    [NDJSON_TEXT, 'application/x-ndjson', '/1'],
    [NDJSON_TEXT, 'application/x-ndjson', '/4'],
    [NDJSON_TEXT, 'application/x-ndjson', '/-1'],
    [NDJSON_TEXT, 'application/x-ndjson', '0'],
    ['{"a":1}\n{', 'application/x-ndjson', '/1'],
  ])('into %j as %s at "%s" points at nothing', async (text, mediaType, pointer) => {
    const refusal = await refusalOf(() => resolveCitation(citation(pointer, mediaType), bytes(text)));
    expect(refusal.code).toBe('CITATION_UNRESOLVED');
  });
});

describe('an evidence reader', () => {
  const documents = ['{"n":0}', '{"n":1}', '{"n":2}'];
  const stored = async (): Promise<{ evidence: MemoryEvidence; citations: Citation[] }> => {
    const evidence = new MemoryEvidence();
    const puts = await Promise.all(documents.map((text) => evidence.put(bytes(text))));
    const citations = puts.map(({ id }) => ({ ...citation('/n', 'application/json'), evidence: id }));
    return { evidence, citations };
  };

  test('fetches evidence once, also when it is asked for twice at the same time', async () => {
    const { evidence, citations } = await stored();
    const reader = new EvidenceReader(evidence);
    const values = await Promise.all([...citations, ...citations].map((one) => reader.cited(one)));
    expect(values).toStrictEqual([0, 1, 2, 0, 1, 2]);
    expect(evidence.gets).toBe(3);
  });

  test('forgets what was used longest ago, and keeps at least the last', async () => {
    const { evidence, citations } = await stored();
    const reader = new EvidenceReader(evidence, 14);
    const ask = async (...order: number[]): Promise<number> => {
      for (const index of order) await reader.cited(citations[index]!);
      return evidence.gets;
    };
    expect(await ask(0, 1, 0)).toBe(2);
    expect(await ask(2)).toBe(3);
    expect(await ask(0, 2)).toBe(3);
    expect(await ask(1)).toBe(4);
    const tiny = new EvidenceReader(evidence, 0);
    await tiny.cited(citations[0]!);
    await tiny.cited(citations[0]!);
    expect(evidence.gets).toBe(5);
  });

  test('resolves many citations in their order, reading each piece of evidence once without keeping any', async () => {
    const { evidence, citations } = await stored();
    const reader = new EvidenceReader(evidence, 0);
    const twice = [...citations, ...citations].toReversed();

    expect(await reader.citedAll(twice)).toStrictEqual([2, 1, 0, 2, 1, 0]);
    expect(evidence.gets).toBe(3);
  });

  test('asks again after a failure', async () => {
    const { evidence, citations } = await stored();
    let down = true;
    const reader = new EvidenceReader({
      get: async (id) => {
        if (down) throw new Error('down');
        return evidence.get(id);
      },
    });
    await expect(reader.cited(citations[0]!)).rejects.toThrow('down');
    down = false;
    expect(await reader.cited(citations[0]!)).toBe(0);
  });
});
