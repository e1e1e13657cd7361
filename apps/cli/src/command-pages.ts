import type { Command } from 'commander';
import { examplesOf } from './examples.ts';
import { programOf } from './program.ts';

/** A flag or an argument as it is typed, and what it does. */
export interface Described {
  readonly term: string;
  readonly what: string;
  readonly fallback?: string;
}

/** What there is to say about one command. */
export interface CommandPage {
  /** Such as `infrafabric sessions list`. */
  readonly path: string;
  readonly usage: string;
  readonly what: string;
  readonly operands: readonly Described[];
  readonly options: readonly Described[];
  readonly examples: readonly string[];
}

const silent = (): void => undefined;

/** Every command that can be run, in the order of the help, made from the same definitions. */
export function commandPages(): CommandPage[] {
  const terminal = {
    out: silent,
    err: silent,
    document: silent,
    redraw: silent,
    live: false,
    paint: (_style: string, text: string) => text,
    columns: () => 80,
  };
  const program = programOf({ terminal, environment: {} }, () => Promise.resolve());
  return program.commands.flatMap((command) => pagesOf(command, program.name()));
}

function pagesOf(command: Command, parent: string): CommandPage[] {
  const path = `${parent} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((one) => pagesOf(one, path));
  return [
    {
      path,
      usage: `${path} ${command.usage()}`,
      what: command.description(),
      operands: command.registeredArguments.map((one) => ({
        term: one.required ? `<${one.name()}>` : `[${one.name()}]`,
        what: one.description,
      })),
      options: command.options.map((option) => ({
        term: option.flags,
        what: option.description,
        ...fallbackOf(option.defaultValueDescription),
      })),
      examples: examplesOf(command),
    },
  ];
}

function fallbackOf(text: string | undefined): { fallback?: string } {
  return text === undefined ? {} : { fallback: text };
}
