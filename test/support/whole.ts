/**
 * Everything that can be tried is tried: in continuous integration, and on request (`WHOLE=1`). Otherwise a test that tries very
 * much tries a part of it that still meets each kind.
 */
export const whole = Boolean(process.env.CI || process.env.WHOLE);
