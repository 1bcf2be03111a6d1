import { familyOf } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";

const prefix = "alb.ingress.kubernetes.io/";

export const rule: Rule = {
  summary: "A dual-stack ALB lets in one family only",
  why: `inbound-cidrs becomes the load balancer's security group. A dual-stack ALB has A and AAAA records, so clients of the
family that is left out run into a timeout instead of falling back at once.`,
  source:
    "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#inbound-cidrs",
  severity: "warning",
  codes: ["ING004"],
  kinds: ["Ingress"],
  mentions: [/inbound-cidrs/],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    alb.ingress.kubernetes.io/ip-address-type: dualstack
    alb.ingress.kubernetes.io/inbound-cidrs: 0.0.0.0/0
spec: {}
`,
    good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    alb.ingress.kubernetes.io/ip-address-type: dualstack
    alb.ingress.kubernetes.io/inbound-cidrs: 0.0.0.0/0,::/0
spec: {}
`,
  },

  *check(ingress) {
    const annotations = ingress.get("metadata", "annotations");
    if (annotations?.get(`${prefix}ip-address-type`)?.text !== "dualstack") return;
    const list = annotations.get(`${prefix}inbound-cidrs`);
    const entries = list?.text?.split(",").map((entry) => entry.trim()) ?? [];
    const families = new Set(entries.map(familyOf));
    const [family] = families;
    if (families.size !== 1 || family === undefined) return;
    const [missing, any, other] = family === "IPv4" ? ["IPv6", "0.0.0.0/0", "::/0"] : ["IPv4", "::/0", "0.0.0.0/0"];
    yield {
      at: list,
      message: `dualstack, but only ${family} clients are let in; add ${entries.includes(any ?? "") ? other : `${missing} ranges`}`,
      fix: entries.includes(any ?? "")
        ? { kind: "decision", title: `Let in ${other} as well`, edits: [list?.replace(`${list.text},${other}`)] }
        : undefined,
    };
  },
};
