import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Behave, fakeClaude, honest } from '@infrafabric/llm/testing';
import { onTestFinished, expect, test } from 'vitest';
import { infrafabric, temporaryFolder } from './testing/command.ts';
import { smallEstate } from './testing/inputs.ts';

const folder = temporaryFolder;

/** `analyze` of one volume with a model that behaves so; every run in the same data folder. */
async function analyzeWith(behave: Behave, flags: readonly string[]) {
  const server = await fakeClaude(behave);
  onTestFinished(() => server.close());
  const at = folder();
  const estate = smallEstate(join(at, 'estate'));
  const out = join(at, 'out');
  const args = ['analyze', '--estate', estate, '--as-of', '2026-11-20', '--out', out, '--format', 'md', ...flags];
  const env = { ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: server.url };
  const ended = await infrafabric(args, { home: join(at, 'home'), cwd: at, env });
  return { ...ended, report: () => readFileSync(join(out, 'report.json'), 'utf8'), requests: server.requests };
}

test('complete with words is 0, a model that fails is a gap and 1, a budget that is reached is 5; the report is the same', async () => {
  const [words, failed, spent, none] = await Promise.all([
    analyzeWith(honest, ['--llm', 'anthropic']),
    analyzeWith(() => ({ kind: 'error', status: 401 }), ['--llm', 'anthropic']),
    analyzeWith(honest, ['--llm', 'anthropic', '--max-usd', '0.01']),
    analyzeWith(honest, []),
  ]);

  expect([words, failed, spent, none].map(({ status }) => status)).toStrictEqual([0, 1, 5, 0]);
  expect(new Set([words, failed, spent, none].map(({ report }) => report())).size).toBe(1);
  expect([words.requests.length > 0, spent.requests.length, none.requests.length]).toStrictEqual([true, 0, 0]);
  expect(words.stderr).toMatch(/^model: claude-sonnet-5-5 at http:/m);
  expect(words.stdout).toMatch(/^in words, by claude-sonnet-5-5 for 0\.\d+ USD; 0 sentences left out/m);
  expect(failed.stdout).toContain(
    'LLM_AUTH: the Claude API answered 401 authentication_error; check ANTHROPIC_API_KEY',
  );
  expect(spent.stdout).toContain('BUDGET_EXCEEDED: ');
  expect(none.stderr).toContain('--llm anthropic adds a summary in words');
});

test('a model without a known price and a provider that is none are refused before anything is read', async () => {
  const at = folder();
  const run = (...flags: string[]) => infrafabric(['demo', ...flags], { home: join(at, 'home'), cwd: at });
  const [model, provider, cap] = await Promise.all([
    run('--llm', 'fake', '--model', 'claude-opus-9'),
    run('--llm', 'gpt'),
    run('--llm', 'fake', '--max-usd', '0'),
  ]);

  expect([model, provider, cap].map(({ status }) => status)).toStrictEqual([2, 2, 2]);
  expect(model.stderr).toMatch(/^LLM_MODEL_UNKNOWN: expected a model with a known price, got "claude-opus-9"/m);
  expect(model.stderr).not.toContain('session ');
});
