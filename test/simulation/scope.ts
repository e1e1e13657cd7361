/** The scope of every identity of a run: `if://agent/simulation/<role>/<process>`. */
export const SCOPE = 'simulation';
