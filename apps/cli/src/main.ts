#!/usr/bin/env node
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Nothing of ours is imported before the version of Node is known to be one that can read it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `NODE_VERSION: infrafabric needs Node.js 22.13 or later, got ${process.versions.node}\n  fix:   install it from https://nodejs.org\n`,
  );
  process.exitCode = 2;
} else {
  keepCompiledCode();
  const { main } = await import('./process.ts');
  process.exitCode = await main();
}

/** Keeps compiled code in the data folder, once there is one: every later command starts in about half the time. */
function keepCompiledCode(): void {
  const home = process.env['INFRAFABRIC_HOME'] ?? join(homedir(), '.infrafabric');
  if (existsSync(home)) module.enableCompileCache(join(home, 'cache'));
}
