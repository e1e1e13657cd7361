import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Collector } from '../collector.ts';
import { COLLECTORS } from './catalogue.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter(
  (one) => one.isDirectory() && one.name !== '__recordings__',
);
const files = folders.flatMap((folder) =>
  readdirSync(join(import.meta.dirname, folder.name)).map((name) => `${folder.name}/${name}`),
);
/** Files beside the collectors of a client that serve several of them. */
const SHARED = new Set(['s3/bucket-region.ts', 's3/bucket-region.test.ts']);
const isCollector = (value: unknown): value is Collector =>
  typeof value === 'object' && value !== null && 'firstPage' in value;

describe('the catalogue', () => {
  it('has one collector of every file, and a file for every collector', async () => {
    const found = await Promise.all(
      files
        .filter((file) => !SHARED.has(file))
        .map(async (file) => {
          const module: object = await import(pathToFileURL(join(import.meta.dirname, file)).href);
          const [collector, ...others] = Object.values(module).filter(isCollector);
          expect(others).toStrictEqual([]);
          return `${file.replaceAll('-', '')} ${collector?.id}`;
        }),
    );
    const listed = COLLECTORS.map(
      ({ client, operation, id }) => `${client.replaceAll('-', '')}/${operation.toLowerCase()}.ts ${id}`,
    );
    expect(new Set(found)).toStrictEqual(new Set(listed));
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('asks 101 operations of 34 clients', () => {
    expect([COLLECTORS.length, new Set(COLLECTORS.map((one) => one.client)).size]).toStrictEqual([101, 34]);
  });

  it('puts a detail operation after the ones it reads, which have its scope', () => {
    const wrong = COLLECTORS.flatMap((one, n) =>
      one.after
        .filter((id) => {
          const at = COLLECTORS.findIndex((other) => other.id === id);
          return at < 0 || at >= n || JSON.stringify(COLLECTORS[at]?.scope) !== JSON.stringify(one.scope);
        })
        .map((id) => `${one.id} after ${id}`),
    );
    expect(wrong).toStrictEqual([]);
  });

  it('asks nothing before the answers are there', () => {
    const context = { account: '111122223333', region: 'us-east-1', today: '2026-11-20', days: 30, answers: () => [] };
    const asked = COLLECTORS.filter((one) => one.after.length > 0).flatMap((one) => one.inputs(context));
    expect(asked).toStrictEqual([]);
  });
});

describe.each(COLLECTORS.map((one) => [one.id, one] as const))('%s', (_, collector) => {
  it('declares actions that read, a purpose, and a charge in decimals', () => {
    expect(
      collector.iam.filter((one) => !/^[a-z0-9-]+:(?:Describe|Get|List|View)[A-Za-z0-9]+$/.test(one)),
    ).toStrictEqual([]);
    expect(collector.serves).toMatch(/\S/);
    expect(collector.usdPerRequest ?? '0').toMatch(/^0(?:\.[0-9]+)?$/);
  });

  it('builds the command it names, of the client it names', async () => {
    const { Client, command } = await collector.load();
    const probe = collector.probe({ account: '111122223333', region: 'us-east-1', today: '2026-11-20', days: 30 });
    expect(command(probe).constructor.name).toBe(`${collector.operation}Command`);
    expect(Client.name).toMatch(/Client$/);
  });
});
