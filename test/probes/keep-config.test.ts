import assert from "node:assert/strict";
import { test } from "node:test";
import { configKeys, keepConfig, notKept } from "#core/probing/keep-config.ts";
import { keepConfigMap } from "#core/probing/redact.ts";

test("a Corefile keeps its servers and plugins, and no credential", () => {
  const Corefile = `
# aws_secret_key COMMENT
.:53 {
    errors # COMMENT
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
    }
    template IN AAAA . {
        rcode NXDOMAIN
    }
    route53 example.org.:Z1Z2 {
        aws_access_key AKIA SECRET
    }
    etcd {
        credentials root SECRET
    }
    tsig { secret k. SECRET }
    unknown SECRET
    forward . /etc/resolv.conf
}
corp.example:53 { azure g:z { client_secret SECRET } }
`;
  const { Corefile: kept = "" } = keepConfig({ Corefile });
  assert.doesNotMatch(kept, /SECRET|COMMENT|AKIA/);
  assert.match(
    kept,
    /^\.:53 \{\n {4}errors\n {4}kubernetes cluster\.local in-addr\.arpa ip6\.arpa \{\n {8}pods insecure\n {4}\}\n/,
  );
  assert.match(kept, /^\s*template IN AAAA \. \{\n\s*rcode NXDOMAIN$/m);
  assert.match(kept, /^ {4}route53 \(not kept in a report\)$/m);
  assert.match(kept, /^corp\.example:53 \{\n {4}azure \(not kept in a report\)$/m);
});

test("net-conf.json keeps its networks and no password of a tunnel", () => {
  const conf = {
    Network: "10.244.0.0/16",
    EnableIPv6: true,
    IPv6Network: "fd00::/56",
    Backend: { Type: "ipsec", PSK: "SECRET" },
    Extra: "SECRET",
  };
  const kept = keepConfig({ "net-conf.json": JSON.stringify(conf), "cni-conf.json": "{}" });
  assert.deepEqual(JSON.parse(kept["net-conf.json"] ?? ""), {
    Network: "10.244.0.0/16",
    EnableIPv6: true,
    IPv6Network: "fd00::/56",
    Backend: { Type: "ipsec" },
  });
  assert.equal(keepConfig({ "net-conf.json": "SECRET {" })["net-conf.json"], notKept);
  assert.equal(kept["cni-conf.json"], notKept);
});

test("what is left out reads as not kept, never as not set", () => {
  const kept = keepConfigMap({
    metadata: { name: "cilium-config", annotations: { a: "SECRET" } },
    data: {
      "enable-ipv6": "false",
      "ipv6-secret-key": "SECRET",
      "kvstore-opt": "SECRET",
      "cluster-pool-ipv6-cidr": "fd00::/104",
      odd: 5,
    },
    binaryData: { x: "SECRET" },
  });
  assert.doesNotMatch(JSON.stringify(kept), /SECRET/);
  assert.deepEqual(kept.data, {
    "enable-ipv6": "false",
    "ipv6-secret-key": notKept,
    "kvstore-opt": notKept,
    "cluster-pool-ipv6-cidr": "fd00::/104",
    odd: notKept,
  });
  assert.equal(configKeys(kept), "enable-ipv6, cluster-pool-ipv6-cidr; not kept: ipv6-secret-key, kvstore-opt, odd");
  assert.deepEqual(keepConfigMap({ metadata: { name: "x" }, data: null }).data, {});
});

test("of kube-proxy's configuration stays how it serves Services, and not where its kubeconfig is", () => {
  const text =
    "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclientConnection:\n  kubeconfig: SECRET\nmode: nftables\nclusterCIDR: 10.244.0.0/16,fd00:10:244::/48\n";
  const kept = keepConfig({ "config.conf": text, "kubeconfig.conf": "token: SECRET" });
  assert.doesNotMatch(JSON.stringify(kept), /SECRET/);
  assert.match(kept["config.conf"] ?? "", /^mode: nftables$/m);
});
