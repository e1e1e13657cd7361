import type { JsonObject } from '@infrafabric/protocol';
import instanceTypes from '../../data/instance-types.json' with { type: 'json' };
import prices from '../../data/prices.json' with { type: 'json' };

/** The price table a session stores as evidence: USD by key, each entry with its source and date. */
export const PRICE_TABLE: JsonObject = prices;

/** The table of EC2 instance types a session stores as evidence: size, architecture and generation by type. */
export const INSTANCE_TYPE_TABLE: JsonObject = instanceTypes;
