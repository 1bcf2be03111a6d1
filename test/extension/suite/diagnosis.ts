import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import * as vscode from "vscode";
import type { Api } from "#client/extension.ts";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { activated } from "./activated.ts";
import { row, useKubeconfig } from "./rows.ts";
import { until } from "./until.ts";

const { KUBE_IPV6_LAB: lab, KUBE_IPV6_LAB_KUBECONFIG: kubeconfig, KUBE_IPV6_ROOT: root = "" } = process.env;

/** The tab of a report, as soon as there is one. */
function reportTab(): Promise<vscode.Tab> {
  return until("the tab of the report", () => {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    return tabs.find(({ label }) => label === "IPv6 Diagnosis");
  });
}

async function diagnose(argument: unknown): Promise<Diagnosis> {
  const result = await vscode.commands.executeCommand<Diagnosis | undefined>("kube-ipv6.diagnose", argument);
  assert.ok(result, "there is a diagnosis");
  await vscode.window.tabGroups.close(await reportTab());
  return result;
}

describe("the demo cluster", () => {
  let api: Api;

  before(async () => {
    api = await activated();
    await useKubeconfig("/no/such/kubeconfig");
    await vscode.commands.executeCommand("kube-ipv6.openDemo");
  });

  it("is in the tree, without a kubeconfig", async () => {
    assert.equal((await row(api, "demo", "Families")).description, "Dual-stack, IPv4 first");
    assert.match((await row(api, "demo", "Nodes", "n2")).description ?? "", /2001:db8:18::102/);
  });

  it("has a diagnosis that names the fault", async () => {
    const { first, families } = await diagnose({ from: undefined });
    assert.equal(first?.cause, "forwarding-off");
    assert.ok(families.IPv6.fails.length > 0);
    assert.deepEqual(families.IPv4.fails, []);
  });
});

describe("a diagnosis of a live cluster", () => {
  if (lab === undefined || kubeconfig === undefined) return;
  let api: Api;
  const from = { namespace: "default", name: "n1-p1" };
  const to = { kind: "pod", namespace: "default", name: "n2-p1" };
  const control = (...args: string[]) => {
    const node = path.join(root, "node_modules/.bin/node");
    execFileSync(node, [path.join(root, "test/lab/main.ts"), "control", "--name", lab, ...args]);
  };

  before(async () => {
    api = await activated();
    await useKubeconfig(kubeconfig);
    await vscode.commands.executeCommand("kube-ipv6.useContext", await row(api, lab));
  });
  after(() => useKubeconfig(undefined));

  it("sees IPv6 work between two healthy pods", async () => {
    const { first, families } = await diagnose({ from, to });
    assert.equal(first, undefined);
    assert.deepEqual(families.IPv6.fails, []);
    assert.ok(families.IPv6.works.some((line) => line.includes("[fd00:10:244:2::11]:8080")));
  });

  it("starts from the row of a pod", async () => {
    const { subject } = await diagnose(await row(api, lab, "Namespaces", "default", "Pods", "n1-p1"));
    assert.deepEqual(subject, { from });
  });

  it("names the fault between two pods", async () => {
    const n1 = (...argv: string[]) => execFileSync("ip", ["netns", "exec", `${lab}-n1`, ...argv]);
    n1("sysctl", "-qw", "net.ipv6.conf.all.forwarding=0");
    try {
      const { first } = await diagnose({ from, to });
      assert.equal(first?.cause, "forwarding-off");
    } finally {
      n1("sysctl", "-qw", "net.ipv6.conf.all.forwarding=1");
    }
  });

  it("starts from the object a YAML document holds", async () => {
    const content = "kind: Pod\napiVersion: v1\nmetadata:\n  name: n2-p1\n";
    const document = await vscode.workspace.openTextDocument({ language: "yaml", content });
    await vscode.window.showTextDocument(document);
    const { subject } = await diagnose(document.uri);
    assert.deepEqual(subject, { from: { namespace: "default", name: "n2-p1" } });
  });

  it("is cancelled at any time, and says that it was", async () => {
    control("--delay", "3000");
    try {
      const pending = diagnose({ from, to });
      const start = performance.now();
      const cancelled = new Promise((resolve) => setTimeout(resolve, 300)).then(() =>
        vscode.commands.executeCommand("kube-ipv6.cancelDiagnosis"),
      );
      const [result] = await Promise.all([pending, cancelled]);
      assert.equal(result.cancelled, true);
      assert.ok(performance.now() - start < 3000, "it did not wait for the server");
    } finally {
      control("--reset");
    }
  });
});
