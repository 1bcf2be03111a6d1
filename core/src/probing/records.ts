/** A part of the output of one exec. */
export interface Piece {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

/** Cuts the output of a program at its mark. */
export function split(mark: string, stdout: string): Piece[] {
  return stdout.split(`${mark} `).flatMap((part) => {
    const head = /^([A-Z]) ([^\n]*)\n/.exec(part);
    if (!head) return [];
    const text = part.slice(head[0].length);
    return { kind: head[1] ?? "", name: head[2] ?? "", text: text.endsWith("\n") ? text.slice(0, -1) : text };
  });
}
