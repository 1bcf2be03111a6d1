import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { cli } from "../cli/cli.ts";
import { type Client, withClient } from "../server/client.ts";
import { nastyTree } from "./tree.ts";

async function inEditor(client: Client): Promise<string[]> {
  const { plans } = await client.ask("kube-ipv6/plan", {});
  return plans.flatMap((prefixes: { text: string }[]) => prefixes.map(({ text }) => text)).sort();
}

test("editor and command line read the same files of a stranger's repository, and come to its end", async (t) => {
  const { root, inside } = await nastyTree(t);
  const { out, err, code } = cli(["plan", "--format", "json", "."], { cwd: root });
  const { roots } = JSON.parse(out);
  assert.deepEqual(roots.map(({ range }: { range: string }) => range).sort(), inside);
  assert.equal(code, 3, err);

  const folder = { uri: pathToFileURL(root).href, name: "nasty" };
  await withClient(
    async (client) => {
      for (let known: string[] = []; known.length < inside.length; ) known = await inEditor(client);
      // A word from the editor about what the scan leaves out does not bring it in.
      const uris = [
        "node_modules/m.yaml",
        "go/vendor/k8s.io/v.yaml",
        "sub/out/x.yaml",
        "sub/link.yaml",
        "pipe.yaml",
        "zero.yaml",
        "notes.txt",
      ];
      const changes = uris.map((name) => ({ uri: `${folder.uri}/${name}`, type: 2 }));
      await client.tell("workspace/didChangeWatchedFiles", { changes });
      await client.open("untitled:after.yaml", "kind: X\n");
      assert.deepEqual(await inEditor(client), inside);
    },
    { workspaceFolders: [folder] },
  );
});
