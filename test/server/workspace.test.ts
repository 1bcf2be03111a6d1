import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { InitializeParams } from "vscode-languageserver-protocol/node";
import { type Client, withClient } from "./client.ts";
import { policy, rule } from "./policy.ts";

const made: string[] = [];
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder with files on disk, and how a client opens it. */
function folder(files: Record<string, string>) {
  const path = mkdtempSync(join(tmpdir(), "kube-ipv6-"));
  made.push(path);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const uri = (name: string) => pathToFileURL(join(path, name)).href;
  const params: Partial<InitializeParams> = { workspaceFolders: [{ uri: pathToFileURL(path).href, name: "test" }] };
  return { path, write, uri, params, remove: (name: string) => rmSync(join(path, name)) };
}

const zeros = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 010.96.0.10
`;

async function ranges(client: Client): Promise<string[]> {
  const { plans } = await client.ask("kube-ipv6/plan", {});
  return plans.flatMap((prefixes: { text: string }[]) => prefixes.map(({ text }) => text)).sort();
}

/** Asks until an answer is as wanted; the workspace is read beside everything else. */
async function until<T>(ask: () => Promise<T>, wanted: T): Promise<void> {
  for (let times = 0; ; times++) {
    const answer = await ask();
    try {
      assert.deepEqual(answer, wanted);
      return;
    } catch (error) {
      if (times > 10_000) throw error;
    }
  }
}

const pool = (cidr: string) => `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: pool
spec:
  addresses: [${cidr}]
