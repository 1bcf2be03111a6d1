import type { Shape } from "../addresses/shape.ts";
import type { FixKind } from "../lint/rule.ts";
import type { PlacedPrefix } from "../plan/model.ts";
import type { Snippet } from "./snippet.ts";

/**
 * What the extension and its language server say to each other beyond the Language Server Protocol: each message once, with
 * what it carries. The types are for whoever sends; who receives looks at what has really come.
 */
export interface Message<Params, Result = void> {
  readonly method: string;
  /** Never there: it ties the method to its types. */
  readonly carries?: (params: Params) => Result;
}

/** Extension to server, a notification: of the connected cluster; empty when it is gone. */
export const cluster: Message<{
  readonly cluster?: Shape;
  readonly serviceCIDRs?: readonly string[];
  /** "1.34" */
  readonly kubernetes?: string;
}> = { method: "kube-ipv6/cluster" };

/** Server to extension, a request: the file as it is in git HEAD. Sent only if `initializationOptions.old` is true. */
export const old: Message<{ readonly uri: string }, { readonly text: string } | null> = { method: "kube-ipv6/old" };

/** As the Language Server Protocol counts: from 0. */
export interface EditorRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A prefix of the address plan and where in the editor it is written. */
export type WrittenPrefix = Omit<PlacedPrefix, "span"> & { readonly uri: string; readonly range?: EditorRange };

/**
 * Extension to server, a request: the prefixes of the files meant for one cluster, that of the file asked for, or one list for
 * each cluster.
 */
export const plan: Message<{ readonly uri?: string }, { readonly plans: readonly (readonly WrittenPrefix[])[] }> = {
  method: "kube-ipv6/plan",
};

/** A fix of a file, for a list to choose from. */
export interface FixRow {
  readonly kind: FixKind;
  /** What is mended: the number of a finding, one for all fixes that it offers; several where one text is about them all. */
  readonly mends: readonly number[];
  readonly rule: string;
  readonly message: string;
  readonly title: string;
  /** From 0. */
  readonly line: number;
  /** What is there, and what will be: "" where something is added or taken away. */
  readonly changes: readonly { readonly before: string; readonly after: string }[];
  readonly edits: readonly { readonly range: EditorRange; readonly newText: string }[];
}

/** Extension to server, a request: what can be mended in a file, the spelling first. */
export const fixes: Message<{ readonly uri: string }, { readonly rows: readonly FixRow[] }> = {
  method: "kube-ipv6/fixes",
};

/** Extension to server, a request: the manifests that there are to start from. */
export const snippetList: Message<undefined, readonly (Pick<Snippet, "title" | "source"> & { readonly id: string })[]> =
  {
    method: "kube-ipv6/snippets",
  };

/** Extension to server, a request: one of them, in the editor's snippet syntax. */
export const snippetBody: Message<{ readonly id: string }, { readonly body: string }> = { method: "kube-ipv6/snippet" };

/** Who says what files are meant for, those who come first having the last word. */
export type MeantBy = "folder" | "settings" | "cluster" | "nobody";

/** What a file is judged for, and who says so. */
export interface FileMeant {
  /** It holds an object of Kubernetes, or something that a rule found: there is something to ask about it. */
  readonly manifest: boolean;
  readonly cluster: Shape;
  readonly clusterBy: MeantBy;
  /** "1.36" */
  readonly kubernetes: string;
  readonly kubernetesBy: MeantBy;
  /** Of the `.kube-ipv6.yaml` that counts for it, where there is one. */
  readonly config?: string;
}

/** Extension to server, a request: of a document that is open. */
export const file: Message<{ readonly uri: string }, FileMeant> = { method: "kube-ipv6/file" };

/** Extension to server, a notification: another extension says the same already. */
export const beside: Message<{
  /** That a key is written twice. */
  readonly duplicateKeys: boolean;
  /** Which words a field of Kubernetes takes. */
  readonly values: boolean;
}> = { method: "kube-ipv6/beside" };

/**
 * Extension to server, a notification: files of folders that are on no disk the server could read, such as those of a repository that
 * is looked at in a browser; `text` is null for what is gone.
 */
export const files: Message<{ readonly files: readonly { readonly uri: string; readonly text: string | null }[] }> = {
  method: "kube-ipv6/files",
};

/** Extension to server, a request: the text of a `.kube-ipv6.yaml` in which a rule is off; null if that cannot be written safely. */
export const ruleOff: Message<{ readonly text: string; readonly rule: string }, { readonly text: string } | null> = {
  method: "kube-ipv6/ruleOff",
};
