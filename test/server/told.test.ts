import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Client, positionOf, withClient } from "./client.ts";

// The folder of a repository that was never cloned: the server cannot look into it, the client tells what lies there.
const folder = "vscode-vfs://github%2B7b2276/kube/repository";
const workspaceFolders = [{ uri: folder, name: "repository" }];
const at = (name: string) => `${folder}/${name}`;

const tell = (client: Client, files: Readonly<Record<string, string | null>>) =>
  client.tell("kube-ipv6/files", { files: Object.entries(files).map(([name, text]) => ({ uri: at(name), text })) });

const policy = `kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: { name: a }
spec:
  podSelector: {}
  egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]
`;
const off = "rules: { network-policy-ipv4-any: off }\n";
const network = (name: string) =>
  readFileSync(new URL(`../extension/workspace/network/${name}`, import.meta.url), "utf8");

const codes = (found: readonly { readonly code?: unknown }[]) => found.map(({ code }) => code);

test("files that are told of are among the problems, under the client's own spelling", () =>
  withClient(
    async (client) => {
      await tell(client, { "a b/policy.yaml": policy });
      const uri = at("a%20b/policy.yaml").replace("a b", "a%20b");
      await client.tell("kube-ipv6/files", { files: [{ uri, text: policy }] });
      assert.deepEqual(codes(await client.about(uri, () => true)), ["network-policy-ipv4-any"]);
    },
    { workspaceFolders },
  ));

test("what lies beside an open file counts, until it is gone", () =>
  withClient(
    async (client) => {
      const beside = at("network/cluster.yaml");
      const overlaps = ({ diagnostics }: { readonly diagnostics: readonly object[] }) =>
        codes(diagnostics).includes("overlapping-ranges");
      await client.open(beside, network("cluster.yaml"));
      await tell(client, { "network/load-balancers.yaml": network("load-balancers.yaml") });
      await client.about(at("network/load-balancers.yaml"), overlaps);
      await tell(client, { "network/load-balancers.yaml": null });
      const before = client.published.length;
      await client.about(at("network/load-balancers.yaml"), ({ diagnostics }) => diagnostics.length === 0);
      assert.ok(client.published.length >= before);
    },
    { workspaceFolders },
  ));

test("settings hold below the folder they are told of, from then on", () =>
  withClient(
    async (client) => {
      assert.deepEqual(codes(await client.open(at("below/policy.yaml"), policy)), ["network-policy-ipv4-any"]);
      // The editor's own word of the file may come before the client has read it.
      const changed = { changes: [{ uri: at(".kube-ipv6.yaml"), type: 1 }] };
      await client.tell("workspace/didChangeWatchedFiles", changed);
      await tell(client, { ".kube-ipv6.yaml": off });
      await client.about(at("below/policy.yaml"), ({ diagnostics }) => diagnostics.length === 0);
      const meant = await client.ask("kube-ipv6/file", { uri: at("below/policy.yaml") });
      assert.equal(meant.config, at(".kube-ipv6.yaml"));
    },
    { workspaceFolders },
  ));

test("nothing is read for a file that was told of in no folder, and malformed words are left out", () =>
  withClient(async (client) => {
    await client.tell("kube-ipv6/files", { files: [{ uri: at("policy.yaml"), text: policy }, 7, { uri: 1 }, null] });
    await client.tell("kube-ipv6/files", null);
    const hover = client.hover(at("policy.yaml"), positionOf(policy, "0.0.0.0/0"));
    assert.equal(await hover, null);
    assert.deepEqual(client.published, []);
  }));
