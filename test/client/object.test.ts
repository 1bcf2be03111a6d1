import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { objectText } from "#client/object/text.ts";
import { objectPath, parseObjectPath } from "#client/object/uri.ts";
import { answered, refused } from "#core/cluster/cluster.ts";

const ref = {
  apiVersion: "networking.k8s.io/v1",
  resource: "networkpolicies",
  kind: "NetworkPolicy",
  namespace: "lab",
  name: "a.b",
};

describe("the document of an object", () => {
  it("has an address that says which object of which context, whatever is in the names", () => {
    const context = "arn:aws:eks:eu-west-1:1:cluster/Größe";
    assert.deepEqual(parseObjectPath(objectPath(context, ref)), { context, ref });
    const { namespace: _, ...node } = { ...ref, apiVersion: "v1", resource: "nodes", kind: "Node" };
    assert.deepEqual(parseObjectPath(objectPath("c", node)), { context: "c", ref: node });
    assert.equal(parseObjectPath("/c/v1/nodes.yaml"), undefined);
  });

  it("is YAML with kind and apiVersion first and without managedFields", () => {
    const metadata = { name: "a.b", managedFields: [{ manager: "kubectl" }], labels: { app: "web" } };
    const object = { metadata, spec: { podSelector: {}, cidr: "fd00::/8" } };
    assert.equal(
      objectText(ref, answered(object)),
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: a.b
  labels:
    app: web
spec:
  podSelector: {}
  cidr: fd00::/8
`,
    );
  });

  it("says in comments why it could not be read", () => {
    const text = objectText(ref, refused("forbidden", "You may not read it.", "Ask for the role view."));
    assert.equal(text, "# NetworkPolicy a.b\n# You may not read it.\n# Ask for the role view.\n");
  });
});
