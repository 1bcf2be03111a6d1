import assert from "node:assert/strict";
import { it } from "node:test";
import { answered } from "#core/cluster/cluster.ts";
import { probe as nftFate } from "#core/probes/nft-fate.ts";
import { liveLooker } from "#core/probing/looker.ts";
import { question } from "#core/probing/probe.ts";
import { fixtureCluster } from "./fixture-cluster.ts";

const containers = () =>
  ["ghcr.io/flannel-io/flannel:v0.27.4", "registry.k8s.io/kube-proxy:v1.36.0"].map((image) => ({
    namespace: "kube-system",
    pod: image.includes("flannel") ? "flannel" : "kube-proxy",
    container: "main",
    image,
    limited: false,
  }));

it("asks kube-proxy for the nftables rules of a node, and once for whatever packets", async () => {
  const asked: string[] = [];
  const looker = liveLooker(
    {
      ...fixtureCluster([]),
      async run(from, _argv, { stdin = "" }) {
        asked.push(from.pod);
        const mark = stdin.trimEnd().split("\n").at(-1);
        return answered({ stdout: `${mark} N nft\n{"nftables":[]}\n\n${mark} Z end\n`, stderr: "", exitCode: 0 });
      },
    },
    { access: "exec", containers },
  );
  const fateOf = (destination: string) =>
    question(nftFate, {
      at: { kind: "node", node: "n1" },
      packets: [{ source: "fd00::1", destination }],
      together: "nftables",
    } as never);
  const looked = [...(await looker.look([fateOf("fd00::2")])), ...(await looker.look([fateOf("fd00::3")]))];
  assert.ok(looked.every(({ answer, through }) => answer.ok && through?.pod === "kube-proxy"));
  assert.deepEqual(asked, ["kube-proxy"]);
});
