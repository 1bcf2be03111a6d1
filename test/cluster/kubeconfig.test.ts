import assert from "node:assert/strict";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type TestContext, test } from "node:test";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { onKubeconfigChange } from "#cluster/kubeconfig-watch.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import { answerOf, assertReadable, refusalOf, temporaryFolder } from "./kubeconfig-file.ts";

async function file(test: TestContext, text: string, name = "config"): Promise<string> {
  const path = join(await temporaryFolder(test), name);
  await writeFile(path, text);
  return path;
}

const good = `
apiVersion: v1
kind: Config
current-context: dev
contexts:
  - name: dev
    context: { cluster: dev, user: dev, namespace: web }
  - name: nobody
    context: { cluster: dev }
clusters:
  - name: dev
    cluster: { server: "https://me:very-secret@[fd00::1]:6443/" }
users:
  - name: dev
    user: { token: very-secret }
`;

test("the contexts of a kubeconfig are read, without their credentials", async (t) => {
  const path = await file(t, good);
  const kubeconfig = answerOf(await readKubeconfig({ path }));
  const server = "https://[fd00::1]:6443";
  assert.deepEqual(kubeconfig, {
    files: [path],
    current: "dev",
    contexts: [
      { name: "dev", cluster: "dev", user: "dev", namespace: "web", userKind: "token", server },
      { name: "nobody", cluster: "dev", user: "", namespace: "default", userKind: "nobody", server },
    ],
  });
  assert.ok(!JSON.stringify(kubeconfig).includes("very-secret"));
  const cluster = answerOf(await openCluster(kubeconfig, "nobody"));
  assert.equal(cluster.server, server);
});

test("several files are merged as kubectl does: the first wins, missing ones are skipped", async (t) => {
  const first = await file(t, "contexts: [{ name: dev, context: { cluster: other, user: dev } }]");
  const second = await file(t, good);
  const KUBECONFIG = [first, "/no/such/file", second, ""].join(delimiter);
  const { contexts, current, files } = answerOf(await readKubeconfig({ env: { KUBECONFIG } }));
  assert.deepEqual(files, [first, second]);
  assert.equal(current, "dev");
  assert.deepEqual(
    contexts.map(({ name, cluster }) => [name, cluster]),
    [
      ["dev", "other"],
      ["nobody", "dev"],
    ],
  );
});

test("without KUBECONFIG it is ~/.kube/config", async (t) => {
  const HOME = await temporaryFolder(t);
  await mkdir(join(HOME, ".kube"));
  await writeFile(join(HOME, ".kube", "config"), good);
  assert.equal(answerOf(await readKubeconfig({ env: { HOME } })).current, "dev");
});

test("every kind of user is told", async (t) => {
  const users = [
    { exec: { command: "x" } },
    { "client-certificate": "a" },
    { username: "u" },
    { "auth-provider": { name: "oidc" } },
    { tokenFile: "f" },
    {},
  ];
  const path = await file(
    t,
    JSON.stringify({
      contexts: users.map((_, index) => ({ name: `${index}`, context: { cluster: "c", user: `${index}` } })),
      users: users.map((user, index) => ({ name: `${index}`, user })),
    }),
  );
  const kinds = answerOf(await readKubeconfig({ path })).contexts.map(({ userKind }) => userKind);
  assert.deepEqual(kinds, ["exec plugin", "client certificate", "password", "auth provider", "token", "nobody"]);
});

const broken: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  [
    "not YAML",
    'users:\n  - name: a\n    user: { token: "very-secret }\n',
    /is not valid YAML \(line \d+, column \d+\): /,
  ],
  ["not a mapping", "- just\n- a list\n", /is not a mapping/],
  ["a list that is none", "clusters: {}\n", /clusters is not a list/],
  ["an entry without a name", "contexts: [{ context: {} }]\n", /contexts\[0\] has no name/],
  ["an entry that is a text", "users: [{ name: me, user: very-secret }]\n", /user "me" is not a mapping/],
];
for (const [name, text, message] of broken) {
  test(`a broken kubeconfig is said to be that, and its secrets are kept: ${name}`, async (t) => {
    const path = await file(t, text);
    const refusal = refusalOf(await readKubeconfig({ path }));
    assert.equal(refusal.reason, "config");
    assert.match(refusal.message, message);
    assert.ok(refusal.message.includes(path));
    assert.ok(!JSON.stringify(refusal).includes("very-secret"));
    assertReadable(refusal);
  });
}

test("a kubeconfig that is not there, or is a folder, is said to be that", async (t) => {
  const folder = await temporaryFolder(t);
  const missing = refusalOf(await readKubeconfig({ path: join(folder, "config") }));
  assert.equal(missing.reason, "absent");
  assert.match(missing.message, /There is no kubeconfig: .*config does not exist/);
  assert.match(missing.remedy ?? "", /KUBECONFIG/);
  const directory = refusalOf(await readKubeconfig({ path: folder }));
  assert.match(directory.message, /cannot be read: EISDIR/);
  assert.equal(directory.reason, "config");
});

