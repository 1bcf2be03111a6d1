import assert from "node:assert/strict";
import { test } from "node:test";
import { markedIn } from "#client/object/marked.ts";
import type { Mark, ObjectRef } from "#client/tree/row.ts";

const text = `# What serves the shop.
apiVersion: v1
kind: Service
metadata:
  name: web
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  pod.yaml: |
    apiVersion: v1
    kind: Pod
    metadata: { name: a, namespace: shop }
---

apiVersion: v1
kind: Pod
metadata: { name: a, namespace: shop }
---
apiVersion: v1
kind: Node
metadata: { name: n1 }
`;

const said: Readonly<Record<string, string>> = {
  "Service default/web": "IPv6 fails from pod shop/a (08:43)",
  "Pod shop/a": "IPv4 and IPv6 work from pod default/b (08:43)",
  "Node undefined/n1": "IPv6 forwarding is off on the node (08:43)",
};

const markOf = ({ kind, namespace, name }: ObjectRef): Mark | undefined => {
  const words = said[`${kind} ${namespace}/${name}`];
  return words === undefined ? undefined : { text: words, tone: "error", diagnosis: "1" };
};

test("what the last diagnosis said stands at the first line of each object, not of what is embedded", () => {
  assert.deepEqual(
    markedIn(text, "default", markOf).map(({ line, object, mark }) => [line + 1, object.kind, mark.text]),
    [
      [2, "Service", said["Service default/web"]],
      [18, "Pod", said["Pod shop/a"]],
      [22, "Node", said["Node undefined/n1"]],
    ],
  );
});

test("an object of another namespace is another object", () => {
  assert.deepEqual(
    markedIn(text, "shop", markOf).map(({ object }) => object.kind),
    ["Pod", "Node"],
  );
});
