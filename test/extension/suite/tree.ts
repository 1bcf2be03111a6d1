import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { Api } from "#client/extension.ts";
import { activated } from "./activated.ts";
import { row, useKubeconfig } from "./rows.ts";
import { until } from "./until.ts";

/** The name and the kubeconfig of the lab that the launcher started; undefined where no lab can run. */
const { KUBE_IPV6_LAB: lab, KUBE_IPV6_LAB_KUBECONFIG: kubeconfig, KUBE_IPV6_ROOT: root = "" } = process.env;

describe("the tree without a kubeconfig", () => {
  it("is empty, so that the view says what can be done, and offers to choose one beside the demo", async () => {
    const api = await activated();
    await useKubeconfig("/no/such/kubeconfig");
    await until("an empty tree", () => (api.connection.missing && api.tree.getChildren().length === 0) || undefined);
    await vscode.commands.executeCommand("kube-ipv6.openDemo");
    assert.equal((await row(api, "Choose a kubeconfig ...")).click, "kube-ipv6.chooseKubeconfig");
    await vscode.commands.executeCommand("kube-ipv6.leaveDemo");
    await until("an empty tree again", () => api.tree.getChildren().length === 0 || undefined);
  });
});

describe("the tree of a kubeconfig that changes", () => {
  it("has the context that was added, without anybody asking", async () => {
    const api = await activated();
    const folder = await mkdtemp(path.join(tmpdir(), "kube-ipv6-kubeconfig-"));
    try {
      const file = path.join(folder, "config");
      await useKubeconfig(file);
      await until("an empty tree", () => api.tree.getChildren().length === 0 || undefined);
      const cluster = "clusters: [{ name: a, cluster: { server: 'https://127.0.0.1:1' } }]";
      await writeFile(file, `${cluster}\ncontexts: [{ name: far, context: { cluster: a } }]\ncurrent-context: far\n`);
      const { children } = await row(api, "far", "Unreachable");
      assert.ok(children?.()[0]?.label, "what to do stands below");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe("the tree of a live cluster", () => {
  if (lab === undefined || kubeconfig === undefined) return;
  let api: Api;
  const control = (...args: string[]) =>
    execFileSync(path.join(root, "node_modules/.bin/node"), [
      path.join(root, "test/lab/main.ts"),
      "control",
      "--name",
      lab,
      ...args,
    ]);

  before(async () => {
    api = await activated();
    await useKubeconfig(kubeconfig);
    await vscode.commands.executeCommand("kube-ipv6.cluster.focus");
  });
  after(() => useKubeconfig(undefined));

  it("says the families, the ranges and the network plugin", async () => {
    assert.equal((await row(api, lab, "Families")).description, "Dual-stack, IPv4 first");
    assert.equal((await row(api, lab, "Service ranges")).description, "fd00:10:96::/112, 10.96.0.0/16");
    assert.equal((await row(api, lab, "CNI: Flannel")).description, "IPv6 on");
  });

  it("shows nodes, pods and Services with the addresses of both families", async () => {
    assert.match((await row(api, lab, "Nodes", "n1")).description ?? "", /^2001:db8:18::101, 172\.18\.1\.1$/);
    assert.match(
      (await row(api, lab, "Namespaces", "default", "Pods", "n1-p1")).description ?? "",
      /^fd00:10:244:1::11, /,
    );
    const slices = await row(api, lab, "Namespaces", "default", "Services", "web", "IPv6 endpoints");
    assert.match(slices.description ?? "", /^2 of 2 ready/);
  });

  it("opens an object as read-only YAML that is underlined like a file", async () => {
    const policy = await row(api, lab, "Namespaces", "default", "NetworkPolicies", "stops-at-ipv4");
    assert.equal(policy.description, "IPv4 and IPv6 differ");
    await vscode.commands.executeCommand("kube-ipv6.openObject", policy);
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.uri.scheme, "kube-ipv6");
    assert.equal(document.languageId, "yaml");
    assert.match(document.getText(), /^apiVersion: networking\.k8s\.io\/v1\nkind: NetworkPolicy\n/);
    assert.doesNotMatch(document.getText(), /managedFields/);
    const found = await until("a diagnostic", () => vscode.languages.getDiagnostics(document.uri)[0]);
    assert.equal(document.getText(found.range), "0.0.0.0/0");
    const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      found.range,
    );
    const titles = offered.map(({ title }) => title);
    assert.deepEqual(titles, ["Explain network-policy-ipv4-any", "Turn network-policy-ipv4-any off in settings"]);
  });

  it("writes tests for the cluster into an editor, and applies nothing", async () => {
    await vscode.commands.executeCommand("kube-ipv6.writeTests");
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    assert.equal(document.languageId, "yaml");
    const text = document.getText();
    assert.match(text, /^kind: CronJob\nmetadata:\n {2}name: family-test-ipv4$/m);
    assert.match(text, /^kind: CronJob\nmetadata:\n {2}name: family-test-ipv6$/m);
    assert.match(
      text,
      /^ {2}services:\n {4}- (fd00:10:96::\/112|10\.96\.0\.0\/16)$/m,
      "the address plan of this cluster",
    );
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("lets files be judged by the families of the connected cluster, as long as it is connected", async () => {
    const file = vscode.Uri.file(path.join(root, "test/extension/workspace/policy.yaml"));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    const refusedBySome = (expected: boolean) =>
      until(`a finding on single-stack clusters: ${expected}`, () => {
        const found = vscode.languages.getDiagnostics(file);
        const codes = found.map(({ code }) => (typeof code === "object" ? code.value : code));
        return (found.length > 0 && codes.includes("service-portability") === expected) || undefined;
      });
    await row(api, lab, "Families");
    await refusedBySome(false);
    await useKubeconfig("/no/such/kubeconfig");
    await refusedBySome(true);
    await useKubeconfig(kubeconfig);
    await row(api, lab, "Families");
    await refusedBySome(false);
  });

  it("says that the connection is lost, keeps what it knew, and goes on when it is back", async () => {
    control("--cut", "--cut-streams");
    try {
      await row(api, lab, /^Connection lost since \d\d:\d\d:\d\d, retrying$/);
      assert.equal((await row(api, lab, "Families")).description, "Dual-stack, IPv4 first");
    } finally {
      control("--reset");
    }
    const { tree } = api;
    await until("the row to go", async () => {
      const rows = tree.getChildren(await row(api, lab));
      return rows.every(({ label }) => !label.startsWith("Connection lost")) || undefined;
    });
  });

  it("says what is forbidden, in another context that kubectl does not learn of", async () => {
    const limited = `${lab}-limited`;
    const other = await row(api, limited);
    await vscode.commands.executeCommand("kube-ipv6.useContext", other);
    try {
      const refusal = await row(api, limited, "Nodes", "Forbidden");
      const below = (refusal.children?.() ?? []).map(({ label }) => label).join(" ");
      assert.match(below, /cannot list resource "nodes" .* Ask for a ClusterRole/);
      await row(api, limited, "Namespaces", "default", "Services", "web");
    } finally {
      await vscode.commands.executeCommand("kube-ipv6.useContext", await row(api, lab));
    }
    await row(api, lab, "Families");
  });
});
