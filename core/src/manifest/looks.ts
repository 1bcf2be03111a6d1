/**
 * How many fields were made, and how many may be: who looks at something makes one, so that this tells how much is done without a clock.
 * {@link TooMuchToLookAt} is thrown beyond.
 */
export const looks = { made: 0, most: Number.POSITIVE_INFINITY };

/** Whoever looks at so much is given up, for the sake of all others. */
export class TooMuchToLookAt extends Error {
  constructor() {
    super("given up, as there is too much to look at here");
  }
}
