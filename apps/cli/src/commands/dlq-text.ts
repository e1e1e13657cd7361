import type { ShownDeadLetter } from '@infrafabric/runtime';

type Letter = ShownDeadLetter['letter'];

const at = (ms: number): string => new Date(ms).toISOString();

/** A dead letter as a row of the list. */
export function rowOf(letter: Letter): string[] {
  const { sha256, code, receives, task_id, act, session_id, at_ms, redriven_as } = letter;
  const note = redriven_as === undefined ? '' : `redriven as ${redriven_as}`;
  return [sha256.slice(0, 16), code, String(receives), task_id ?? act, session_id, at(at_ms), note];
}

/** A dead letter in full, but for its message. */
export function letterText({ letter, session_state, task }: ShownDeadLetter): string {
  const { sha256, role, session_id, act, task_id, dispatch, code, detail, receives, at_ms, redriven_as } = letter;
  const lines = [
    `sha256:${sha256}`,
    `${code}${detail === '' ? '' : `: ${detail}`}`,
    `  ${act} to ${role}, handed out ${receives} times, kept ${at(at_ms)}`,
    `  session ${session_id}: ${session_state ?? 'not there any more'}`,
  ];
  if (task_id !== undefined) {
    const now =
      task === null ? 'not there' : [task.state, task.code, task.message].filter((one) => one !== null).join(' ');
    lines.push(`  task ${task_id}, dispatch ${dispatch ?? '?'}: ${now}`);
  }
  lines.push(
    redriven_as === undefined
      ? `to do it again: infrafabric dlq redrive ${sha256.slice(0, 16)}`
      : `redriven as ${redriven_as}`,
  );
  return `${lines.join('\n')}\n`;
}
