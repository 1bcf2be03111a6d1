import { type Family, familyOf } from "../addresses/address.ts";
import { fileOf } from "../facts/identities.ts";
import { ranges, type WrittenRange } from "../facts/ranges.ts";
import { serviceFields } from "../kinds/service.ts";
import type { KnownFact } from "../lint/fact.ts";
import type { Rule } from "../lint/rule.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A dual-stack LoadBalancer has no pool of one family",
  why: `A Service of type LoadBalancer with RequireDualStack needs an address of each family. Without a pool of one of them,
MetalLB gives it neither, and it stays pending.`,
  source: "https://metallb.io/usage/#ipv6-and-dual-stack-services",
  severity: "warning",
  codes: ["X010"],
  kinds: ["Service"],
  mentions: [/RequireDualStack/],
  example: {
    bad: `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: edge
spec:
  addresses: [192.168.50.0/24]
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  selector: {app: web}
  ipFamilyPolicy: RequireDualStack
  ports: [{port: 80}]
`,
    good: `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: edge
spec:
  addresses: [192.168.50.0/24, "fd12:3456:789d::/120"]
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  selector: {app: web}
  ipFamilyPolicy: RequireDualStack
  ports: [{port: 80}]
`,
  },

  *check(service, world) {
    const { type, policy } = serviceFields(service);
    if (type !== "LoadBalancer" || policy?.text !== "RequireDualStack") return;
    const file = fileOf(world, service.whole.holder);
    const handler = service.get("spec", "loadBalancerClass")?.text;
    const all = world.digest(ranges, poolFamilies).filter((pool) => serves(pool.kind, handler));
    const own = all.filter((pool) => pool.file === file);
    // Pools in another file may be half of what there is: of those in one folder all pools there are have to agree.
    const near = own.length > 0 ? own : all.some((pool) => folderOf(pool.file) === folderOf(file)) ? all : [];
    const served = new Set(near.map(({ family }) => family));
    const together = own.length === 0 || own.some(({ kind, both }) => both || kind !== "IPAddressPool");
    const missing = (["IPv4", "IPv6"] satisfies Family[]).find((family) => !served.has(family));
    if (!missing && !together) {
      const message =
        "no pool holds both families, and MetalLB takes both addresses from one: put both ranges into one pool";
      yield { at: under(service.spell(["spec", "ipFamilies"]), policy), message };
    }
    if (!missing || served.size === 0) return;
    const at = under(service.spell(["spec", "ipFamilies"]), policy);
    yield { at, message: `no address pool is ${missing}: this Service stays pending; add an ${missing} range` };
  },
};

function folderOf(file = ""): string {
  return file.slice(0, Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
}

interface PoolFamily {
  readonly file: string;
  readonly kind: string;
  readonly family: Family | undefined;
  /** The pool has the other one, too. */
  readonly both: boolean;
}

/**
 * Each family that pools of a kind have in a file, once.
 * {@link https://github.com/metallb/metallb/blob/main/internal/allocator/allocator.go}, findBestPoolForService: one pool gives all.
 */
function poolFamilies(all: readonly KnownFact<readonly WrittenRange[]>[]): readonly PoolFamily[] {
  const found = new Map<string, PoolFamily>();
  for (const { file, kind, value } of all) {
    const handed = value.filter(({ role }) => role === "load-balancer");
    if (!poolKinds.includes(kind) || handed.length === 0) continue;
    const families = new Set(handed.map(({ text }) => familyOf(text) ?? familyOf(text.split("-")[0]?.trim() ?? "")));
    const both = families.size > 1;
    for (const family of families) found.set(`${kind} ${family} ${both} ${file}`, { file, kind, family, both });
  }
  return [...found.values()];
}

/** The ConfigMap of kube-vip's cloud provider among them. */
const poolKinds: readonly string[] = ["IPAddressPool", "CiliumLoadBalancerIPPool", "ConfigMap"];

/** MetalLB leaves a Service of any class to others, unless it is started with one; Cilium takes those of its own. */
function serves(kind: string, handler: string | undefined): boolean {
  if (kind === "IPAddressPool") return handler === undefined;
  if (kind === "ConfigMap") return handler === undefined || handler.startsWith("kube-vip.io/");
  return kind === "CiliumLoadBalancerIPPool" && (handler === undefined || handler.startsWith("io.cilium/"));
}
