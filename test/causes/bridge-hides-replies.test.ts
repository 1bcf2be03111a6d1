import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Transit } from "#core/probes/transit.ts";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("bridge-hides-replies");
const [dial] = given.dials ?? [];
const bridge = (value: object) => ({ bridge: { hairpin: { veth1: 1 }, ...value } });
const sentTo = (source: string) => {
  const transit = structuredClone(given.seen?.transit) as Transit;
  const [first] = transit.tracked ?? [];
  if (first) Object.assign(first.reply, { source });
  return { transit };
};

describe("bridge-hides-replies", () => {
  it("is proven where the endpoint is on the pod's own bridge and is reached directly", () => {
    const { status, because } = judge("bridge-hides-replies", given);
    assert.equal(status, "proven", because);
    assert.match(because, /translated fd00:10:96::80 to fd00:10:244:1::12, which is on cni0 like the pod itself/);
  });

  it("is only possible where that endpoint was not reached directly", () => {
    assert.equal(judge("bridge-hides-replies", { ...given, dials: dial ? [dial] : [] }).status, "possible");
  });

  variants("bridge-hides-replies", given, {
    "the module is not loaded": [bridge({}), "proven"],
    "the rules see what passes the bridge": [bridge({ callsIp6tables: 1 }), "excluded"],
    "the node has no bridge": [{ bridge: { callsIp6tables: 0, hairpin: {} } }, "excluded"],
    "nothing was translated": [sentTo("fd00:10:96::80"), "excluded"],
    "the pod itself is the endpoint": [sentTo("fd00:10:244:1::11"), "excluded"],
    "the endpoint is on another node": [
      { ...sentTo("fd00:10:244:2::11"), "routes node n1": seen.routes(seen.staticDefault, seen.toN2) },
      "excluded",
    ],
    "nobody may look": [{ bridge: nobody }, "unknown"],
  });
});
