import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scenePod } from "#core/diagnosis/choose-pods.ts";
import { flowsOf } from "#core/diagnosis/flows.ts";
import { sceneNode } from "#core/diagnosis/scene-node.ts";
import { serviceFlows } from "#core/diagnosis/service-flows.ts";
import { a, n1, nodeObject, serviceObject } from "../causes/case.ts";

describe("what is dialled", () => {
  const source = scenePod(a);

  it("is the address as rules and routes name it, however the Service was given it", () => {
    const object = serviceObject("web", { clusterIPs: ["FD00:10:96:0::80", "10.96.0.80"], ports: [{ port: 80 }] });
    const dialled = serviceFlows(source, { namespace: "default", name: "web", object }, undefined);
    assert.deepEqual(
      dialled.map(({ family, host }) => [family, host]),
      [
        ["IPv6", "fd00:10:96::80"],
        ["IPv4", "10.96.0.80"],
      ],
    );
  });

  it("is known for a node by any spelling of its address", () => {
    const nodes = [n1, nodeObject("n2", ["2001:DB8:18:0::102"], [])].map(sceneNode);
    const to = { kind: "address", address: "2001:db8:0018::102", port: 80 } as const;
    const [dialled] = flowsOf({
      subject: { to },
      pods: [source],
      nodes,
      allNodes: nodes,
      services: [],
      behind: { dialled: [], ready: 0, unready: 0, unnamedOn: [] } as never,
    });
    assert.deepEqual([dialled?.scope, dialled?.host], ["node", "2001:db8:18::102"]);
  });
});
