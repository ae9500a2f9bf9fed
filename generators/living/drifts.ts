/** The ways in which a file can differ from what its project says, with what each means. */
export const DRIFTS = {
  edited: 'changed by you since it was generated',
  outdated: 'would be written differently, or no longer, today',
  missing: 'generated, and no longer there',
  foreign: 'in the place of a file that would be generated',
  disallowed: 'has an answer that a starter of the project does not allow',
  unsettled: 'has conflict markers of a run; nothing allows that',
} as const;

export type Drift = keyof typeof DRIFTS;

/** The ones that `check --allow` takes. */
export const ALLOWABLE = (Object.keys(DRIFTS) as Drift[]).filter((drift) => drift !== 'unsettled');
