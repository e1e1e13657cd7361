import { inFile, type Mutant } from '../mutant.ts';

const ledger = inFile('packages/store/src/ledger-item.ts');
const evidence = inFile('packages/store/src/evidence-bytes.ts');
const paid = inFile('packages/llm/src/spending.ts');
const state = inFile('packages/store/src/drivers/memory-state.ts');

/** Money, bytes and creation. */
export const STORE: readonly Mutant[] = [
  {
    id: 'ledger-cap',
    safeguard: 'nothing is reserved beyond the cap',
    edits: ledger(['committed: { below: cap - amount + 1 }, ', '']),
  },
  {
    id: 'ledger-once',
    safeguard: 'an entry is reserved once, however often it is said',
    edits: ledger([', [open]: { absent: true } }', ' }']),
    undistinguished: 'what is reserved twice holds more money than it needs, which is safe',
  },
  {
    id: 'ledger-settle-once',
    safeguard: 'an entry is settled once, however often it is said',
    edits: ledger(['{ expect: { [open]: reserved }, add,', '{ expect: {}, add,']),
    undistinguished: 'needs a settlement that is said twice in a budget that is nearly spent',
  },
  {
    id: 'reserve-first',
    safeguard: 'money is reserved before a model is asked',
    edits: paid([
      'if (!(await ledger.reserve(budget.name, entry, { amount, cap: budget.cap }))) {',
      'if (amount < 0) {',
    ]),
  },
  {
    id: 'evidence-hash',
    safeguard: 'bytes are given back only when they hash to their name',
    edits: evidence(['if (hex === evidenceHex(id)) return bytes;', 'if (hex !== "") return bytes;']),
    coveredBy: ['result-hash'],
    undistinguished: 'the bytes of a result are hashed again where they are read',
  },
  {
    id: 'create-own',
    safeguard: 'a creation that happened although its answer got lost is recognised',
    edits: state([
      'if (there !== undefined) return isDeepStrictEqual(there, withoutUndefined(record));',
      'if (there !== undefined) return false;',
    ]),
    coveredBy: ['recorded-request'],
    undistinguished: 'what is created twice is read back',
  },
];
