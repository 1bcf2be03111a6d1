/** Something the user named that is not there. */
export interface Missing {
  /** "pod default/wbe" */
  readonly what: string;
  /** What may have been meant, the likeliest first, as it is written behind `--to`. */
  readonly nearest: readonly string[];
}

/** "pod default/wbe was not found; did you mean svc/default/web?" */
export function missingSentence({ what, nearest }: Missing): string {
  return `${what} was not found${nearest.length > 0 ? `; did you mean ${nearest.join(" or ")}?` : ""}`;
}
