import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, noticed, possible } from "../judging/cause.ts";
import { atPod, failedOnTheWay, podName } from "../judging/failures.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The pod took a default route from a router advertisement, and it wins over that of its network plugin",
  why: "A pod on a bridge or a macvlan hears whoever sends router advertisements there, another pod too. With accept_ra on in its network it takes address and default route from them, and its packets leave by a router that knows nothing of the cluster (CVE-2020-10749).",
  source: "https://github.com/kubernetes/kubernetes/issues/91507",
  looksLike: ["pod-without-default-route", "undeclared-family"], // it has no default route / the plugin gave none of that family
  code: "K19",
  unprovable: true,

  *judge(subject) {
    const [pod] = subject.scene.pods;
    if (!pod || pod.hostNetwork)
      return excluded("no pod with a network of its own was looked into", subject.scene.pods);
    const table = yield* ask(routes, atPod(pod));
    const seen = question(routes, atPod(pod));
    const defaults = table.filter(({ destination, reject }) => destination === "::/0" && !reject);
    const advertised = defaults.find((route) => route.advertised);
    const own = defaults.find((route) => !route.advertised);
    if (!advertised || !own)
      return excluded(
        advertised
          ? `all default routes of ${podName(pod)} are advertised: its network plugin works so`
          : `${podName(pod)} has no default route from a router advertisement`,
        [seen],
      );
    const because = `${podName(pod)} has a default route via ${advertised.gateway} from a router advertisement on ${advertised.device}, metric ${advertised.metric}, beside its own via ${own.gateway ?? own.device}, metric ${own.metric}`;
    const remedy = {
      fix: "Set net.ipv6.conf.*.accept_ra=0 in pods' networks (CNI plugins 0.8.6 and newer do), recreate the pod, and find who sends advertisements there.",
      confirm: "/proc/net/ipv6_route of the new pod has one ::/0 entry, that of its network plugin.",
    };
    const led = failedOnTheWay(subject).filter(({ flow }) => {
      const address = parseAddress(flow?.host ?? "");
      return flow?.from === pod && address !== undefined && routeTo(table, address)?.advertised === true;
    });
    const [dial] = led;
    if (!dial) return noticed(because, remedy);
    const explained = { ...remedy, explains: led.map(({ id }) => id) };
    return possible(`${because}; ${dial.to} goes by the advertised one`, {
      ...explained,
      missing: `that the router ${advertised.gateway} leads nowhere: it may as well know the cluster`,
    });
  },
};
