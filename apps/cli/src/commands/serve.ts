import { type Command, InvalidArgumentError } from 'commander';
import { withExamples } from '../examples.ts';
import { EXIT } from '../exit-status.ts';
import type { Act, Invocation } from '../invocation.ts';
import { untilStopped } from '../stop-signal.ts';

interface ServeFlags {
  readonly host: string;
  readonly port: number;
}

/** `serve`: the HTTP API, with agents of every role. */
export function addServe(program: Command, { terminal, environment }: Invocation, act: Act): void {
  const command = program
    .command('serve')
    .description('Serve the HTTP API until stopped (Ctrl-C); the address, the token and events are lines on stderr')
    .option('--port <number>', 'port; 0: any that is free', port, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on; anything but loopback needs TLS in front', '127.0.0.1');
  withExamples(
    command,
    'infrafabric serve',
    'curl -H "Authorization: Bearer $(cat ~/.infrafabric/keys/api.token)" -H "Content-Type: application/json" -d \'{"inputs":"demo"}\' http://127.0.0.1:7717/v1/sessions',
  );
  command.action((flags: ServeFlags) =>
    act(async () => {
      const signal = untilStopped(terminal, 'stopping; unfinished sessions go on when it serves again');
      const [{ readConfig }, { serve }] = await Promise.all([
        import('@infrafabric/runtime'),
        import('@infrafabric/api'),
      ]);
      const log = (line: string): void => terminal.err(`${line}\n`);
      await serve(readConfig({ flags: {}, environment }), { ...flags, signal, log });
      return EXIT.complete;
    }),
  );
}

/** The port when none is named. */
const DEFAULT_PORT = 7717;

function port(text: string): number {
  if (/^[0-9]{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('expected a port from 0 to 65535.');
}
