/** `services` and `ranges` in a lab that makes noise: nothing of a healthy one, and what is planted, each alone. */
import assert from "node:assert/strict";
import { here } from "#test/cli/cli.ts";
import { inLab } from "#test/cli/in-lab.ts";
import { labSkip, labTest } from "#test/lab/support.ts";

const skip = await labSkip();
const services = "/api/v1/namespaces/default/services";
const policies = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies";

labTest(
  "families of a Service and ranges, against what was planted",
  { nodes: 2, pods: 2, noise: true },
  skip,
  async (lab, t) => {
    const compared = async () => {
      const { code, out } = await here(["services", ...inLab(lab), "--from", "default/n1-p2", "-o", "json"]);
      const told = JSON.parse(out);
      assert.equal(told.exitCode, code);
      const found = told.services.flatMap(
        ({ service, differences }: { service: string; differences: { kind: string; family: string }[] }) =>
          differences.map(({ kind, family }) => `${service} ${kind} ${family}`),
      );
      return { code, found };
    };
    const healthy = { code: 0, found: [] };

    await t.test("nothing differs where nothing does", async () => {
      for (let run = 0; run < 5; run++) assert.deepEqual(await compared(), healthy);
    });

    await t.test("a pod that does not listen on [::]", async () => {
      await lab.serve("n1-p1", "0.0.0.0:8080");
      const { code, found } = await compared();
      // The Service's own address leads to either of two pods, so that it may be met or not.
      assert.deepEqual([code, [...new Set(found)]], [1, ["default/web dial IPv6"]]);
      await lab.serve("n1-p1", "[::]:8080");
      assert.deepEqual(await compared(), healthy);
    });

    await t.test("a policy of one family, and what comes of it", async () => {
      const ingress = [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }];
      const spec = { podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Ingress"], ingress };
      const policy = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "one" }, spec };
      await lab.api("POST", policies, policy);
      const { code, found } = await compared();
      assert.deepEqual([code, [...new Set(found)]], [1, ["default/web policy IPv6", "default/web dial IPv6"]]);
      await lab.api("DELETE", `${policies}/one`);
      assert.deepEqual(await compared(), healthy);
    });

    await t.test("an address more of each family, and who holds it", async () => {
      const used = async () => {
        const { out } = await here(["ranges", ...inLab(lab), "-o", "json"]);
        const { ranges } = JSON.parse(out) as { ranges: { owner: string; range: string; used: number }[] };
        return ranges.filter(({ owner }) => owner.startsWith("ServiceCIDR")).map((range) => Number(range.used));
      };
      const before = await used();
      const spec = { ports: [{ port: 80 }], selector: { app: "web" }, ipFamilyPolicy: "RequireDualStack" };
      const made = await lab.api("POST", services, {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "more" },
        spec,
      });
      assert.deepEqual(
        await used(),
        before.map((count) => count + 1),
      );
      for (const address of made.spec.clusterIPs) {
        const { out } = await here(["ranges", ...inLab(lab), "--who", address]);
        assert.match(out, /Service default\/more/);
      }
      assert.deepEqual(await compared(), healthy, "a new Service of both families is the same over both");
    });
  },
);
