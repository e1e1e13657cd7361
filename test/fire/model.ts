import { createServer, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeClaude, type FakeServer, listen } from '@infrafabric/llm/testing';
import { examine } from './examine.ts';
import { endedWrong, broken, type Fire, type Outcome } from './scenario.ts';
import { analysisArgs, openScene } from './scene.ts';

/** A server of a model that is of no use, and what it does. */
const USELESS: Readonly<Record<string, () => Promise<Pick<FakeServer, 'url' | 'close'>>>> = {
  '429': () => fakeClaude(() => ({ kind: 'error', status: 429 })),
  '429 with retry-after': () => fakeClaude(() => ({ kind: 'error', status: 429, retryAfterMs: 200 })),
  '500': () => fakeClaude(() => ({ kind: 'error', status: 500 })),
  '529': () => fakeClaude(() => ({ kind: 'error', status: 529 })),
  garbage: () => fakeClaude(() => ({ kind: 'garbage', text: '<html>not a model</html>' })),
  'wrong schema': () => fakeClaude(() => ({ kind: 'answer', text: '{"sentences":"none"}' })),
  silence: () => fakeClaude(() => ({ kind: 'hang' })),
  'connection drop': () => fakeClaude(() => ({ kind: 'drop' })),
  'one byte a second': () => raw(drip),
  'truncated JSON': () => raw((response) => void response.end('{"id":"msg_01","content":[{"type":"te')),
  'cut in the middle': () => raw(cut),
  'ten megabytes': () => raw((response) => void response.end(JSON.stringify({ id: 'x'.repeat(10_000_000) }))),
};

/** What the server of the model does, for whoever chooses. */
export const MODEL_FAULTS: readonly string[] = Object.keys(USELESS);

/** An analysis that was asked to put its report in words, by a model that is of no use: the report is whole, the words are a gap. */
export async function runModel(fault: string, { expected }: Fire): Promise<Outcome> {
  const scene = openScene();
  const open = USELESS[fault];
  if (open === undefined) throw new TypeError(`no model does ${fault}`);
  const server = await open();
  try {
    const environment = {
      ANTHROPIC_API_KEY: 'sk-fire',
      ANTHROPIC_BASE_URL: server.url,
      INFRAFABRIC_LLM_TIMEOUT_SECONDS: '5',
    };
    const args = analysisArgs(scene, 'out', '--llm', 'anthropic').filter((arg) => arg !== '--allow-gaps');
    const child = scene.start(args, { environment });
    const status = await child.ended;
    const failed = status === 1 ? [] : [endedWrong(`analyze with a model that answers ${fault}`, status, child.lines)];
    const file = join(scene.at.out('out'), 'narrative.json');
    const gap =
      failed.length > 0 || readFileSync(file, 'utf8').includes('LLM_') ? [] : [broken('no gap names the words')];
    return scene.outcome([...failed, ...gap, ...(await examine(scene, { report: expected.report }))]);
  } finally {
    await server.close();
    scene.remove();
  }
}

function raw(answer: (response: ServerResponse) => void): Promise<Pick<FakeServer, 'url' | 'close'>> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      answer(response);
    });
  });
  return listen(server);
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('{'), 1_000);
  response.on('close', () => clearInterval(timer));
}

function cut(response: ServerResponse): void {
  response.setHeader('content-length', '5000');
  response.write('{"id":"msg_01fake","type":"message"');
  setTimeout(() => response.destroy(), 100);
}
