export type { BusDriver, DeadLetter, Delivery, Outgoing, PublishOutcome, ReceiveOptions } from './bus-driver.ts';
export { MAX_MESSAGE_BYTES, MAX_RECEIVES, VISIBILITY_MS } from './bus-driver.ts';
export { BusError } from './errors.ts';
export type { BusErrorCode } from './errors.ts';
export { memoryBus } from './drivers/memory.ts';
export type { MemoryBusOptions } from './drivers/memory.ts';
