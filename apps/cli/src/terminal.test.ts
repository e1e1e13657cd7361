import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { openTerminal, type Streams, type Terminal } from './terminal.ts';

interface Screen {
  terminal: Terminal;
  stdout: FakeStream;
  stderr: FakeStream;
}

class FakeStream extends EventEmitter {
  text = '';
  isTTY: boolean;
  columns = 40;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

function openScreen(environment: Record<string, string>, isTTY = true): Screen {
  const [stdout, stderr] = [new FakeStream(isTTY), new FakeStream(isTTY)];
  const streams: unknown = { stdout, stderr };
  return { terminal: openTerminal(environment, streams as Streams), stdout, stderr };
}

test.each([
  ['a screen', {}, true, '\u001B[31mred\u001B[39m'],
  ['NO_COLOR', { NO_COLOR: '1' }, true, 'red'],
  ['an empty NO_COLOR, which says nothing', { NO_COLOR: '' }, true, '\u001B[31mred\u001B[39m'],
  ['a dumb terminal', { TERM: 'dumb' }, true, 'red'],
  ['a pipe', {}, false, 'red'],
])('colours on %s', (_, environment, isTTY, expected) => {
  const { terminal, stdout } = openScreen(environment, isTTY);
  terminal.out(terminal.paint('red', 'red'));

  expect(stdout.text).toBe(expected);
});

test('foreign escape sequences do not pass, also where ours do', () => {
  const { terminal, stdout, stderr } = openScreen({});
  terminal.out(terminal.paint('red', 'a\u001B[8mb\u202Ec\rd'));
  terminal.err('\u009B2J\u001B]0;title\u0007x');

  expect([stdout.text, stderr.text]).toStrictEqual(['\u001B[31ma[8mbcd\u001B[39m', '2J]0;titlex']);
});

test('a document keeps its value and loses what could drive a screen', () => {
  const { terminal, stdout } = openScreen({}, false);
  const value = { name: 'a\u001B\u009B\u202E\u{E0041}é🙂' };
  terminal.document(JSON.stringify(value));

  expect(stdout.text).toBe('{"name":"a\\u001b\\u009b\\u202e\\udb40\\udc41é🙂"}\n');
  expect(JSON.parse(stdout.text)).toStrictEqual(value);
});

test.each([
  ['a screen', {}, true, true],
  ['a build server', { CI: 'true' }, true, false],
  ['a dumb terminal', { TERM: 'dumb' }, true, false],
  ['a pipe', {}, false, false],
])('progress moves on %s: %o', (_, environment, isTTY, live) => {
  expect(openScreen(environment, isTTY).terminal.live).toBe(live);
});

test('nothing more is written once the reader has gone away, and other errors are not hidden', () => {
  const { terminal, stdout } = openScreen({});
  stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  terminal.out('more');

  expect(stdout.text).toBe('');
  const full = Object.assign(new Error('disk full'), { code: 'ENOSPC' });
  expect(() => stdout.emit('error', full)).toThrow(full);
});
