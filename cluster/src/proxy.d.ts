import type { Agent } from "node:http";
import type { AgentOptions } from "node:https";
/**
 * The proxy on the way to a server: the kubeconfig's `proxy-url`, else what the environment says, as kubectl does.
 * https://pkg.go.dev/net/http#ProxyFromEnvironment
 */
export declare function proxyFor(server: URL, proxyUrl: string | undefined, env: Readonly<Record<string, string | undefined>>): string | undefined;
/** An agent that goes through a proxy; the packages are loaded only by who has one. */
export declare function proxyAgent(proxy: string, server: URL, options: AgentOptions): Promise<Agent>;
/** A URL writes an IPv6 host in brackets; nothing else does. */
export declare function bareHost(url: URL): string;
