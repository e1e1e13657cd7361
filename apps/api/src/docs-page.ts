import { html } from 'hono/html';

/** One operation of the OpenAPI document as the page shows it. */
export interface ShownOperation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
}

type Html = ReturnType<typeof html>;

/** What a shell asks first, whole: start, follow, download, verify. */
const FIRST_SESSION = `URL=http://127.0.0.1:7717   # what serve printed
TOKEN=$(cat ~/.infrafabric/keys/api.token)
ask() { curl -sS -H "Authorization: Bearer $TOKEN" "$@"; }

ask $URL/v1/sessions -H 'Content-Type: application/json' -H 'Idempotency-Key: first' -d '{"inputs":"demo"}'
ID=s-…                      # its session_id
ask -N $URL/v1/sessions/$ID/events        # with -H 'Last-Event-ID: …' from where it was cut
ask $URL/v1/sessions/$ID/report/report.html -o report.html`;

/** A page for people of every operation, in sections by what it is about; without scripts, and it says nothing about this installation. */
export function docsPage(operations: readonly ShownOperation[]): Html {
  const byTitle = Map.groupBy(operations, ({ path }) => sectionOf(path));
  const sections = [...SECTIONS.map(([, title]) => title), OTHERS].map((title) => ({
    title,
    rows: byTitle.get(title) ?? [],
  }));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>InfraFabric API</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <h1>InfraFabric API</h1>
        <p>
          Every request but this page, <a href="/openapi.json">/openapi.json</a> and
          <a href="/healthz">/healthz</a> carries <code>Authorization: Bearer TOKEN</code>; the token is in
          <code>keys/api.token</code> of the data folder, and <code>infrafabric api-keys</code> makes others.
          <code>/api/v1/…</code> is another name of <code>/v1/…</code>. What fails is answered with a problem document
          (RFC 9457) whose <code>code</code> says what and whose <code>fix</code> says what to do. Fields and answers:
          <a href="/openapi.json">/openapi.json</a>.
        </p>
        <pre>${FIRST_SESSION}</pre>
        <p>
          <code>report/proof/manifest.json</code> lists every file of a report;
          <code>infrafabric verify DIR</code> checks them all where nobody trusts this server.
        </p>
        ${sections.filter(({ rows }) => rows.length > 0).map(section)}
      </body>
    </html>`;
}

const section = ({ title, rows }: { readonly title: string; readonly rows: readonly ShownOperation[] }): Html =>
  html`<h2>${title}</h2>
    <dl>${rows.map(row)}</dl>`;

const row = ({ method, path, summary }: ShownOperation): Html =>
  html`<dt><b>${method.toUpperCase()}</b> <code>${path}</code></dt>
    <dd>${summary}</dd>`;

const SECTIONS: readonly (readonly [prefix: string, title: string])[] = [
  ['/v1/sessions', 'Sessions, events and reports'],
  ['/v1/inputs', 'Inputs'],
  ['/v1/aws', 'The AWS account of the server'],
  ['/v1/schedules', 'Schedules'],
  ['/v1/', 'Catalogues'],
];

/** The title of what is below none of the prefixes. */
const OTHERS = 'The server';

const sectionOf = (path: string): string => SECTIONS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? OTHERS;

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
  h1 { margin-bottom: 0.5rem; }
  h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid #8886; }
  pre { padding: 0.8rem 1rem; background: #8882; border-radius: 6px; overflow-x: auto; font-size: 0.85rem; }
  dl { display: grid; grid-template-columns: 22rem 1fr; gap: 0.35rem 1.5rem; margin: 0; }
  dt b { display: inline-block; min-width: 4.2rem; font: 600 0.75rem ui-monospace, monospace; color: #0a6c4c; }
  dd { margin: 0; }
  @media (prefers-color-scheme: dark) { dt b { color: #5fd0a5; } }
  @media (max-width: 45rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 0.7rem; } dt code { overflow-wrap: anywhere; } }
`;
