/** Milliseconds between two signs of life that a program gets while somebody waits for it. */
export const pulse = 150;

/**
 * Milliseconds without one after which a program ends itself. It looks every 100 ms where it can wait for that long by itself, so
 * that nothing runs a second after whoever asked was killed; four signs have to be lost for it to be wrong.
 */
export const shortSilence = 700;

/** The same in milliseconds for a second try, when the first was silent for too long: whoever asks may be busy, but 2 s are the most. */
export const longSilence = 1_500;
