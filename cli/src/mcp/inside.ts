import { parseAddress } from "#core/addresses/address.ts";
import { knownRange } from "#core/addresses/known-ranges.ts";
import type { Target } from "#core/diagnosis/diagnosis.ts";
import { UsageError } from "../command.ts";

/**
 * Lets pass only what certainly lies within: objects, addresses of private ranges, names that a cluster answers itself. A name that
 * is asked for outside carries what somebody wrote into it, and an address is told that somebody is there.
 */
export function insideAlone(target: Target): void {
  if (target.kind === "address") {
    const address = parseAddress(target.address);
    if (address && knownRange(address)?.scope === "private") return;
  } else if (target.kind !== "name" || isService(target.name)) return;
  throw new UsageError(
    "this may lie outside the cluster: name a pod, a Service (svc/NAME) or a node, or let whoever started the server do so with --outside",
  );
}

/** `web.shop.svc`, `web.shop.svc.cluster.local`: a name without a dot is asked for with every search domain, the node's among them. */
function isService(name: string): boolean {
  return /^[a-z0-9-]+\.[a-z0-9-]+\.svc(?:\.cluster\.local\.?)?$/.test(name);
}
