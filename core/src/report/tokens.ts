/**
 * How many tokens a language model may take a text for: more than the tokenizers in use count, since an answer that was promised to
 * be short must be. Four letters, two digits, or one other character a token, and three for one beyond ASCII.
 */
export function tokensIn(text: string): number {
  let count = 0;
  for (const [piece] of text.matchAll(/[A-Za-z]+|\d+|[^\x20-\x7e]|[!-~]/g)) {
    if (/^[A-Za-z]/.test(piece)) count += Math.ceil(piece.length / 4);
    else if (/^\d/.test(piece)) count += Math.ceil(piece.length / 2);
    else count += piece === "\n" || piece.charCodeAt(0) < 0x7f ? 1 : 3;
  }
  return count;
}
