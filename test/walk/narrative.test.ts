import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Behave, claimsOf, fakeClaude, type FakeServer, honest, sentences } from '@infrafabric/llm/testing';
import { analyze, type AnalyzeOptions, demoInputs, exportReport, readConfig, verifyReport } from '@infrafabric/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installation } from './installation.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const RECORDED = join(resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared'), 'estates/recorded');
const missing = existsSync(RECORDED) ? '' : ' (skipped: the recorded estate is not there)';

const at = installation();
afterAll(at.remove);
const folder = mkdtempSync(join(tmpdir(), 'infrafabric-narrative-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every lie is told about the demo in one summary, each citing as many claims as a sentence may. */
const LIES = [
  'In all 13579.24 USD a month can be saved.',
  'In all ninety-eight thousand dollars can be saved.',
  'It is 87.65 % of the bill.',
  'It is 1800.99 EUR a month.',
  'It comes to 21611.88 USD a year.',
  'Support of EKS 1.33 ended on 2026-07-11.',
  'Move legacy-crm to an x9zz.96xlarge.',
  'See arn:aws:iam::210987654321:role/ghost.',
  'The volume vol-0ddba11deadbeef00 is unattached.',
  'Ghostwriter is idle.',
  'See https://exfil.example/?d=1 for more.',
];
const LYING: Behave = (asked) => {
  const claims = claimsOf(asked)
    .slice(0, 12)
    .map(({ id }) => String(id));
  return sentences(...LIES.map((text) => ({ text, claims })), {
    text: 'EKS 1.33 left standard support on 2026-07-29.',
    claims,
  });
};
/** What would be in a file if a lie had passed. */
const TRACES = [
  '13579.24',
  'ninety-eight thousand',
  '87.65',
  '1800.99 EUR',
  '21611.88',
  '2026-07-11',
  'x9zz.96xlarge',
  'role/ghost',
  'ddba11dead',
  'Ghostwriter is idle',
  'exfil.example',
];

type Asked = Partial<AnalyzeOptions> & { readonly behave?: Behave; readonly environment?: Record<string, string> };

/** An analysis whose model is a server of the test, and all that was sent to that server. */
async function told({ behave = honest, environment = {}, ...options }: Asked) {
  const server: FakeServer = await fakeClaude(behave);
  const config = readConfig({
    flags: {},
    environment: {
      INFRAFABRIC_HOME: join(folder, 'home'),
      ANTHROPIC_API_KEY: 'sk-test',
      ANTHROPIC_BASE_URL: server.url,
      ...environment,
    },
  });
  const notices: string[] = [];
  const events: string[] = [];
  try {
    const written = await analyze(config, {
      ...demoInputs(),
      formats: ['html', 'md', 'csv'],
      external: false,
      observer: { event: ({ type }) => events.push(type) },
      notice: (line) => notices.push(line),
      signal: new AbortController().signal,
      ...options,
    });
    return { ...written, config, notices, events, sent: server.requests.map(({ body }) => body) };
  } finally {
    await server.close();
  }
}

const LLM = { INFRAFABRIC_LLM: 'anthropic' };
const bytesOf = (out: string, path: string): Buffer => readFileSync(join(out, path));
const filesOf = (out: string): string[] =>
  readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('the demo, with a key in the environment', () => {
  let plain: Awaited<ReturnType<typeof told>>;
  let lied: Awaited<ReturnType<typeof told>>;
  beforeAll(async () => {
    plain = await told({});
    lied = await told({ behave: LYING, environment: LLM });
  }, 60_000);

  test('sends nothing unless a model was asked for, and says how', () => {
    expect(plain.sent).toStrictEqual([]);
    expect(plain.narrative).toBe(undefined);
    expect(plain.notices).toContainEqual(expect.stringContaining('--llm anthropic'));
  });

  test('says where requests go and what is in them before the first one', () => {
    expect(lied.notices[0]).toMatch(
      /^model: claude-sonnet-5-5 at http:\/\/127\.0\.0\.1:\d+, for at most 1\.00 USD; sent: /,
    );
    expect(lied.events.filter((type) => type === 'model-called')).toHaveLength(6);
  });

  test('of eleven lies none is in a file of the report; the sentence that holds is', async () => {
    const files = filesOf(lied.out).map((path) => [path, readFileSync(path, 'utf8')] as const);
    const found = TRACES.flatMap((trace) =>
      files.filter(([, text]) => text.includes(trace)).map(([path]) => `${trace} in ${path}`),
    );
    const { verdict, problems } = await verifyReport(lied.out, { root: lied.root });

    expect(found).toStrictEqual([]);
    expect(lied.narrative?.summary.map(({ text }) => text)).toStrictEqual([
      'EKS 1.33 left standard support on 2026-07-29.',
    ]);
    expect(lied.narrative?.refused).toBeGreaterThanOrEqual(LIES.length * 6);
    expect([verdict, problems]).toStrictEqual(['AUTHENTIC', []]);
  });

  test('report.json and findings.csv are the same bytes with and without a model', () => {
    for (const path of ['report.json', 'findings.csv']) {
      expect(bytesOf(lied.out, path).equals(bytesOf(plain.out, path))).toBe(true);
    }
  });

  test('written again, the report has the same words and nobody is asked', async () => {
    const out = join(folder, 'again');
    await exportReport(lied.config, lied.sessionId, { out, formats: ['md'] });
    expect(bytesOf(out, 'narrative.json').equals(bytesOf(lied.out, 'narrative.json'))).toBe(true);
    expect(bytesOf(out, 'report.md').equals(bytesOf(lied.out, 'report.md'))).toBe(true);
  });

  test('what was sent holds no account id, ARN or name of the estate', () => {
    expect(lied.sent).toHaveLength(6);
    expect(leaked(lied.sent, join(ROOT, 'examples/demo/estate'))).toStrictEqual([]);
  });
});

test.skipIf(missing !== '')(
  `what is sent about the recorded estate holds no account id, ARN or name of it${missing}`,
  async () => {
    const estate = { estate: RECORDED, bills: [], asOf: '2026-11-20', formats: [] };
    const { sent, narrative } = await told({
      ...estate,
      environment: { ...LLM, INFRAFABRIC_HOME: join(folder, 'recorded') },
    });

    expect(narrative?.summary.length).toBeGreaterThan(0);
    expect(leaked(sent, RECORDED)).toStrictEqual([]);
  },
  120_000,
);

test('a question no rule understands is read by the model as one that can be asked, and the report is that of the known question', async () => {
  const mind: Behave = (asked) =>
    'question' in (asked.data ?? {})
      ? { kind: 'answer', text: '{"intent":"savings","service":null,"by":null}' }
      : honest(asked);
  const question = 'Any tips for Initech in 210987654321?';
  const small = { estate: at.estate, bills: [at.bill], asOf: at.asOf, formats: [] };
  const read = await told({ ...small, behave: mind, environment: LLM, question });
  const known = await told({ ...small, question: read.narrative?.question?.read_as });

  expect(read.narrative?.question).toStrictEqual({
    asked: question,
    read_as: 'What can be saved in account 210987654321?',
  });
  expect(read.report.answer?.intent).toBe('savings');
  expect(bytesOf(read.out, 'report.json').equals(bytesOf(known.out, 'report.json'))).toBe(true);
  expect(JSON.parse(bytesOf(read.out, 'session.json').toString()).payload.plan.maker).toBe('model');
  expect(read.sent.join('').match(/Initech|210987654321/g)).toBe(null);
}, 60_000);

/** Ids, ARNs and names of an estate that stand in what was sent as whole words, and are no plain words of the product. */
function leaked(sent: readonly string[], estate: string): string[] {
  const text = sent.join('\n');
  const words = new Set(text.split(/[^\w:/@.-]+/).flatMap((word) => [word, word.replace(/[.:]+$/, '')]));
  return namesIn(estate).filter((name) => (/^[\w:/@.-]+$/.test(name) ? words.has(name) : text.includes(name)));
}

function namesIn(estate: string): string[] {
  const names = new Set<string>();
  for (const path of filesOf(estate)) {
    for (const [account] of path.matchAll(/(?<=\/)\d{12}(?=\/)/g)) names.add(account);
    if (path.endsWith('.json')) collectNames(JSON.parse(readFileSync(path, 'utf8')), '', names);
  }
  return [...names].filter((name) => name.length > 3 && !/^[a-z]+$/.test(name) && !AWS_WORDS.test(name));
}

const MEMBER = /(?:Name|Id|Ids|Identifier|Arn|ARN|arn|name|Value|Url|Endpoint|Address|Description|Username|Email)$/;
/** Regions and zones, types, versions, engines: AWS's words, also where an account's name could stand. */
const AWS_WORDS =
  /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]?$|^(?:db\.|cache\.)?[a-z]\d[a-z]*\.[\da-z]+$|^\d+(?:\.\d+)*$|^Amazon|^AWS/;

function collectNames(value: unknown, member: string, names: Set<string>): void {
  if (typeof value === 'string' && MEMBER.test(member)) names.add(value);
  if (typeof value === 'string') for (const [account] of value.matchAll(/\b\d{12}\b/g)) names.add(account);
  if (Array.isArray(value)) for (const item of value) collectNames(item, member, names);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) collectNames(inner, name, names);
  }
}
