import type { Family } from "../addresses/address.ts";
import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import type { Hop } from "../judging/path.ts";
import { worked } from "../judging/symptom.ts";
import { rowKey } from "./matrix.ts";

/** The way to one target, station by station, in each family that tried it; where it breaks first comes first in a report. */
export interface WayPicture {
  readonly from: string;
  readonly to: string;
  readonly stations: readonly { readonly hop: Hop["hop"]; readonly where: string }[];
  readonly lanes: readonly Lane[];
}

export interface Lane {
  readonly family: Family;
  /** One for each station. */
  readonly states: readonly { readonly state: Hop["state"]; readonly because: string }[];
  /** Index of the first station that fails. */
  readonly broken?: number;
  /** What came of it at the end: "connected in 70 ms" */
  readonly end: string;
  readonly arrives: boolean;
}

/** A picture of every dial that fails and whose way is known; one that works in the other family is the lane beside it. */
export function wayPictures({ path, symptoms }: Diagnosis): WayPicture[] {
  const failing = symptoms.filter(({ id }) => path.some(({ symptom }) => symptom === id));
  return [...Map.groupBy(failing, rowKey)].map(([key, same]): WayPicture => {
    const ways = same.map(({ id }) => path.filter(({ symptom }) => symptom === id));
    const [longest = []] = [...ways].sort((a, b) => b.length - a.length);
    // What programs the nodes is no place a packet comes by: it is drawn where it fails.
    const passed = longest.filter(({ hop }) => hop !== "network agent" || ways.some(failsAt(hop)));
    const stations = passed.map(({ hop, where }) => ({
      hop,
      where: ways.find(failsAt(hop))?.find(is(hop))?.where ?? where,
    }));
    const tried = symptoms.filter((symptom) => symptom.kind === "dial" && rowKey(symptom) === key);
    const lanes = (["IPv6", "IPv4"] as const).flatMap((family): Lane[] => {
      const symptom =
        tried.find((one) => one.family === family && same.includes(one)) ?? tried.find((one) => one.family === family);
      if (!symptom) return [];
      const own = path.filter(({ symptom: of }) => of === symptom.id);
      const arrives = worked(symptom);
      const states = stations.map(({ hop }) => {
        const seen = own.find(is(hop));
        if (seen) return { state: seen.state, because: seen.because };
        // Whatever connects has passed every station, and what is said of that is another matter.
        return arrives && hop !== "network agent"
          ? { state: "works" as const, because: symptom.text }
          : { state: "not looked" as const, because: "nothing that was read tells" };
      });
      const broken = states.findIndex(({ state }) => state === "fails");
      return [{ family, states, end: symptom.text, arrives, ...(broken < 0 ? {} : { broken }) }];
    });
    return { from: same[0]?.from ?? "", to: (same[0]?.to ?? "").replace(/ \S+$/, ""), stations, lanes };
  });
}

function is(name: Hop["hop"]): (hop: Hop) => boolean {
  return ({ hop }) => hop === name;
}

function failsAt(name: Hop["hop"]): (way: readonly Hop[]) => boolean {
  return (way) => way.some(({ hop, state }) => hop === name && state === "fails");
}
