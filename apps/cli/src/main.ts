#!/usr/bin/env node
// Nothing is imported before the version of Node is known to be one that can read it.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `NODE_VERSION: infrafabric needs Node.js 22.13 or later, got ${process.versions.node}\n  fix:   install it from https://nodejs.org\n`,
  );
  process.exitCode = 2;
} else {
  const { main } = await import('./process.ts');
  process.exitCode = await main();
}
