import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { infrafabric, temporaryFolder } from './testing/command.ts';
import { writeFiles } from './testing/inputs.ts';
import { type Refusal, testRefusals } from './testing/refusals.ts';

const UNKNOWN_SESSION = 's-ffffffff-ffff-7000-8000-000000000000';

const USAGE: readonly Refusal[] = [
  {
    name: 'an unknown flag',
    prepare: () => ['analyze', '--estat', 'x'],
    code: 'USAGE_UNKNOWN_OPTION',
    status: 2,
    names: 'did you mean --estate',
  },
  {
    name: 'an unknown command',
    prepare: () => ['analyse'],
    code: 'USAGE_UNKNOWN_OPTION',
    status: 2,
    names: 'did you mean infrafabric analyze',
  },
  {
    name: 'an unknown subcommand',
    prepare: () => ['sessions', 'resum', UNKNOWN_SESSION],
    code: 'USAGE_UNKNOWN_OPTION',
    status: 2,
    names: 'did you mean infrafabric sessions resume',
  },
  { name: 'no input', prepare: () => ['analyze'], code: 'INPUT_NONE', status: 2 },
  {
    name: 'a day that does not exist',
    prepare: () => ['analyze', '--bill', 'b.csv', '--as-of', '2026-02-30'],
    code: 'CONFIG_INVALID',
    status: 2,
    names: '2026-02-30',
  },
  {
    name: 'a negative budget',
    prepare: () => ['analyze', '--bill', 'b.csv', '--budget-usd', '-5'],
    code: 'BUDGET_INVALID',
    status: 2,
    names: '--budget-usd',
  },
  {
    name: 'an unknown agent',
    prepare: () => ['analyze', '--bill', 'b.csv', '--agents', 'pricing,weather'],
    code: 'CONFIG_INVALID',
    status: 2,
    names: 'weather',
  },
  {
    name: 'an unknown format',
    prepare: () => ['analyze', '--bill', 'b.csv', '--format', 'html,pdf'],
    code: 'FORMAT_UNKNOWN',
    status: 2,
    names: 'pdf',
  },
  {
    name: 'a severity out of range',
    prepare: () => ['analyze', '--bill', 'b.csv', '--fail-on', '11'],
    code: 'USAGE',
    status: 2,
  },
  {
    name: 'an unknown session',
    prepare: () => ['sessions', 'show', UNKNOWN_SESSION],
    code: 'SESSION_NOT_FOUND',
    status: 2,
  },
  {
    name: 'a session of a data folder that was lost',
    prepare: () => ['sessions', 'resume', 's-01936f2a-7c00-7000-8000-000000000000'],
    code: 'STATE_LOST',
    status: 6,
  },
  {
    name: 'a path as a session id',
    prepare: () => ['sessions', 'show', '../../x'],
    code: 'SESSION_ID_INVALID',
    status: 2,
  },
  {
    name: 'a report directory that is not there',
    prepare: (folder) => ['verify', join(folder, 'none')],
    code: 'REPORT_NOT_FOUND',
    status: 3,
  },
  {
    name: 'a root that is no key id',
    prepare: (folder) => ['verify', folder, '--root', 'abc'],
    code: 'CONFIG_INVALID',
    status: 2,
  },
  {
    name: 'an unknown category',
    prepare: () => ['services', '--category', 'Databse'],
    code: 'CATEGORY_UNKNOWN',
    status: 2,
  },
  { name: 'an unknown rule', prepare: () => ['rules', 'show', 'EBS-99'], code: 'RULE_UNKNOWN', status: 2 },
  {
    name: 'an unknown worker role',
    prepare: () => ['worker', '--role', 'weather'],
    code: 'CONFIG_INVALID',
    status: 2,
  },
];

const config =
  (yaml: string) =>
  (folder: string): string[] => {
    writeFiles(join(folder, 'home'), { 'config.yaml': yaml });
    return ['config', 'show'];
  };

const CONFIGURATION: readonly Refusal[] = [
  {
    name: 'an unknown key in config.yaml',
    prepare: config('log_levle: debug\n'),
    code: 'CONFIG_UNKNOWN_KEY',
    status: 2,
    names: 'did you mean log_level',
  },
  {
    name: 'an alias bomb in config.yaml',
    prepare: config('a: &a [x,x]\nb: &b [*a,*a]\nagents: [*b,*b]\n'),
    code: 'CONFIG_',
    status: 2,
  },
  {
    name: 'an alias as a value',
    prepare: config('log_level: &x debug\ntenant: *x\n'),
    code: 'CONFIG_YAML_UNSAFE',
    status: 2,
  },
  {
    name: 'a custom tag',
    prepare: config('log_level: !!js/function "x"\n'),
    code: 'CONFIG_YAML_UNSAFE',
    status: 2,
  },
  {
    name: 'a key given twice',
    prepare: config('tenant: a\ntenant: b\n'),
    code: 'CONFIG_DUPLICATE_KEY',
    status: 2,
  },
  { name: 'a key into the prototype', prepare: config('__proto__: {}\n'), code: 'CONFIG_FORBIDDEN_KEY', status: 2 },
  {
    name: 'a file as the data folder',
    prepare: (folder) => {
      writeFileSync(join(folder, 'home'), '');
      return ['sessions', 'list'];
    },
    code: 'STATE_DIR_READONLY',
    status: 6,
    names: 'INFRAFABRIC_HOME',
  },
];

testRefusals([...USAGE, ...CONFIGURATION]);

test('a key file that others can read is refused', async () => {
  const home = join(temporaryFolder(), 'home');
  await infrafabric(['sessions', 'list'], { home, cwd: '/' });
  chmodSync(join(home, 'keys', 'pricing.key'), 0o644);

  const ended = await infrafabric(['sessions', 'list'], { home });

  expect(ended.stderr).toMatch(/^KEY_FILE_PERMISSIONS: [^\n]+\n {2}where: [^\n]+pricing\.key\n {2}fix: {3}chmod 600/);
  expect(ended.status).toBe(2);
});
