import { type Translated, translated, wellKnownPref64 } from "../addresses/nat64.ts";
import type { Asking } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { coreDns64, type Dns64Seen } from "./dns64.ts";
import { failedOnTheWay } from "./failures.ts";
import type { Symptom } from "./symptom.ts";

export interface TranslatedDials {
  /** Lost dials to addresses that stand for IPv4 ones. */
  readonly lost: readonly { readonly dial: Symptom; readonly to: Translated }[];
  readonly dns64: Dns64Seen | undefined;
}

/** The dials to a translator's prefix that were lost: to the well-known one, or to that of CoreDNS. */
export function* translatedDials(subject: Case): Asking<TranslatedDials> {
  const outside = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "outside");
  const dns64 = outside.length > 0 ? yield* coreDns64() : undefined;
  const prefixes = [...new Set([dns64?.dns64?.prefix ?? wellKnownPref64, wellKnownPref64])];
  const lost = outside.flatMap((dial) => {
    const to = translated(dial.flow?.host ?? "", prefixes);
    return to ? [{ dial, to }] : [];
  });
  return { lost, dns64 };
}

/** A dial to an address of the same prefix that was answered: the translator is there. */
export function translatorWorks({ symptoms }: Case, prefix: string): Symptom | undefined {
  return symptoms.find(
    ({ flow, outcome }) =>
      (outcome === "ok" || outcome === "refused") && translated(flow?.host ?? "", [prefix]) !== undefined,
  );
}

/** A dial over IPv6 to the outside, to an address that nobody translates, that was answered. */
export function nativeWorks({ symptoms }: Case, prefix: string): Symptom | undefined {
  return symptoms.find(
    ({ flow, family, outcome }) =>
      flow?.scope === "outside" &&
      family === "IPv6" &&
      (outcome === "ok" || outcome === "refused") &&
      translated(flow.host ?? "", [prefix]) === undefined,
  );
}
