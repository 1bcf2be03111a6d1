import { type Answer } from "#core/cluster.ts";
import { type PluginCluster } from "./exec-plugin.ts";
import { type Entry } from "./kubeconfig-document.ts";
/** What a request carries to say who asks. */
export interface Credentials {
    readonly headers: Readonly<Record<string, string>>;
    /** PEM. */
    readonly cert?: string;
    /** PEM. */
    readonly key?: string;
}
export interface CredentialSource {
    /** The credentials to use now; those of a plugin or a token file are kept until they expire. */
    current(): Promise<Answer<Credentials>>;
    /** To be called when the server did not accept them: true if asking again may give others. */
    renew(): boolean;
    /** Why the server may not have accepted them, as far as can be seen from here; never the credential itself. */
    weakness(): string | undefined;
}
export interface CredentialOptions {
    /** Whether a credential plugin, which is a program named by the kubeconfig, may be started. */
    readonly allowExec: boolean;
    /** Milliseconds. */
    readonly pluginTimeout: number;
    readonly pluginCluster: PluginCluster;
}
/** The credentials of a user, checked as far as that costs nothing. Refuses with `config`. */
export declare function credentialsOf(user: Entry | undefined, options: CredentialOptions): Promise<Answer<CredentialSource>>;
