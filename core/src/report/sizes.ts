import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import type { PathSize } from "../judging/path-size.ts";

/** How large a packet may be on one way, in words. */
export interface SizeView {
  readonly family: PathSize["family"];
  readonly from: string;
  readonly to: string;
  /** "up to 1430 bytes" */
  readonly result: string;
  readonly because: string;
  /** What the interfaces let expect, where less passes than that or nothing was measured. */
  readonly expected?: string;
  /** Larger packets are lost. */
  readonly loses: boolean;
}

export function sizesOf({ sizes, symptoms }: Pick<Diagnosis, "sizes" | "symptoms">): SizeView[] {
  return sizes.map(({ symptom, family, from, to, largest, state, because, expected }) => ({
    family,
    from,
    to: symptoms.find(({ id }) => id === symptom)?.to ?? to,
    result: largest === null || state === "unknown" ? "not known" : `works up to ${largest} bytes`,
    because,
    ...(expected ? { expected: expectedWords(expected, largest) } : {}),
    loses: state === "vanishes",
  }));
}

function expectedWords({ bytes, because }: NonNullable<PathSize["expected"]>, largest: number | null): string {
  const than =
    largest === null || largest === bytes
      ? ""
      : largest < bytes
        ? `, ${bytes - largest} more`
        : `, ${largest - bytes} less`;
  return `${bytes} bytes were to be expected${than}: ${because}`;
}
