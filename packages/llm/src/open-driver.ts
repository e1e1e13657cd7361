import type { AnthropicOptions } from './drivers/anthropic.ts';
import type { BedrockOptions } from './drivers/bedrock.ts';
import type { ModelDriver } from './model-driver.ts';

/** Which driver, and how it reaches its provider. */
export type DriverChoice =
  | { readonly provider: 'none' }
  | ({ readonly provider: 'anthropic' } & AnthropicOptions)
  | ({ readonly provider: 'bedrock' } & BedrockOptions);

/** Opens a driver; the SDK of the one that is chosen is loaded here, and of no other. */
export async function openDriver(choice: DriverChoice): Promise<ModelDriver> {
  if (choice.provider === 'anthropic') return (await import('./drivers/anthropic.ts')).anthropicDriver(choice);
  if (choice.provider === 'none') return (await import('./drivers/none.ts')).noneDriver();
  const { provider: _provider, ...options } = choice;
  return (await import('./drivers/bedrock.ts')).bedrockDriver(options);
}
