import { type AbortSignalLike, type Answer, answered, type Review } from "#core/cluster/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
import { mayI } from "./json.ts";

/** Which of these the user may not do, by the API server's word: "create pods/exec"; refused where it would not say of one. */
export async function lackingRights(
  endpoint: Endpoint,
  needed: readonly Review[],
  signal: AbortSignalLike | undefined,
): Promise<Answer<readonly string[]>> {
  const answers = await Promise.all(needed.map((each) => mayI(endpoint, each, signal)));
  const unasked = answers.find((answer) => !answer.ok);
  if (unasked && !unasked.ok) return unasked;
  const lacking = needed.filter((_, index) => answers[index]?.ok && !answers[index].value);
  return answered(
    lacking.map(({ verb, resource, subresource }) => `${verb} ${resource}${subresource ? `/${subresource}` : ""}`),
  );
}
