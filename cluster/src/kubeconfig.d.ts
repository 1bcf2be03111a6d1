import { type Answer } from "#core/cluster.ts";
import { type Entry } from "./kubeconfig-document.ts";
export interface KubeconfigOptions {
    /** One file, as `kubectl --kubeconfig` takes it; it must exist and nothing else is read. */
    readonly path?: string;
    /** Where KUBECONFIG is looked up. */
    readonly env?: Readonly<Record<string, string | undefined>>;
}
/** How a context says who the user is. */
export type UserKind = "token" | "client certificate" | "exec plugin" | "password" | "auth provider" | "nobody";
export interface KubeconfigContext {
    readonly name: string;
    readonly cluster: string;
    readonly user: string;
    /** `https://host:port` of the API server; undefined where the context names a cluster the kubeconfig does not have. */
    readonly server?: string;
    /** The namespace that is meant when none is said. */
    readonly namespace: string;
    readonly userKind: UserKind;
}
/** What a person may see of a kubeconfig: it holds no credential, so it can be shown, logged and sent. */
export interface Kubeconfig {
    /** The files that were read, in the order in which they win. */
    readonly files: readonly string[];
    readonly contexts: readonly KubeconfigContext[];
    readonly current?: string;
}
export interface Entries {
    readonly clusters: ReadonlyMap<string, Entry>;
    readonly users: ReadonlyMap<string, Entry>;
}
export declare function entriesOf(kubeconfig: Kubeconfig): Entries;
/**
 * The files a kubeconfig is made of, whether they exist or not.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
export declare function kubeconfigFiles({ path, env }?: KubeconfigOptions): readonly string[];
/**
 * Reads and merges the kubeconfig as kubectl does: the first file that names an entry, or a current context, wins;
 * of several files those that are missing are skipped. Refuses with `config`.
 */
export declare function readKubeconfig(options?: KubeconfigOptions): Promise<Answer<Kubeconfig>>;
/** A server as it may be shown: without the password a URL can carry, and without a trailing slash. */
export declare function shown(server: string): string;
