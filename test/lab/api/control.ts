import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { defaultRoles, type Role, type Rule } from "./auth.ts";
import type { Lists } from "./list.ts";
import { ApiError } from "./status.ts";
import type { Store } from "./store.ts";

/** How the API server is made to misbehave. Every field is optional; one that is left out stays as it is. */
export interface Misbehaviour {
  /** Milliseconds every request waits before it is looked at. */
  delay?: number;
  /** Drops every new connection without an answer. */
  cut?: boolean;
  /** Only requests whose path starts with this are delayed or cut; "" is all of them. */
  only?: string;
  /** Breaks the watches and execs that are open now, once. */
  cutStreams?: boolean;
  /** Forgets the history, once: resourceVersions and continue tokens given so far are expired, open watches break. */
  expire?: boolean;
  /** Requests whose path starts with this are forbidden to everybody; "" is none. */
  forbid?: string;
  /** An admission webhook that says no to every write whose path starts with this, a dry run too; "" is none. */
  deny?: string;
  /** What every write is answered with a warning of; "" is none. https://kubernetes.io/blog/2020/09/03/warnings/ */
  warn?: string;
  /** Roles whose tokens nobody knows any more, as if they had expired. */
  revoke?: readonly string[];
  /** Replaces the rules of a role, so that rights can be narrowed while a client is at work. */
  rules?: Record<string, Rule[]>;
}

/** The switch of the API server's misbehaviour, reached over a Unix socket in the lab's directory: PUT a Misbehaviour. */
export class Control {
  readonly roles: Record<string, Role> = defaultRoles();
  #state: Required<Pick<Misbehaviour, "delay" | "cut" | "only" | "forbid" | "deny" | "warn" | "revoke">> = {
    delay: 0,
    cut: false,
    only: "",
    forbid: "",
    deny: "",
    warn: "",
    revoke: [],
  };
  readonly #store: Store;
  readonly #lists: Lists;

  constructor(store: Store, lists: Lists) {
    this.#store = store;
    this.#lists = lists;
  }

  /** Delays or cuts a request as told; true when it must not be answered. */
  async interfere(request: IncomingMessage): Promise<boolean> {
    const { delay, cut, only } = this.#state;
    if (!(request.url ?? "").startsWith(only)) return false;
    if (cut) request.socket.destroy();
    else if (delay > 0) await wait(delay);
    return cut;
  }

  forbids(path: string): boolean {
    return this.#state.forbid !== "" && path.startsWith(this.#state.forbid);
  }

  /** https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/errors/statuserror.go */
  admit(path: string): void {
    if (this.#state.deny !== "" && path.startsWith(this.#state.deny))
      throw new ApiError(400, "", 'admission webhook "guard.example.org" denied the request: leave the families alone');
  }

  /** As the API server writes it: https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/net/http.go */
  get warning(): Record<string, string> {
    const { warn } = this.#state;
    return warn === "" ? {} : { warning: `299 - "${warn.replace(/["\\]/g, "\\$&")}"` };
  }

  /** The roles whose tokens are known. */
  get known(): Record<string, Role> {
    return Object.fromEntries(Object.entries(this.roles).filter(([name]) => !this.#state.revoke.includes(name)));
  }

  apply(wanted: Misbehaviour): void {
    const { delay, cut, only, forbid, deny, warn, revoke } = { ...this.#state, ...wanted };
    this.#state = { delay, cut, only, forbid, deny, warn, revoke };
    for (const [name, rules] of Object.entries(wanted.rules ?? {})) {
      const role = this.roles[name];
      if (!role) throw new Error(`no role named ${name}; there are ${Object.keys(this.roles).join(", ")}`);
      role.rules = rules;
    }
    if (wanted.cutStreams) this.#store.emit("cut");
    if (!wanted.expire) return;
    this.#store.expire();
    this.#lists.expire();
  }

  /** Listens on a Unix socket that only its owner can open. */
  listen(path: string): Server {
    const server = createServer((request, response) => void this.#answer(request, response));
    return server.listen(path);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      let text = "";
      for await (const chunk of request) text += chunk;
      this.apply(JSON.parse(text));
      response.end("{}");
    } catch (error) {
      response.writeHead(400).end(error instanceof Error ? error.message : `${error}`);
    }
  }
}
