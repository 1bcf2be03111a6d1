import type { Agent } from "node:http";
import { type Answer } from "#core/cluster.ts";
import { type CredentialSource } from "./credentials.ts";
import { type Kubeconfig } from "./kubeconfig.ts";
export interface EndpointOptions {
    /** Whether a credential plugin named by the kubeconfig may be started: only in a workspace that is trusted. */
    readonly allowExec?: boolean;
    /** Milliseconds one request may take, 10 000 if not said. */
    readonly timeout?: number;
    /** Milliseconds a credential plugin may take, 60 000 if not said, since it may wait for a login in a browser. */
    readonly pluginTimeout?: number;
    /** Where HTTPS_PROXY and NO_PROXY are looked up. */
    readonly env?: Readonly<Record<string, string | undefined>>;
}
/** An API server and who asks it: all that a request needs. */
export interface Endpoint {
    readonly context: string;
    /** As the kubeconfig says it, without a trailing slash. */
    readonly server: string;
    readonly url: URL;
    /** Milliseconds. */
    readonly timeout: number;
    /** The names a remedy speaks of. */
    readonly names: EndpointNames;
    /** Headers that say who asks, and the agent that holds the connections. */
    authorize(): Promise<Answer<Authority>>;
    readonly credentials: Pick<CredentialSource, "renew" | "weakness">;
    /** Closes the connections that wait for a next request. */
    close(): void;
}
export interface Authority {
    readonly headers: Readonly<Record<string, string>>;
    readonly agent: Agent;
}
export interface EndpointNames {
    readonly cluster: string;
    readonly user: string;
    /** The file that says where the server is. */
    readonly file: string;
}
/** What the context of a kubeconfig stands for. Refuses with `config` and the name of what is missing. */
export declare function endpointOf(kubeconfig: Kubeconfig, contextName: string | undefined, options: EndpointOptions): Promise<Answer<Endpoint>>;
