import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { FabricStack } from './fabric-stack.ts';
import { OPTION_NAMES, readOptions } from './options.ts';

/** What the CDK runs (cdk.json): one stack, held against the AwsSolutions rules. It asks no network and reads the bundles of `pnpm build`. */
const BUNDLES = resolve(import.meta.dirname, '../../apps/lambda/dist');

const app = new App();
const given = OPTION_NAMES.map((name): [string, unknown] => [name, app.node.tryGetContext(name)]);
const options = readOptions(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
new FabricStack(app, options.prefix, { options, codeOf: (name) => bundleIn(resolve(BUNDLES, name)) });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();

function bundleIn(folder: string): Code {
  if (!existsSync(folder)) throw new RangeError(`expected a bundle in ${folder}: run pnpm build first`);
  return Code.fromAsset(folder);
}
