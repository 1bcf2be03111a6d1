/** A quantity of Kubernetes as a number, "100m" as 0.1 and "1Ki" as 1024; NaN for what is none. */
export function quantityOf(text: unknown): number {
  const [, digits, exponent, unit = ""] = quantity.exec(String(text)) ?? [];
  if (digits === undefined) return Number.NaN;
  if (exponent !== undefined) return Number(`${digits}e${exponent}`);
  return Number(digits) * (units[unit] ?? 1);
}

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const quantity = /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(?:[eE]([+-]?\d+)|(m|k|Ki|[MGTPE]i?))?$/;

const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
