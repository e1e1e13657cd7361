import type { CsvTable } from '@infrafabric/protocol';
import { type LineView, tableView } from './line-view.ts';

/**
 * A FOCUS bill under the column names of FOCUS 1.0 to 1.2: where ProviderName is gone (FOCUS 1.4), ServiceProviderName is read
 * for it, which names the same entity: who made the service available for purchase.
 *
 * Source: FOCUS specification 1.3, ServiceProviderName, read 2026-11.
 */
export function focusView(table: CsvTable): LineView {
  const own = tableView(table);
  return {
    lines: own.lines,
    cells: (column) => own.cells(column) ?? (column === 'ProviderName' ? own.cells('ServiceProviderName') : undefined),
  };
}
