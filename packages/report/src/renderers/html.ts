import { isFinding, type Report } from '../model.ts';
import type { Renderer } from './catalogue.ts';
import { html } from './text-safety.ts';

/** report.html: one file that opens offline. */
export const htmlRenderer: Renderer = {
  format: 'html',
  path: 'report.html',
  render: (report) => page(report),
};

function page(report: Report): string {
  const rows = report.findings
    .filter(isFinding)
    .map(
      (finding) =>
        `<tr><td>${html(finding.net?.effective ?? '')}</td><td>${html(finding.rule)}</td><td>${html(finding.resource.id)}</td></tr>`,
    );
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Cloud cost report</title></head><body><table>${rows.join('\n')}</table></body></html>\n`;
}
