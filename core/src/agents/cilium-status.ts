import { shortly } from "../probing/printed.ts";
import { fieldsOf } from "../text/fields.ts";
import { jsonObject, stringOf } from "./agent-words.ts";

/** Its name before 1.15 stands second. */
export const ciliumNames = ["cilium-dbg", "cilium"] as const;

/** What `cilium-dbg status -o json` says, as far as it concerns a family. What it leaves out is undefined. */
export interface CiliumStatus {
  /** "1.17.1" */
  readonly version?: string;
  /** Whether it says of itself that it is well. */
  readonly ok: boolean;
  /** Why not. */
  readonly message: string;
  /** That it hands out IPv6 addresses: its own router has one. */
  readonly ipv6?: boolean;
  readonly masquerade?: { readonly ipv4: boolean; readonly ipv6: boolean; readonly mode: string };
  /** "True", "False", "Strict", "Partial", "Disabled" */
  readonly kubeProxyReplacement?: string;
  /** Names of controllers that have failed more than once in a row, with what they say. */
  readonly failing: readonly string[];
}

const mostFailing = 3;

/**
 * Reads the status of Cilium's agent; undefined where it is none. A field that is left out is false, since Go leaves such out; a whole
 * part that is left out is of another version.
 *
 * @see https://github.com/cilium/cilium/blob/main/api/v1/models/status_response.go
 */
export function parseCiliumStatus(text: string): CiliumStatus | undefined {
  const status = jsonObject(text);
  const own = fieldsOf(status?.cilium);
  const state = stringOf(own?.state);
  if (!status || state === undefined) return undefined;
  const message = stringOf(own?.msg) ?? "";
  const version = /\bv?(\d+\.\d+\.\d+[\w.+-]*)/.exec(message)?.[1];
  const masquerading = fieldsOf(status.masquerading);
  const protocols = fieldsOf(masquerading?.enabledProtocols);
  const replacement = stringOf(fieldsOf(status["kube-proxy-replacement"])?.mode);
  const ipv6 = servesIPv6(status.ipam);
  return {
    ...(version ? { version } : {}),
    ok: state === "Ok",
    message: shortly(`${state} ${message}`),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    ...(masquerading && (protocols || masquerading.enabled !== true)
      ? {
          masquerade: {
            ipv4: protocols?.ipv4 === true,
            ipv6: protocols?.ipv6 === true,
            mode: stringOf(masquerading.mode) ?? "",
          },
        }
      : {}),
    ...(replacement ? { kubeProxyReplacement: replacement } : {}),
    failing: failingOf(status.controllers),
  };
}

/** `status` is "4/254 allocated from 10.0.0.0/24, IPv6: 4/65534 allocated from fd00::/112". */
function servesIPv6(ipam: unknown): boolean | undefined {
  const own = fieldsOf(ipam);
  if (!own) return undefined;
  const status = stringOf(own.status);
  if (Array.isArray(own.ipv6) && own.ipv6.length > 0) return true;
  if (status === undefined) return Array.isArray(own.ipv4) && own.ipv4.length > 0 ? false : undefined;
  return /IPv6: \d+\/\d+|IPv6: \d+ /.test(status) ? true : /allocated/.test(status) ? false : undefined;
}

function failingOf(controllers: unknown): string[] {
  if (!Array.isArray(controllers)) return [];
  return controllers
    .flatMap((one) => {
      const { name, status } = fieldsOf(one) ?? {};
      const { "consecutive-failure-count": count, "last-failure-msg": why } = fieldsOf(status) ?? {};
      return typeof count === "number" && count > 1 ? [shortly(`${stringOf(name)}: ${stringOf(why) ?? ""}`)] : [];
    })
    .slice(0, mostFailing);
}
