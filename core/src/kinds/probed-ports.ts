import type { Field } from "../manifest/field.ts";
import { commandWordsOf, envOf } from "./containers.ts";

/** True if the kubelet, which asks the pod's primary address, probes the port that a container's `0.0.0.0` or `0.0.0.0:port` is for. */
export function isProbed(container: Field, port: string | undefined): boolean {
  const asked = probedPorts(container);
  if (port !== undefined) return asked.includes(port);
  const texts = [...commandWordsOf(container), ...envOf(container).map(({ value }) => value)].map(
    (field) => field?.text ?? "",
  );
  const only = container.get("ports")?.items() ?? [];
  return asked.some(
    (number) =>
      texts.some((text) => text.split(/[^\w.]+/).includes(number)) ||
      (only.length === 1 && only[0]?.get("containerPort")?.text === number),
  );
}

/** As numbers, those given by name too. A probe with a host of its own asks somebody else. */
function probedPorts(container: Field): readonly string[] {
  return ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((name) =>
    ["httpGet", "tcpSocket", "grpc"].flatMap((how) => {
      const handler = container.get(name, how);
      const port = handler?.has("host") ? undefined : handler?.get("port")?.text;
      const named = container
        .get("ports")
        ?.items()
        .find((own) => own.get("name")?.text === port);
      return named?.get("containerPort")?.text ?? port ?? [];
    }),
  );
}
