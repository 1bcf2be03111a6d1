import type { Cause } from "../judging/cause.ts";
import { judgePeerRoute } from "../judging/peer-route.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The target's node has no route back to the pods of the source's node",
  why: "Requests arrive, and the answers leave by the default route, towards a router that knows nothing of pods. The CNI's agent of the target's node never learned the source's node, or lost its route.",
  source: "https://kubernetes.io/docs/concepts/cluster-administration/networking/",
  looksLike: ["route-to-peer-missing", "blackhole-route"], // the way there lacks a route / an entry rejects
  code: "R04",

  judge: (subject) => judgePeerRoute(subject, "back"),
};
