import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import type { ProposedChange } from "#core/mends/propose.ts";
import { way } from "#core/mends/ways/corefile-aaaa.ts";
import { proposalWords } from "#core/mends/words.ts";

const type = { apiVersion: "v1", resource: "configmaps" };

function proposal(lines: string): ProposedChange {
  const corefile = (hiding: string) => `.:53 {\n${hiding}    kubernetes cluster.local\n    reload\n${lines}}\n`;
  const object = (Corefile: string): KubeObject => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "coredns", namespace: "kube-system", uid: "a-uid" },
    data: { Corefile },
  });
  return {
    way,
    place: { type, kind: "ConfigMap", namespace: "kube-system", name: "coredns" },
    patch: { data: { Corefile: corefile("") } },
    before: object(corefile("    template IN AAAA\n")),
    after: object(corefile("")),
    version: "7",
    besides: [],
    afterwards: [],
  };
}

test("of an object what changes is shown, and of a Corefile no key that stands elsewhere in it", () => {
  const filler = "    log\n".repeat(20);
  const words = proposalWords(proposal(`${filler}    route53 AWS_SECRET_ACCESS_KEY hidden\n`), {
    context: "c",
    server: "s",
  });
  const text = words.join("\n");
  assert.match(text, /^ {2}- +template IN AAAA$/m);
  assert.match(text, /^Sent as a JSON merge patch of data\.Corefile\.$/m);
  assert.doesNotMatch(text, /SECRET|a-uid/);
});

test("a short patch is printed as it is sent", () => {
  const words = proposalWords(proposal(""), { context: "c", server: "s" });
  assert.ok(words.some((line) => line.startsWith('Sent as a JSON merge patch: {"data":{"Corefile":".:53 {')));
});
