import type { ResourceRef } from '../model/resource.ts';
import { shellWord } from './shell-word.ts';

/**
 * How the findings of one rule are put right with the AWS CLI.
 *
 * A line is words with one space between; `{name}` inside a word is filled in: `id`, `name` and `parent` (the last two parts of an ARN), `region`,
 * `account`, `partition`, `copy` (a name for a backup), `file` (a file for what a describe answers), `until_ms`, and the members
 * of the finding's `target`. Words in capitals such as `YOUR_BUCKET` are for the reader to fill in.
 */
export interface ActionTemplate {
  /** What to do, imperative, about all its findings. */
  readonly title: string;
  /** Keeps what the change would lose. A change that destroys something must have it. */
  readonly save?: readonly string[];
  /** The save takes hours: its lines are a block of their own, and the change begins by looking whether it is done. */
  readonly isSaveSlow?: true;
  readonly change: readonly string[];
  /** Why there are no lines of change; every rule has lines or says why not. */
  readonly why?: string;
  readonly undo?: readonly string[];
  /** What a person must know before. */
  readonly note?: string;
}

/** Lines to copy as a whole: each runs only if the one before it succeeded. */
export interface CommandBlock {
  readonly purpose: 'save' | 'change' | 'undo';
  readonly lines: readonly string[];
}

/** A block as a person copies it. */
export const blockText = ({ lines }: CommandBlock): string => lines.join(' &&\n');

/** What lines are filled from. */
export interface Subject {
  readonly resource: ResourceRef;
  readonly target?: Readonly<Record<string, string>>;
  readonly asOf: string;
}

/** The blocks of a template for one resource, or why there are none. The first line makes sure of the account, where it is known. */
export function fillTemplate(template: ActionTemplate, subject: Subject): readonly CommandBlock[] | { why: string } {
  const { save = [], change, undo = [], isSaveSlow } = template;
  const wanted: CommandBlock[] = isSaveSlow
    ? [
        { purpose: 'save', lines: save },
        { purpose: 'change', lines: change },
      ]
    : [{ purpose: 'change', lines: [...save, ...change] }];
  if (undo.length > 0) wanted.push({ purpose: 'undo', lines: undo });
  const values = valuesOf(subject);
  const blocks: CommandBlock[] = [];
  for (const { purpose, lines } of wanted) {
    const filled = lines.map((line) => fillLine(line, values));
    const missing = filled.find((line) => typeof line !== 'string');
    if (missing !== undefined) return missing;
    blocks.push({ purpose, lines: [...accountCheck(subject), ...filled.filter((line) => typeof line === 'string')] });
  }
  return blocks;
}

function accountCheck({ resource: { account } }: Subject): string[] {
  if (!isAccount(account)) return [];
  return [`test "$(aws sts get-caller-identity --query Account --output text)" = ${account}`];
}

const isAccount = (account: string): boolean => /^[0-9]{12}$/.test(account);

type Values = Readonly<Record<string, string | undefined>>;

function valuesOf({ resource, target, asOf }: Subject): Values {
  const { id, region, account } = resource;
  const name = id.split(/[/:]/).at(-1) ?? '';
  const parent = id.split('/').at(-2);
  const plain = name.replaceAll(/[^A-Za-z0-9]+/g, '-');
  return {
    ...target,
    id,
    name,
    parent,
    region: region === 'global' ? 'us-east-1' : region,
    account: isAccount(account) ? account : undefined,
    partition: partitionOf(region),
    copy: `before-${asOf}-${plain}`.slice(0, 50).replace(/-+$/, ''),
    file: `${plain.slice(0, 80)}-${asOf}.json`,
    until_ms: String(Date.parse(asOf)),
  };
}

/** Source: AWS General Reference, "Amazon Resource Names", partitions, read 2026-11-21. */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** A line with its words filled in, or why it cannot be. Words without a blank are ours and stay as they are. */
function fillLine(line: string, values: Values): string | { why: string } {
  const words: string[] = [];
  for (const word of line.split(' ')) {
    const names = [...word.matchAll(BLANK)].map(([, name = '']) => name);
    const absent = names.find((name) => !Object.hasOwn(values, name) || values[name] === undefined);
    if (absent !== undefined) return { why: `the finding does not say its ${absent.replaceAll('_', ' ')}` };
    const filled = word.replaceAll(BLANK, (_, name: string) => values[name] ?? '');
    const isSafe = names.every((name) => shellWord(values[name] ?? '') !== undefined);
    const quoted = names.length === 0 ? word : isSafe ? shellWord(filled) : undefined;
    if (quoted === undefined) return { why: 'its name holds characters that must not stand in a command line' };
    words.push(quoted);
  }
  return words.join(' ');
}

const BLANK = /\{([a-z_]+)\}/g;
