import { describe } from 'vitest';
import { testHalfKilled } from './half-killed-suite.ts';

describe('a session killed half-way, embedded', () => {
  testHalfKilled(() => ({}));
});
