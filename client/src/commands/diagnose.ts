import * as vscode from "vscode";
import type { Cluster } from "#core/cluster/cluster.ts";
import type { Subject } from "#core/diagnosis/diagnosis.ts";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { agreed } from "../diagnosing/agreed.ts";
import { chooseSubject, subjectAtCursor } from "../diagnosing/choose-subject.ts";
import type { Clicked } from "../diagnosing/clicked.ts";
import { diagnoseAndShow, showDemo, withHeldCluster } from "../diagnosing/diagnose.ts";
import { subjectOfNamespace, subjectOfRow } from "../diagnosing/subject.ts";
import type { History } from "../report/history.ts";
import { isRow } from "../tree/row.ts";

export const declared: Declared = {
  title: "Run IPv6 Diagnosis",
  icon: "$(pulse)",
  menus: {
    "view/title": [{ when: "view == kube-ipv6.cluster", group: "navigation@1" }],
    "view/item/context": [
      {
        when: "view == kube-ipv6.cluster && viewItem =~ /^(current-context|demo-context|node|pod|service)$/",
        group: "inline@1",
      },
      {
        when: "view == kube-ipv6.cluster && !listMultiSelection && viewItem =~ /^(current-context|demo-context|namespace|node|pod|service|address)$/",
        group: "1_diagnose",
      },
    ],
    "editor/context": [
      { when: "resourceLangId =~ /^(yaml|helm|helm-template)$/ && kube-ipv6.manifest", group: "z_kube-ipv6@1" },
    ],
  },
};

/** "Run IPv6 Diagnosis": from a row of the tree, a YAML document, or a choice. Returns the diagnosis, if there was one. */
export const command: EditorCommand = async (environment, argument) => {
  if (environment.connection.demo !== undefined) return showDemo(environment, environment.connection.demo);
  return withHeldCluster(environment, async (cluster) => {
    const namespace = environment.connection.view?.namespace ?? "default";
    const subject = await subjectOf(argument, cluster, namespace, environment.history);
    return subject && diagnoseAndShow(environment, cluster, subject);
  });
};

/** Whoever clicks on a row or a document has said what is meant, and is told what is sent as whoever chooses. */
async function subjectOf(
  argument: unknown,
  cluster: Cluster,
  namespace: string,
  history: History,
): Promise<Subject | undefined> {
  const given = await givenSubject(argument, cluster, namespace);
  const chosen = given ?? (await chooseSubject(cluster, namespace, await history.subjects(cluster.context)));
  const how = given === undefined ? "chosen" : isSubject(argument) ? "given" : "clicked";
  return chosen && agreed({ namespace, ...chosen }, how);
}

async function givenSubject(argument: unknown, cluster: Cluster, namespace: string): Promise<Subject | undefined> {
  if (isRow(argument) && argument.menu === "namespace") return subjectOfNamespace(argument.label, cluster);
  if (isRow(argument)) return subjectOfRow(argument);
  if (isClicked(argument)) return argument.clicked;
  if (argument instanceof vscode.Uri) return subjectAtCursor(argument, cluster, namespace);
  return isSubject(argument) ? argument : undefined;
}

function isClicked(value: unknown): value is Clicked {
  return typeof value === "object" && value !== null && "clicked" in value;
}

/** For other extensions and the tests: `{ from?, to?, outside? }`. */
function isSubject(value: unknown): value is Subject {
  return (
    typeof value === "object" && value !== null && ["from", "to", "outside"].some((key) => Object.hasOwn(value, key))
  );
}
