import { manualClock } from '../testing/index.ts';
import { testBusDriver } from '../testing/suites.ts';
import { memoryBus } from './memory.ts';

testBusDriver('memory', async () => {
  const clock = manualClock();
  const roles = ['coordinator', 'collector', 'pricing', 'rightsizing', 'upgrade-risk'] as const;
  return {
    driver: memoryBus({ clock, roles }),
    advance: async (ms) => clock.advance(ms),
    close: async () => {},
  };
});
