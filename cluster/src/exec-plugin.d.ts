import { type Answer } from "#core/cluster.ts";
import { type Entry } from "./kubeconfig-document.ts";
/** What a credential plugin gives: a token, a client certificate, or both, until a moment. */
export interface PluginCredential {
    readonly token?: string;
    readonly clientCertificate?: string;
    readonly clientKey?: string;
    /** Milliseconds since 1970. */
    readonly expires?: number;
}
/** What a plugin may be told of the cluster (`provideClusterInfo`). */
export type PluginCluster = Readonly<Record<string, unknown>>;
/**
 * Runs the credential plugin of a user once, without a terminal and without a shell. Refuses with `config`.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export declare function runPlugin(user: Entry, cluster: PluginCluster, limit: number): Promise<Answer<PluginCredential>>;
/** Whether the user of a kubeconfig gets its credential from a program. */
export declare function hasPlugin(user: Entry): boolean;
