import { RETENTION } from '@infrafabric/runtime/retention';
import { table } from './table.ts';

/** docs/retention.md, from the table of classes. */
export function retentionPage(): string {
  return `${[
    HEAD,
    table(
      ['class', 'where', 'kept', 'ended on AWS by', 'ended on one machine by'],
      RETENTION.map(({ name, place, kept, onAws, embedded }) => [name, place, kept, onAws, embedded]),
    ),
    '## What decides whether it still counts',
    table(
      ['class', 'decided by'],
      RETENTION.map(({ name, counts }) => [name, counts]),
    ),
  ].join('\n\n')}\n`;
}

const HEAD = `# What is kept, and for how long

<!-- Made from packages/runtime/src/retention.ts by \`pnpm docs:write\`. Change that. -->

Retention frees space and decides nothing: DynamoDB deletes an item days after its time, S3 an object a day after, and until then both are read. So every reader looks at the
field that counts, never at whether the bytes are still there.`;
