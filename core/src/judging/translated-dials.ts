import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Translated, translated, wellKnownPref64 } from "../addresses/nat64.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { coreDns64, corefileRefused, type Dns64Seen } from "./dns64.ts";
import { atPod, failedDials, leavesThePod } from "./failures.ts";
import type { Symptom } from "./symptom.ts";

export interface TranslatedDials {
  /** Lost dials to addresses that stand for IPv4 ones. */
  readonly lost: readonly { readonly dial: Symptom; readonly to: Translated }[];
  readonly dns64: Dns64Seen | undefined;
  /** Dials outside were lost, and the prefix of CoreDNS, which they may have, was not read. */
  readonly unread: boolean;
}

/** Why nothing is said of translators where {@link TranslatedDials.unread}. */
export const unreadPrefix =
  "dials outside were lost, and whether their addresses are of DNS64's prefix is not known: the Corefile was not read";

/** The dials to a translator's prefix that were lost: to the well-known one, or to that of CoreDNS. */
export function* translatedDials(subject: Case): Asking<TranslatedDials> {
  const failed = failedDials(subject, "timeout", "host-unreachable", "network-unreachable", "denied");
  const outside: Symptom[] = [];
  for (const dial of failed.filter(({ flow }) => flow?.scope === "outside")) if (yield* left(dial)) outside.push(dial);
  const dns64 = outside.length > 0 ? yield* coreDns64() : undefined;
  const prefixes = [...new Set([dns64?.dns64?.prefix ?? wellKnownPref64, wellKnownPref64])];
  const lost = outside.flatMap((dial) => {
    const to = translated(dial.flow?.host ?? "", prefixes);
    return to ? [{ dial, to }] : [];
  });
  return { lost, dns64, unread: outside.length > 0 && lost.length === 0 && (yield* corefileRefused()) };
}

/** A route of a node to a translator that does not have this prefix. */
export function otherTranslator(table: readonly Route[], prefix: string): Route | undefined {
  return table.find((route) => isTranslators(route) && !holds(route, prefix));
}

/** The names that translators give their devices, or the one prefix that is never anything else. */
function isTranslators({ destination, device, reject }: Route): boolean {
  return (
    !reject &&
    (destination === wellKnownPref64 || (/\/96$/.test(destination) && /^(nat64|tayga|jool|clat)/i.test(device)))
  );
}

function holds({ destination }: Route, prefix: string): boolean {
  const [outer, inner] = [parsePrefix(destination), parsePrefix(prefix)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}

/** A translator next door refuses as soon as the pod's own kernel would; but that has a way. */
function* left({ flow, outcome, ms = 0 }: Symptom): Asking<boolean> {
  if (outcome !== "network-unreachable" || ms >= leavesThePod) return true;
  const address = parseAddress(flow?.host ?? "");
  const table = flow ? yield* tryAsk(routes, atPod(flow.from)) : undefined;
  const way = table?.ok && address ? routeTo(table.value, address) : undefined;
  return way !== undefined && !way.reject;
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
