/** A word that only the attacker writes. */
export const MARKER = 'EVIL-0f3a';
