import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { policyTasks } from "#core/migration/policy-tasks.ts";
import { parityOf } from "#core/parity/parity.ts";

const pod = (name: string, index: number): KubeObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "shop", labels: { app: name } },
  spec: { containers: [{}] },
  status: { phase: "Running", podIP: `10.0.0.${index}`, podIPs: [{ ip: `10.0.0.${index}` }, { ip: `fd00::${index}` }] },
});
const namespace: KubeObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };

function policy(ingress: readonly object[], egress: readonly object[] = []): KubeObject {
  const policyTypes = ["Ingress", ...(egress.length > 0 ? ["Egress"] : [])];
  const spec = { podSelector: { matchLabels: { app: "web" } }, policyTypes, ingress, egress };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "guard", namespace: "shop" },
    spec,
  };
}
const from = (...cidrs: string[]) => ({ from: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ port: 80 }] });

test("all rules of a policy are mended by one command, which leaves both families alike, and undone by another", () => {
  const guard = policy([from("0.0.0.0/0"), { ...from("0.0.0.0/0"), ports: [{ port: 81 }] }]);
  const objects = [guard, namespace, pod("web", 1), pod("client", 2)];
  const { differences } = parityOf(objects);
  assert.ok(differences.length > 1, "more than one rule differs");
  const tasks = policyTasks(differences);
  assert.deepEqual(
    tasks.map(({ commands }) => commands.length),
    [1],
  );
  const [task] = tasks;
  const sent = JSON.parse(String(task?.commands[0]?.at(-1)));
  assert.deepEqual(
    sent.spec.ingress.map((rule: { from: { ipBlock: { cidr: string } }[] }) =>
      rule.from.map(({ ipBlock }) => ipBlock.cidr),
    ),
    [
      ["0.0.0.0/0", "::/0"],
      ["0.0.0.0/0", "::/0"],
    ],
  );
  const mended = { ...guard, spec: { ...guard.spec, ...sent.spec } };
  assert.deepEqual(parityOf([mended, ...objects.slice(1)]).differences, []);
  assert.deepEqual(JSON.parse(String(task?.undo?.at(-1))), { spec: { ingress: guard.spec.ingress } });
});

test("what nobody can tell the twin of is left to a person, and told apart", () => {
  const guard = policy([from("0.0.0.0/0"), { ...from("198.51.100.0/24"), ports: [{ port: 81 }] }]);
  const tasks = policyTasks(parityOf([guard, namespace, pod("web", 1)]).differences);
  const byHand = tasks.filter(({ commands }) => commands.length === 0);
  assert.ok(byHand.length > 0 && byHand.every(({ title }) => /name what stands for/.test(title)));
  assert.equal(tasks.filter(({ commands }) => commands.length === 1).length, 1);
});