`;

test("files that are not open are read, again when they change on disk, and as the editor has them while they are open", async () => {
  const on = folder({
    "a/pool.yaml": pool("fd01::/64"),
    "b/plan.yml": "addressing:\n  site: fd02::/48\n",
    "x.txt": "",
  });
  await withClient(async (client) => {
    await until(() => ranges(client), ["fd01::/64", "fd02::/48"]);
    on.write("a/pool.yaml", pool("fd03::/64"));
    on.write("c.yaml", pool("fd04::/64"));
    on.remove("b/plan.yml");
    const changes = ["a/pool.yaml", "c.yaml", "b/plan.yml"].map((name, index) => ({
      uri: on.uri(name),
      type: index + 1,
    }));
    await client.tell("workspace/didChangeWatchedFiles", { changes });
    await until(() => ranges(client), ["fd03::/64", "fd04::/64"]);
    await client.open(on.uri("c.yaml"), pool("fd05::/64"));
    assert.deepEqual(await ranges(client), ["fd03::/64", "fd05::/64"]);
    await client.close(on.uri("c.yaml"));
    await until(() => ranges(client), ["fd03::/64", "fd04::/64"]);
  }, on.params);
});

test("a .kube-ipv6.yaml sets severities, version and exclusions, and its own mistakes are shown in it", async () => {
  const config = `rules:\n  ${rule}: "off"\nkubernetes: "1.35"\nexclude: [skip/**]\nnonsense: 1\n`;
  const on = folder({ ".kube-ipv6.yaml": config, "sub/a.yaml": policy, "skip/b.yaml": policy });
  await withClient(async (client) => {
    const codes = (said: readonly { code?: unknown }[]) => said.map(({ code }) => code);
    assert.equal(codes(await client.open(on.uri("sub/a.yaml"), policy)).includes(rule), false);
    assert.deepEqual(await client.open(on.uri("skip/b.yaml"), policy), []);
    const zero = (await client.open(on.uri("zero.yaml"), zeros)).find(({ code }) => code === "leading-zeros");
    assert.equal(zero?.severity, 2);
    const [mistake] = await client.open(on.uri(".kube-ipv6.yaml"), config);
    assert.match(String(mistake?.message), /"nonsense" is not a setting/);
    assert.deepEqual(mistake?.range, { start: { line: 4, character: 0 }, end: { line: 4, character: 8 } });

    const seen = client.published.length;
    on.write(".kube-ipv6.yaml", 'kubernetes: "1.36"\n');
    await client.tell("workspace/didChangeWatchedFiles", { changes: [{ uri: on.uri(".kube-ipv6.yaml"), type: 2 }] });
    const news = (params: object) => client.published.indexOf(params as never) >= seen;
    assert.equal(codes(await client.about(on.uri("sub/a.yaml"), news)).includes(rule), true);
    const now = await client.about(on.uri("zero.yaml"), news);
    assert.equal(now.find(({ code }) => code === "leading-zeros")?.severity, 1);
  }, on.params);
});

test("the connected cluster's version counts where nothing else is set, and settings come before it", async () => {
  await withClient(async (client) => {
    const uri = "untitled:live/zero.yaml";
    const severity = (said: readonly { code?: unknown; severity?: unknown }[]) =>
      said.find(({ code }) => code === "leading-zeros")?.severity;
    assert.equal(severity(await client.open(uri, zeros)), 1);
    const after = async (send: () => Promise<void>) => {
      const seen = client.published.length;
      await send();
      return severity(await client.about(uri, (params) => client.published.indexOf(params) >= seen));
    };
    const live = (kubernetes: string) => client.tell("kube-ipv6/cluster", { cluster: "dual-v6", kubernetes });
    assert.equal(await after(() => live("1.34")), 2);
    const settings = { "kube-ipv6": { kubernetes: "1.36", cluster: "unknown" } };
    assert.equal(await after(() => client.tell("workspace/didChangeConfiguration", { settings })), 1);
    await live("1.33");
    const quiet = { "kube-ipv6": { kubernetes: "1.36", rules: { "leading-zeros": "off" } } };
    assert.equal(await after(() => client.tell("workspace/didChangeConfiguration", { settings: quiet })), undefined);
  });
});

test("an address outside the ranges of the folder's settings, or of the connected cluster, is reported", async () => {
  const service =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: 10.97.0.10, selector: {app: web}}\n";
  const on = folder({ ".kube-ipv6.yaml": "serviceCIDRs: [10.96.0.0/16]\n", "a.yaml": service });
  const outside = (said: readonly { code?: unknown }[]) =>
    said.some(({ code }) => code === "service-cluster-ip-outside-range");
  await withClient(async (client) => {
    assert.equal(outside(await client.open(on.uri("a.yaml"), service)), true);
    const uri = "untitled:live/web.yaml";
    assert.equal(outside(await client.open(uri, service)), false);
    const after = async (live: object) => {
      const seen = client.published.length;
      await client.tell("kube-ipv6/cluster", live);
      return outside(await client.about(uri, (params) => client.published.indexOf(params) >= seen));
    };
    assert.equal(await after({ cluster: "v4", serviceCIDRs: ["10.96.0.0/16", "nonsense"] }), true);
    assert.equal(await after({ cluster: "v4", serviceCIDRs: ["10.96.0.0/16", "10.97.0.0/24"] }), false);
  }, on.params);
});

test("settings are asked for folder by folder where the client can tell them", async () => {
  const on = folder({ "a.yaml": policy });
  await withClient(
    async (client) => {
      // Both answers come from the handler below, so the first diagnostics may be older than the settings.
      await client.open(on.uri("a.yaml"), policy);
      await client.about(on.uri("a.yaml"), ({ diagnostics }) => !diagnostics.some(({ code }) => code === rule));
      await client.open("untitled:elsewhere.yaml", policy);
      await client.about("untitled:elsewhere.yaml", ({ diagnostics }) => diagnostics.some(({ code }) => code === rule));
    },
    { ...on.params, capabilities: { workspace: { configuration: true } } },
    (client) =>
      client.connection.onRequest("workspace/configuration", ({ items }: { items: { scopeUri?: string }[] }) =>
        items.map(({ scopeUri }) => (scopeUri ? { rules: { [rule]: "off" } } : {})),
      ),
  );
});

test("what an update may not change is said against the text in git HEAD", async () => {
  const before =
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector: {app: web}\n  ipFamilies: [IPv4]\n";
  const now = before.replace("IPv4", "IPv6");
  await withClient(
    async (client) => {
      const uri = "untitled:old/web.yaml";
      await client.open(uri, now);
      const said = await client.about(uri, ({ diagnostics }) => diagnostics.some(({ severity }) => severity === 1));
      assert.equal(
        said.some(({ code }) => code === "service-families-immutable"),
        true,
      );
      await client.open("untitled:old/new.yaml", now.replace("web", "new"));
      const fresh = await client.about("untitled:old/new.yaml", () => true);
      assert.equal(
        fresh.some(({ code }) => code === "service-families-immutable"),
        false,
      );
    },
    { initializationOptions: { old: true } },
    (client) =>
      client.connection.onRequest("kube-ipv6/old", ({ uri }) => (uri.endsWith("web.yaml") ? { text: before } : null)),
  );
});

test("a file that a kustomization names as a patch is not accused of what it leaves out", async () => {
  const patch = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web\nspec: {}\n";
  const on = folder({ "kustomization.yaml": "patches:\n  - path: patches/web.yaml\n", "patches/web.yaml": patch });
  await withClient(async (client) => {
    for (const [name, lenses] of [
      ["patches/web.yaml", undefined],
      ["patches/other.yaml", "IPv4 and IPv6 ingress: nothing"],
    ] as const) {
      await client.open(on.uri(name), patch);
      const [lens] = await client.ask("textDocument/codeLens", { textDocument: { uri: on.uri(name) } });
      assert.equal(lens && (await client.ask("codeLens/resolve", lens)).command.title, lenses);
    }
  }, on.params);
});

test("hovers are answered while a large workspace is read", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 800 }, (_, index) => [`d${index % 20}/f${index}.yaml`, `${policy}---\n`.repeat(20)]),
  );
  const on = folder(files);
  await withClient(async (client) => {
    await client.open("untitled:hover.yaml", policy);
    for (let asked = 0; asked < 50; asked++) {
      const said = await client.hover("untitled:hover.yaml", { line: 10, character: 20 });
      assert.match(said?.contents.value ?? "", /0\.0\.0\.0\/0/);
    }
  }, on.params);
});

const misspelt = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {a: b}, ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, ipv6]}
`;

test("all manifests of the workspace are told of, as they are on disk, in the editor, and gone", async () => {
  const on = folder({ "a.yaml": misspelt, "b/b.yaml": misspelt, "skip/c.yaml": misspelt, "d.yaml": "a: 1\n" });
  on.write(".kube-ipv6.yaml", "exclude: ['skip/**']\n");
  await withClient(async (client) => {
    const of = (name: string, count: number) => client.about(on.uri(name), (said) => said.diagnostics.length === count);
    await of("a.yaml", 1);
    await of("b/b.yaml", 1);
    const changed = (name: string) =>
      client.tell("workspace/didChangeWatchedFiles", { changes: [{ uri: on.uri(name), type: 2 }] });

    on.write("a.yaml", misspelt.replace("ipv6]", "IPv6]"));
    client.published.length = 0;
    await changed("a.yaml");
    await client.about(on.uri("a.yaml"), ({ diagnostics }) =>
      diagnostics.every(({ code }) => code !== "service-ip-families"),
    );

    client.published.length = 0;
    const opened = await client.open(on.uri("b/b.yaml"), misspelt.replace("ipv6]", "IPv6, IPv4]"));
    assert.deepEqual(opened.map(({ code }) => code).includes("service-ip-families"), true);
    await client.close(on.uri("b/b.yaml"));
    // What is on disk counts again, and it is said without a version.
    const closed = await client.about(on.uri("b/b.yaml"), ({ version }) => version === undefined);
    assert.equal(closed.length, 1);

    client.published.length = 0;
    on.remove("b/b.yaml");
    await changed("b/b.yaml");
    assert.deepEqual(await of("b/b.yaml", 0), []);
    assert.ok(client.published.every(({ uri }) => !uri.includes("skip") && !uri.includes("d.yaml")));
  }, on.params);
});

test("with the setting for open files nothing is said of others, and what was said is taken back", async () => {
  const on = folder({ "a.yaml": misspelt, "b.yaml": misspelt });
  await withClient(async (client) => {
    await client.about(on.uri("a.yaml"), ({ diagnostics }) => diagnostics.length === 1);
    await client.open(on.uri("b.yaml"), misspelt);
    client.published.length = 0;
    await client.tell("workspace/didChangeConfiguration", { settings: { "kube-ipv6": { check: "openFiles" } } });
    await client.about(on.uri("a.yaml"), ({ diagnostics }) => diagnostics.length === 0);
    await client.close(on.uri("b.yaml"));
    await client.about(on.uri("b.yaml"), ({ diagnostics }) => diagnostics.length === 0);
    assert.deepEqual(
      client.published.filter(({ diagnostics }) => diagnostics.length > 0),
      [],
    );
  }, on.params);
});

test("a base is judged as its overlay builds it, and again as the overlay is edited", async () => {
  const patched = "resources: [../base]\npatches: [{path: open.yaml}]\n";
  const open = `${policy}        - ipBlock:\n            cidr: ::/0\n`;
  const on = folder({
    "base/kustomization.yaml": "resources: [policy.yaml]\n",
    "base/policy.yaml": policy,
    "prod/kustomization.yaml": patched,
    "prod/open.yaml": open,
  });
  const base = on.uri("base/policy.yaml");
  const says = async (client: Client, wanted: boolean, since: number) => {
    const fits = (params: { diagnostics: readonly { code?: unknown }[] }) =>
      client.published.indexOf(params as never) >= since &&
      params.diagnostics.some(({ code }) => code === rule) === wanted;
    return client.about(base, fits as never);
  };
  await withClient(async (client) => {
    // The workspace may be read before it is open or after.
    await client.open(base, policy);
    await says(client, false, 0);
    const kustomization = on.uri("prod/kustomization.yaml");
    const seen = client.published.length;
    await client.open(kustomization, "resources: [../base]\n");
    await says(client, true, seen);
    const later = client.published.length;
    await client.change(kustomization, patched);
    await says(client, false, later);
  }, on.params);
});
