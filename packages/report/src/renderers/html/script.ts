import { sha256Hex } from '@infrafabric/protocol';

/** Sorts and filters tables. The page is whole without it: it only adds buttons to headings and opens the search field. */
export const SCRIPT = `
for (const table of document.querySelectorAll('table[data-sort]')) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const keyOf = (row, at) => row.cells[at].dataset.key ?? row.cells[at].textContent;
  heads.forEach((head, at) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') !== 'descending';
      heads.forEach((one) => one.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const keyed = [...body.rows].map((row) => [keyOf(row, at), row]);
      const compare = (a, b) => (a - b) || (Number.isNaN(a - b) ? a.localeCompare(b) : 0);
      keyed.sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)));
      body.append(...keyed.map(([, row]) => row));
    });
  });
  const filter = table.parentElement.querySelector('.filter');
  if (!filter) continue;
  filter.hidden = false;
  const rows = [...body.rows].map((row) => [row.textContent.toLowerCase(), row]);
  filter.querySelector('input').addEventListener('input', (event) => {
    const words = event.target.value.toLowerCase().split(/\\s+/);
    let shown = 0;
    for (const [text, row] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    filter.querySelector('output').textContent = shown + ' of ' + rows.length;
  });
}
`.trim();

/** The only script the page lets run (CSP Level 3, section 2.3.1, hash-source). */
export const SCRIPT_HASH = `sha256-${Buffer.from(sha256Hex(new TextEncoder().encode(SCRIPT)), 'hex').toString('base64')}`;
