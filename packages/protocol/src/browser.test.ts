import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { aSwarm } from './testing/index.ts';

const HERE = import.meta.dirname;
const BROWSER: Record<string, string> = { '#hash': './hash-noble.ts', '#verify': './verify-noble.ts' };

test('the browser entry reaches no built-in module of Node', () => {
  const reached = new Set<string>();
  visit(join(HERE, 'browser.ts'), reached);

  expect(
    [...reached].filter((name) => name.startsWith('node:') || /\/(signer|hash-node|verify-node)\.ts$/.test(name)),
  ).toStrictEqual([]);
  expect([...reached].filter((name) => !name.startsWith('/')).sort()).toStrictEqual([
    '@noble/ed25519',
    '@noble/hashes/sha2.js',
    '@noble/hashes/utils.js',
    'canonicalize',
    'zod',
  ]);
});

test('under the browser condition the same message and trust document open, and a forgery does not', () => {
  const swarm = aSwarm();
  const script = `
    import { openTrustDocument, sha256Hex, isInfraFabricError } from '@infrafabric/protocol';
    const { text, root, nowMs } = JSON.parse(process.argv[1]);
    const codes = [text, text.replace('"tenant":"test"', '"tenant":"tesT"')].map((one) => {
      try { return openTrustDocument(one, [root], nowMs).tenant; } catch (error) { return error.code; }
    });
    console.log(JSON.stringify({ codes, sha: sha256Hex('abc') }));`;
  const input = JSON.stringify({ text: swarm.trustText, root: swarm.root.keyId, nowMs: swarm.nowMs });
  const out = execFileSync(process.execPath, ['--conditions=browser', '--input-type=module', '-e', script, input], {
    cwd: resolve(HERE, '..'),
    encoding: 'utf8',
  });

  expect(JSON.parse(out)).toStrictEqual({
    codes: ['test', 'TRUST_SIGNATURE'],
    sha: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
});

function visit(file: string, reached: Set<string>): void {
  if (reached.has(file)) return;
  reached.add(file);
  const text = readFileSync(file, 'utf8').replaceAll(/^(?:import|export) type [^;]*;/gm, '');
  for (const [, name = ''] of text.matchAll(/from '([^']+)'/g)) {
    const target = BROWSER[name] ?? name;
    if (target.startsWith('.')) visit(resolve(dirname(file), target), reached);
    else reached.add(target);
  }
}
