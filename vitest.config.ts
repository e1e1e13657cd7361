import { defineConfig } from 'vitest/config';
import { mutantsPlugin } from './test/mutants/vitest-plugin.ts';

/**
 * Suites against other servers and bundles: the emulator moto, a real Redis, the functions as they are deployed, containers.
 * They take longer than all the rest and run in CI after the README's test command.
 */
const DEPLOYED = [
  'test/{live,conformance,containers}/**/*.test.ts',
  'test/rules/proof.test.ts',
  'test/walk/{lambda,lambda-api,lambda-bundles,least-privilege,line-on-moto,telemetry}.test.ts',
  'test/walk/{redis,half-killed-redis,api-schema,rotation,evaluation}.test.ts',
];

const E2E_TIMEOUTS = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        plugins: process.env['INFRAFABRIC_MUTANTS'] ? [mutantsPlugin()] : [],
        test: {
          name: 'unit',
          include: [
            '{packages,apps}/*/src/**/*.test.ts',
            'infra/src/**/*.test.ts',
            'test/{structure,checker,mutants}/**/*.test.ts',
          ],
          testTimeout: 20_000,
          // A module graph of its own for each file costs more than the tests; no test may lean on the state of a module.
          isolate: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/{walk,cli,rules,fire,simulation,torture}/**/*.test.ts'],
          exclude: DEPLOYED,
          ...E2E_TIMEOUTS,
        },
      },
      { test: { name: 'deployed', include: DEPLOYED, ...E2E_TIMEOUTS } },
    ],
  },
});
