/** Three-valued logic: a question about a live cluster is answered yes, no, or "cannot be known, because ...". */
export interface Unknown {
  /** A clause that completes "not known, because ...". */
  readonly unknown: string;
}

export type Truth = boolean | Unknown;

export function unknownTruth(because: string): Unknown {
  return { unknown: because };
}

export function isUnknown(truth: Truth): truth is Unknown {
  return typeof truth === "object";
}

/** True if all are: one false settles it, whatever is unknown beside it. */
export function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.find(isUnknown) ?? true;
}

/** True if one is, whatever is unknown beside it. */
export function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.find(isUnknown) ?? false;
}

export function not(truth: Truth): Truth {
  return isUnknown(truth) ? truth : !truth;
}