test("a number where a text is meant, and a context without a cluster, are not taken for more than they are", async (t) => {
  const contexts = [
    { name: "dev", context: { cluster: "dev", user: "me" } },
    { name: "bare", context: {} },
  ];
  const clusters = [{ name: "dev", cluster: { server: "https://a", "tls-server-name": 1, "proxy-url": 2 } }];
  const users = [{ name: "me", user: { token: 12_345, username: null, exec: "x" } }];
  const path = await file(t, JSON.stringify({ contexts, clusters, users }));
  const kubeconfig = answerOf(await readKubeconfig({ path }));
  assert.deepEqual(
    kubeconfig.contexts.map(({ name, userKind }) => [name, userKind]),
    [
      ["dev", "nobody"],
      ["bare", "nobody"],
    ],
  );
  answerOf(await openCluster(kubeconfig, "dev", { env: {} })).close();
  assert.match(refusalOf(await openCluster(kubeconfig, "bare")).message, /names the cluster "", which is not in/);
});

test("an empty kubeconfig has no contexts and no current one", async (t) => {
  const kubeconfig = answerOf(await readKubeconfig({ path: await file(t, "") }));
  assert.deepEqual(kubeconfig.contexts, []);
  assert.match(refusalOf(await openCluster(kubeconfig)).message, /has no current context/);
});

const context = (cluster: string, user: string) => `
contexts: [{ name: dev, context: { cluster: dev, user: me } }]
clusters: ${cluster}
users: ${user}
`;
const pem = (text: string) => Buffer.from(text).toString("base64");
const unusable: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  ["an unknown context", good, /has no context "dev2"/],
  ["an unknown cluster", context("[]", "[]"), /names the cluster "dev", which is not in/],
  [
    "an unknown user",
    context("[{ name: dev, cluster: { server: 'https://a' } }]", "[]"),
    /names the user "me", which is not in/,
  ],
  ["no server", context("[{ name: dev, cluster: {} }]", "[{ name: me }]"), /Cluster "dev" in .* has no server/],
  [
    "no URL",
    context("[{ name: dev, cluster: { server: 'https://[fd00::1:6443' } }]", "[{ name: me }]"),
    /is not a URL/,
  ],
  [
    "a CA file that is gone",
    context("[{ name: dev, cluster: { server: 'https://a', certificate-authority: ca.crt } }]", "[{ name: me }]"),
    /The file .*ca\.crt, named by "dev" in .*, cannot be read: ENOENT/,
  ],
  [
    "a CA that is none",
    context(
      `[{ name: dev, cluster: { server: 'https://a', certificate-authority-data: ${pem("x")} } }]`,
      "[{ name: me }]",
    ),
    /no PEM text/,
  ],
  [
    "a certificate without a key",
    context(
      "[{ name: dev, cluster: { server: 'https://a' } }]",
      `[{ name: me, user: { client-certificate-data: ${pem("-----BEGIN CERTIFICATE-----")} } }]`,
    ),
    /has no client-key/,
  ],
  [
    "an auth provider of old",
    context(
      "[{ name: dev, cluster: { server: 'https://a' } }]",
      "[{ name: me, user: { auth-provider: { name: gcp } } }]",
    ),
    /auth provider "gcp", which Kubernetes 1\.26 removed/,
  ],
];
for (const [name, text, message] of unusable) {
  test(`a context that cannot be used is said to be that: ${name}`, async (t) => {
    const kubeconfig = answerOf(await readKubeconfig({ path: await file(t, text) }));
    const refusal = refusalOf(await openCluster(kubeconfig, name === "an unknown context" ? "dev2" : "dev"));
    assert.equal(refusal.reason, "config");
    assert.match(refusal.message, message);
    assertReadable(refusal);
    assert.ok(refusal.remedy);
  });
}

test("a change of the kubeconfig is noticed: made, replaced and removed", { timeout: 20_000 }, async (t) => {
  const path = join(await temporaryFolder(t), "config");
  let heard = () => {};
  const stop = onKubeconfigChange({ path }, () => heard());
  t.after(stop);
  const alive = setInterval(() => {}, 1_000);
  t.after(() => clearInterval(alive));
  const next = () => new Promise<void>((resolve) => (heard = resolve));
  const steps = [
    () => writeFile(path, good),
    async () => {
      await writeFile(`${path}.new`, `${good}\n`);
      await rename(`${path}.new`, path);
    },
    () => rm(path),
  ];
  for (const step of steps) {
    const noticed = next();
    await step();
    await noticed;
  }
});
