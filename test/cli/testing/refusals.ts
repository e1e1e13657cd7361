import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { infrafabric, temporaryFolder } from './command.ts';

/** A command that is refused: `prepare` makes it below a folder and answers the arguments. */
export interface Refusal {
  name: string;
  prepare: (folder: string) => readonly string[];
  code: string;
  status: number;
  /** Something the message must name. */
  names?: string | RegExp;
}

/** Each is refused with its code and exit status, one message without a stack trace, and nothing written. */
export function testRefusals(cases: readonly Refusal[]): void {
  test.each(cases)('$name is answered with $code and exit status $status', async ({ prepare, code, status, names }) => {
    const folder = temporaryFolder();
    const args = prepare(folder);
    const out = join(folder, 'reports', 'out');
    const withOut = args[0] === 'analyze' ? [...args, '--out', out] : args;

    const ended = await infrafabric(withOut, { home: join(folder, 'home'), cwd: folder });

    expect(ended.stderr).toContain(code);
    expect(ended.stderr).toMatch(names ?? '');
    expect({ status: ended.status, stdout: ended.stdout }).toStrictEqual({ status, stdout: '' });
    expect(ended.stderr).not.toMatch(/^\s+at |node:internal/m);
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });
}
