import { openApiText } from '@infrafabric/api';
import { cliPage } from './cli-page.ts';
import { configurationPage } from './configuration-page.ts';
import { deploymentPage } from './deployment-page.ts';
import { retentionPage } from './retention-page.ts';
import { historyPage } from './history-page.ts';
import { mutantsPage } from './mutants-page.ts';
import { rulesPage } from './rules-page.ts';
import { servicesPage } from './services-page.ts';

/** Every page that is made from definitions in code: its path in the repository and its text. */
export const PAGES: readonly (readonly [path: string, text: () => string])[] = [
  ['docs/cli.md', cliPage],
  ['docs/configuration.md', configurationPage],
  ['docs/deployment.md', deploymentPage],
  ['docs/retention.md', retentionPage],
  ['docs/history.md', historyPage],
  ['docs/mutants.md', mutantsPage],
  ['docs/openapi.json', openApiText],
  ['docs/rules.md', rulesPage],
  ['docs/services.md', servicesPage],
];
