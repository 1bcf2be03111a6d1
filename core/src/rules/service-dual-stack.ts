import { clusterOf } from "../facts/service-ranges.ts";
import { dualStackServices, services } from "../facts/services.ts";
import { dualStackOffer } from "../kinds/dual-stack-offer.ts";
import { serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A Service that does not say ipFamilyPolicy, beside others that have both families",
  why: `A Service is SingleStack by default: on a dual-stack cluster it gets the primary family only, and DNS answers for that
one. \`ipFamilyPolicy: PreferDualStack\` without \`ipFamilies\` gives both where there are both, and is accepted by every
cluster. It is said where a third of the Services has both families; elsewhere the light bulb on \`kind: Service\`
offers it.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  severity: "information",
  codes: ["SVC026", "SVC031"],
  kinds: ["Service"],
  groups: [""],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  ipFamilyPolicy: PreferDualStack
  selector:
    app: api
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  ipFamilyPolicy: PreferDualStack
  selector:
    app: api
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  selector:
    app: web
`,
  },

  *check(service, world) {
    // A test of both families beside twenty other Services tells nothing of these.
    const both = world.all(dualStackServices).length;
    if (both === 0 || both * 3 < world.all(services).length) return;
    const offer = dualStackOffer(service);
    if (!offer) return;
    const cluster = clusterOf(world);
    if (cluster === "v4" || cluster === "v6") return;
    const { headless } = serviceFields(service);
    yield {
      at: service.get("kind"),
      message: headless
        ? "single-stack, unlike others here: DNS answers with one family; PreferDualStack gives both"
        : "single-stack, unlike others here; ipFamilyPolicy: PreferDualStack gives both families",
      codes: [headless ? "SVC031" : "SVC026"],
      fix: { kind: "decision", ...offer },
    };
  },
};
