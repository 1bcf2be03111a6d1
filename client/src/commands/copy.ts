import * as vscode from "vscode";
import { kubectlLine } from "#core/probing/kubectl.ts";
import { isRow, type Row } from "../tree/row.ts";
import type { EditorCommand } from "./command.ts";

/** Copies of each selected row what `of` makes of it, one a line. */
function copying(id: string, of: (row: Row, context: string) => readonly string[]): EditorCommand {
  return {
    id,
    run: async ({ connection }, argument, selected) => {
      const rows = (Array.isArray(selected) && selected.length > 0 ? selected : [argument]).filter(isRow);
      const texts = rows.flatMap((row) => of(row, connection.demo ? "" : (connection.current ?? "")));
      if (texts.length === 0) throw new Error("There is nothing of this row to copy.");
      await vscode.env.clipboard.writeText(texts.join("\n"));
    },
  };
}

export const copyName = copying("kube-ipv6.copyName", ({ label, object }) => [object?.name ?? label]);

export const copyAddress = copying("kube-ipv6.copyAddress", ({ label, addresses, menu }) =>
  menu === "address" ? [label] : (addresses ?? []),
);

/** The line that shows the object in a terminal. */
export const copyKubectl = copying("kube-ipv6.copyKubectl", ({ object }, context) => {
  if (object === undefined) return [];
  const { namespace, resource, name, apiVersion } = object;
  const [group, version] = apiVersion.split("/");
  const type = version === undefined ? resource : `${resource}.${version}.${group}`;
  return [
    kubectlLine(context, [...(namespace === undefined ? [] : ["-n", namespace]), "get", type, name, "-o", "yaml"]),
  ];
});
