import { type CommandPage, commandPages, type Described } from '@infrafabric/cli';
import { table } from './table.ts';

/** docs/cli.md, from the definitions that also make `--help`. */
export function cliPage(): string {
  const pages = commandPages();
  const overview = table(
    ['command', 'what it does'],
    pages.map((page) => [`[\`${page.path}\`](#${page.path.replaceAll(' ', '-')})`, page.what]),
  );
  return `${[HEAD, overview, EXIT_STATUS, ...pages.map(section)].join('\n\n')}\n`;
}

const HEAD = `# Command line

<!-- Made from the command definitions by \`pnpm docs:write\`. Change those. -->

\`infrafabric\` when installed, \`./infrafabric\` from a clone. Results go to stdout, everything else to stderr.
\`--json\` prints exactly one document on stdout. NO_COLOR is obeyed. Without a screen, progress is a few plain lines a phase.
The first Ctrl-C (or SIGTERM) cancels the session and leaves \`--out\` as it was; the second ends at once.`;

const EXIT_STATUS = `## Exit status

| status | meaning |
| ------ | ------- |
| 0 | complete |
| 1 | complete with gaps: something that was asked for could not be analysed |
| 2 | usage: the command line or the configuration |
| 3 | bad input |
| 4 | verification failed |
| 5 | budget reached |
| 6 | environment or upstream |
| 7 | cancelled |
| 8 | \`--fail-on\` met |
| 70 | a bug of ours |

Several at once: the first of 70, 7, 6, 3, 5, 8, 1, 0. An error says its code, what, where and what to do; \`INFRAFABRIC_DEBUG=1\` adds the stack trace of a bug.`;

function section(page: CommandPage): string {
  const parts = [`## \`${page.path}\``, `${page.what}.`, `\`\`\`\n${page.usage}\n\`\`\``];
  if (page.operands.length > 0) parts.push(table(['argument', 'meaning'], page.operands.map(row)));
  if (page.options.length > 0) parts.push(table(['option', 'meaning'], page.options.map(row)));
  if (page.examples.length > 0) parts.push(`\`\`\`sh\n${page.examples.join('\n')}\n\`\`\``);
  return parts.join('\n\n');
}

function row({ term, what, fallback }: Described): string[] {
  return [`\`${term}\``, fallback === undefined ? what : `${what} (default: ${fallback})`];
}
