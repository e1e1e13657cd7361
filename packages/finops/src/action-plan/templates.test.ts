import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FINOPS_RULES } from '../rules/catalogue.ts';
import { blockText, fillTemplate } from './action-template.ts';
import { shellWord } from './shell-word.ts';
import { ACTION_TEMPLATES } from './templates.ts';
import { KIND_TEMPLATES } from './templates/kinds.ts';

const TARGET = {
  instance_type: 'm6g.large',
  db_instance_class: 'db.m6g.large',
  cache_node_type: 'cache.m6g.large',
  volume_type: 'gp3',
  iops: '3000',
  throughput: '125',
  read_capacity_units: '5',
  write_capacity_units: '5',
};
const subject = (id: string, account = '123456789012') => ({
  resource: { account, region: 'eu-west-1', type: 'EbsVolume', id } as const,
  target: TARGET,
  asOf: '2026-11-20',
});
const TEMPLATES = { ...ACTION_TEMPLATES, ...KIND_TEMPLATES };
const RULES = Object.keys(TEMPLATES).filter((rule) => TEMPLATES[rule]!.change.length > 0);
const ECS = 'arn:aws:ecs:eu-west-1:123456789012:service/web/thing-1';
const blocksOf = (rule: string, id = /^ecs/i.test(rule) ? ECS : 'thing-1', account?: string) => {
  const filled = fillTemplate(TEMPLATES[rule]!, subject(id, account));
  return 'why' in filled ? [] : filled;
};

/** Verbs that lose something: data, a name, an address, a configuration. */
const DESTROYS = /^\S+ (delete|terminate|release|deregister|put-retention|schedule)/;

/** Runs blocks in a real shell with an `aws` that only writes down what it was asked; `fails` is the verb that fails. */
function run(blocks: readonly string[], fails = '', account = '123456789012'): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-plan-'));
  const aws = [
    'aws() {',
    '  echo "$*" >> calls.txt',
    `  case "$*" in *"${fails === '' ? 'nothing fails' : fails}"*) return 1;; esac`,
    `  case "$2" in get-caller-identity) echo ${account};; list-rules) ;; *) echo "COMPLETED AVAILABLE COMPLETE before-2026-11-20-thing-1";; esac`,
    '}',
  ];
  const script = [...aws, ...blocks, 'true'].join('\n');
  try {
    execFileSync('sh', ['-c', script], { cwd: folder, stdio: 'pipe' });
    return readFileSync(join(folder, 'calls.txt'), 'utf8').trimEnd().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const changeOf = (rule: string) =>
  blocksOf(rule)
    .filter((block) => block.purpose === 'change')
    .map(blockText);

describe.each(RULES)('%s', (rule) => {
  test('runs every line in order in a shell when nothing fails, in the account the finding is of', () => {
    const blocks = blocksOf(rule).filter((block) => block.purpose !== 'undo');
    const calls = run(blocks.map(blockText));
    expect(calls[0]).toBe('sts get-caller-identity --query Account --output text');
    const lines = blocks.flatMap((block) => block.lines).filter((line) => !line.startsWith('test '));
    const verbs = lines.flatMap((line) => [...line.matchAll(/\baws (\S+ \S+)/g)].map(([, verb]) => verb));
    expect(
      calls.filter((call) => !call.startsWith('sts ')).map((call) => call.split(' ').slice(0, 2).join(' ')),
    ).toStrictEqual(verbs);
  });

  test('destroys nothing that was not saved, and nothing once a line before it failed', () => {
    const template = TEMPLATES[rule]!;
    const lines = template.change.map((line) => line.replace(/^aws /, ''));
    if (!lines.some((line) => DESTROYS.test(line))) return;
    expect(template.save?.length ?? 0).toBeGreaterThan(0);
    const before = run(changeOf(rule)).filter((call) => !DESTROYS.test(call) && !call.startsWith('rbin list-rules'));
    expect(before.length).toBeGreaterThan(1);
    for (const call of before) {
      const verb = call.split(' ').slice(0, 2).join(' ');
      expect([verb, run(changeOf(rule), verb).filter((one) => DESTROYS.test(one))]).toStrictEqual([verb, []]);
    }
  });

  test('does nothing in another account', () => {
    expect(
      run(blocksOf(rule).map(blockText), '', '999999999999').filter((call) => !call.startsWith('sts ')),
    ).toStrictEqual([]);
  });
});

test('every rule has lines or says why it has none', () => {
  const without = FINOPS_RULES.filter(({ id, appliesTo, actionType }) => {
    const template = ACTION_TEMPLATES[id] ?? KIND_TEMPLATES[`${appliesTo}/${actionType}`];
    return template === undefined || template.change.length > 0 === (template.why !== undefined);
  });
  expect(without.map((rule) => rule.id)).toStrictEqual([]);
});

test.each([
  ["x'; touch owned; '", "'x'\\''; touch owned; '\\'''"],
  ['$(touch owned)', "'$(touch owned)'"],
  ['`touch owned`', "'`touch owned`'"],
  ['a b', "'a b'"],
  ['app/web-1:2', 'app/web-1:2'],
  ['~root', "'~root'"],
  ['*', "'*'"],
])('%s is the shell word %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
  expect(execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(text);
});

test.each([
  '',
  '-rf',
  '--dry-run',
  'file:///etc/passwd',
  'FILEB://x',
  'https://example.com',
  'a\nb',
  'a\u202eb',
  'é',
  'a'.repeat(513),
])('%j is no word of a line to copy', (text) => {
  expect(shellWord(text)).toBeUndefined();
});

test('a hostile id stays one word of the AWS CLI, in every line', () => {
  const id = "x'; aws ec2 terminate-instances; echo '$(reboot)`reboot`";
  const calls = run(blocksOf('ebs-unattached', id).map(blockText));
  const copy = 'before-2026-11-20-x-aws-ec2-terminate-instances-ec';
  expect(calls).toStrictEqual([
    'sts get-caller-identity --query Account --output text',
    `ec2 create-snapshot --region eu-west-1 --volume-id ${id} --description ${copy} --query SnapshotId --output text`,
    'ec2 wait snapshot-completed --region eu-west-1 --snapshot-ids COMPLETED AVAILABLE COMPLETE before-2026-11-20-thing-1',
    `ec2 delete-volume --region eu-west-1 --volume-id ${id}`,
  ]);
});

test.each([
  ['ec2-previous-generation', { ...subject('i-1'), target: {} }, 'the finding does not say its instance type'],
  ['ebs-unattached', subject('a\u0007b'), 'its name holds characters that must not stand in a command line'],
  ['rds-extended-support', subject('db', 'unknown'), 'the finding does not say its account'],
])('%s without what it needs says why there is no line', (rule, given, why) => {
  expect(fillTemplate(ACTION_TEMPLATES[rule]!, given)).toStrictEqual({ why });
});
