import { nearestWord } from '@infrafabric/protocol';
import type { Command, CommanderError } from 'commander';
import { failureText } from './failure.ts';

/** Says what was wrong with a command line, with the word that was probably meant and where the help is. */
export function usageFailure(error: CommanderError, program: Command, args: readonly string[]): string {
  const command = commandOf(program, args);
  const help = `${pathOf(command)} --help`;
  const owner = groupWithout(error, command, program);
  if (owner !== undefined) {
    const word = operandAfter(owner, program, args);
    const nearest = nearestWord(
      word,
      owner.commands.map((one) => one.name()),
    );
    const fix = `${nearest === undefined ? '' : `did you mean ${pathOf(owner)} ${nearest}? `}${pathOf(owner)} --help`;
    return failureText({ message: `unknown command '${word}'`, fix }, 'USAGE_UNKNOWN_OPTION');
  }
  const message = error.message.replace(/^error: /, '');
  if (error.code !== 'commander.unknownOption') return failureText({ message, fix: help }, 'USAGE');
  const option = /'(--?[^']*)'/.exec(message)?.[1] ?? '';
  const known = command.options.flatMap((one) => [one.long, one.short].filter((flag) => typeof flag === 'string'));
  const nearest = nearestWord(option.split('=')[0] ?? '', [...known, '--help']);
  const fix = `${nearest === undefined ? '' : `did you mean ${nearest}? `}${help}`;
  return failureText({ message, fix }, 'USAGE_UNKNOWN_OPTION');
}

/** The command that has no subcommand of the word it was handed, such as `analyse`, `sessions shwo` or `help analyse`. */
function groupWithout(error: CommanderError, command: Command, program: Command): Command | undefined {
  if (error.code === 'commander.help') return program;
  const isGroup = command.commands.length > 0;
  return isGroup && ['commander.unknownCommand', 'commander.excessArguments'].includes(error.code)
    ? command
    : undefined;
}

/** The command that the words of a command line lead to. */
function commandOf(program: Command, args: readonly string[]): Command {
  let command = program;
  for (const word of args) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) return command;
    command = next;
  }
  return command;
}

function operandAfter(owner: Command, program: Command, args: readonly string[]): string {
  const depth = pathOf(owner).split(' ').length - pathOf(program).split(' ').length;
  return args.slice(depth).find((word) => !word.startsWith('-') && word !== 'help') ?? '';
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
