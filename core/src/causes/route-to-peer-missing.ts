import type { Cause } from "../judging/cause.ts";
import { judgePeerRoute } from "../judging/peer-route.ts";

export const cause: Cause = {
  layer: "route",
  summary: "A node has no route to the pods of another node",
  why: "The CNI's agent gives every node a route to the pod range of every other node. Where it is missing, the packet leaves by the default route, towards a router that knows nothing of pods.",
  source: "https://kubernetes.io/docs/concepts/cluster-administration/networking/",
  looksLike: ["blackhole-route", "forwarding-off", "return-route-missing"], // an entry rejects / the route is there / the answers lack one
  code: "R03",

  judge: (subject) => judgePeerRoute(subject, "there"),
};
