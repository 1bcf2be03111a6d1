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
    return tabs.find(({ label }) => label.startsWith("IPv6: "));
  });
}

async function run(argument: unknown): Promise<Diagnosis> {
  const result = await vscode.commands.executeCommand<Diagnosis | undefined>("kube-ipv6.diagnose", argument);
  assert.ok(result, "there is a diagnosis");
  return result;
}

async function diagnose(argument: unknown): Promise<Diagnosis> {
  const result = await run(argument);
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

  it("keeps its diagnosis, shows it again, and asks again in the same tab", async () => {
    const result = await run({ from: undefined });
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    const one = () =>
      until(
        "one tab of it",
        () => labels().filter((label) => label === "IPv6: whole cluster").length === 1 || undefined,
      );
    await one();
    const [kept] = await api.history.list();
    assert.deepEqual(kept?.causes, [result.first?.summary]);
    await vscode.commands.executeCommand("kube-ipv6.repeatDiagnosis", kept?.id);
    await one();
    await vscode.window.tabGroups.close(await reportTab());
    const [latest] = await api.history.list();
    const row = { id: `diagnosis/${latest?.id}`, label: "" };
    await vscode.commands.executeCommand("kube-ipv6.openDiagnosis", row);
    await vscode.window.tabGroups.close(await reportTab());
    await vscode.commands.executeCommand("kube-ipv6.removeDiagnosis", row);
    assert.equal(await api.history.entry(latest?.id ?? ""), undefined);
  });
});

describe("a diagnosis of a live cluster", () => {
  if (lab === undefined || kubeconfig === undefined) return;
  let api: Api;
  const settings = () => vscode.workspace.getConfiguration("kube-ipv6.diagnosis");
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
    await settings().update("ask", false, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await settings().update("ask", undefined, vscode.ConfigurationTarget.Global);
    await useKubeconfig(undefined);
  });

  it("sees IPv6 work between two healthy pods", async () => {
    const { first, families } = await diagnose({ from, to });
    assert.equal(first, undefined);
    assert.deepEqual(families.IPv6.fails, []);
    assert.ok(families.IPv6.works.some((line) => line.includes("[fd00:10:244:2::11]:8080")));
  });

  it("starts from the row of a pod", async () => {
    const { subject } = await diagnose(await row(api, lab, "Namespaces", "default", "Pods", "n1-p1"));
    assert.deepEqual(subject, { namespace: "default", from });
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
    assert.deepEqual(subject, { namespace: "default", from: { namespace: "default", name: "n2-p1" } });
  });

  it("resolves a name as the pod does, and dials it", async () => {
    const { symptoms } = await diagnose({ from, to: { kind: "name", name: "web" } });
    const told = symptoms.map(({ family, outcome, to: what }) => `${family} ${outcome} ${what}`);
    assert.ok(told.includes("IPv6 ok AAAA of web.default.svc.cluster.local at 10.96.0.10"), `${told}`);
    assert.ok(told.includes("IPv6 ok Service default/web [fd00:10:96::80]:80"), `${told}`);
  });

  it("dials nothing outside where nobody was asked, and what the setting says where it says so", async () => {
    const pod = await row(api, lab, "Namespaces", "default", "Pods", "n1-p1");
    const dialled = ({ symptoms }: Diagnosis) =>
      symptoms.map(({ to: what }) => what).filter((what) => /:53$/.test(what));
    assert.deepEqual(dialled(await diagnose(pod)), []);
    await settings().update("outside", "addresses", vscode.ConfigurationTarget.Global);
    await settings().update("outsideAddresses", ["2001:db8:ffff::1"], vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(dialled(await diagnose(pod)), ["[2001:db8:ffff::1]:53"]);
      await settings().update("outside", "never", vscode.ConfigurationTarget.Global);
      assert.deepEqual(dialled(await diagnose(pod)), []);
    } finally {
      for (const name of ["outside", "outsideAddresses"])
        await settings().update(name, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("says to whoever clicks on a row what is sent, and starts with a yes alone", async () => {
    await settings().update("ask", true, vscode.ConfigurationTarget.Global);
    try {
      const service = await row(api, lab, "Namespaces", "default", "Services", "web");
      const clicked = async (answer: string) => {
        let ended = false;
        const result = vscode.commands.executeCommand<Diagnosis | undefined>("kube-ipv6.diagnose", service);
        void result.then(() => {
          ended = true;
        });
        await until("the question to be answered", async () => {
          await vscode.commands.executeCommand(answer);
          return ended || undefined;
        });
        return result;
      };
      assert.equal(await clicked("workbench.action.closeQuickOpen"), undefined);
      const { subject } = (await clicked("workbench.action.acceptSelectedQuickOpenItem")) as Diagnosis;
      assert.deepEqual(subject.to, { kind: "service", namespace: "default", name: "web" });
      await vscode.window.tabGroups.close(await reportTab());
    } finally {
      await settings().update("ask", false, vscode.ConfigurationTarget.Global);
    }
  });

  it("shows no page for what is not there", async () => {
    const { missing } = await run({ from, to: { kind: "service", namespace: "default", name: "wbe" } });
    assert.deepEqual(missing, [{ what: "Service default/wbe", nearest: ["svc/default/web"] }]);
    assert.ok(!vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.startsWith("IPv6: "))));
  });

  it("is cancelled at any time, and says that it was", async () => {
    // Longer than a test may take: whoever waited for the server would never come to the end.
    control("--delay", "600000");
    try {
      const pending = run({ from, to });
      const cancelled = new Promise((resolve) => setTimeout(resolve, 300)).then(() =>
        vscode.commands.executeCommand("kube-ipv6.cancelDiagnosis"),
      );
      const [result] = await Promise.all([pending, cancelled]);
      assert.deepEqual([result.cancelled, result.stopped?.reason, result.verdicts], [true, "cancelled", []]);
    } finally {
      control("--reset");
    }
  });
});
