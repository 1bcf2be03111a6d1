import type { AbortSignalLike, Cluster, Refusal } from "../cluster/cluster.ts";
import type { Left, Outlook, Outpost, Outposts } from "../cluster/outposts.ts";
import type { Subject } from "../judging/subject.ts";
import { byHand } from "../outposts/by-hand.ts";
import { newName } from "../outposts/name.ts";
import type { Making } from "../outposts/outpost.ts";
import { type Station, stationIn, stationsOf } from "../outposts/station.ts";
import { consentWords, whatItIs } from "../outposts/words.ts";
import { type Vantage, vantageName } from "../probing/probe.ts";
import { type DiagnosedScene, laterOf, type Need, needsOf, type Way } from "./needs.ts";
import type { NotLookedAt } from "./not-looked.ts";
import type { Diagnosis } from "./result.ts";

/** How far a diagnosis may go beyond what runs already, and who is asked first. */
export interface Beyond {
  readonly level: Outlook;
  readonly image: string;
  /** Where pods of our own are created. */
  readonly namespace: string;
  readonly outposts: Outposts;
  /** Shows what would be created, word for word; nothing is created without a yes. */
  agree(words: readonly string[]): Promise<boolean>;
}

/** Looks at the cluster once, through what stands there and through the stations. */
export type Look = (subject: Subject, stations: readonly Station[]) => Promise<DiagnosedScene>;

interface Around {
  readonly cluster: Cluster;
  readonly beyond: Beyond;
  readonly signal: AbortSignalLike | undefined;
  onProgress(asking: string): void;
}

/**
 * Looks with what is there; where that is not enough, creates something to look from, and looks again. All that was created is removed,
 * whatever happens in between.
 */
export async function lookBeyond(look: Look, subject: Subject, around: Around): Promise<Diagnosis> {
  const reach = new Reach(around);
  let looked = await look(subject, []);
  let asked = subject;
  let left: readonly Left[] = [];
  try {
    for (;;) {
      const grown = around.signal?.aborted ? "nothing" : await reach.further(looked, asked);
      if (grown === "nothing") break;
      if (grown === "other ways") continue;
      asked = grown;
      looked = await look(asked, reach.stations);
    }
  } finally {
    left = await around.beyond.outposts.removeAll();
  }
  const { diagnosis } = looked;
  const { refused } = reach;
  return {
    ...diagnosis,
    notLooked: [...refused, ...diagnosis.notLooked.filter(({ what }) => !refused.some((one) => one.what === what))],
    left: left.map(({ outpost, why }) => `${whatItIs(outpost)}: ${why}`),
  };
}

/** What has been created so far, and what was refused. */
class Reach {
  readonly #around: Around;
  readonly #tried = new Set<string>();
  readonly #agreed = new Map<string, Outpost>();
  readonly #standing: Outpost[] = [];
  #declined = false;
  #stations: Station[] = [];
  readonly refused: NotLookedAt[] = [];

  constructor(around: Around) {
    this.#around = around;
  }

  get stations(): readonly Station[] {
    return this.#stations;
  }

  /** Creates what is needed next; the subject to look at then. `other ways`: what was tried was refused, and more can be. */
  async further(looked: DiagnosedScene, subject: Subject): Promise<Subject | "nothing" | "other ways"> {
    const { beyond } = this.#around;
    const open = needsOf(looked, beyond.level).flatMap((need) => {
      const way = need.ways.find(({ key }) => !this.#tried.has(key));
      return way ? [{ need, way }] : [];
    });
    if (open.length === 0 || this.#declined) return "nothing";
    for (const { way } of open) this.#tried.add(way.key);
    const wanted = [...new Map(open.map((one) => [one.way.key, one])).values()];
    const made = wanted.map(({ need, way }) => ({ need, outpost: this.#made(way) }));
    const free = await this.#unhindered(made);
    if (free.length === 0) return "other ways";
    if (!(await this.#agree(free, looked))) return "nothing";
    const created = await this.#create(free);
    const seen = await this.#see(
      created,
      open.map(({ need }) => need),
    );
    return created.length === 0 && !seen ? "other ways" : subjectWith(subject, created);
  }

  #made(way: Way): Outpost {
    const { image, namespace } = this.#around.beyond;
    const making: Making = { image, namespace, name: newName };
    return this.#agreed.get(way.key) ?? way.make(making);
  }

  async #unhindered(made: readonly Wanted[]): Promise<Wanted[]> {
    const { outposts } = this.#around.beyond;
    const hindrances = await Promise.all(made.map(({ outpost }) => outposts.hindrance(outpost, this.#around.signal)));
    return made.filter((one, index) => {
      const refusal = hindrances[index];
      if (refusal) this.#refuse(one, refusal);
      return !refusal;
    });
  }

  /** Asks once for all that may come to be needed. */
  async #agree(free: readonly Wanted[], looked: DiagnosedScene): Promise<boolean> {
    const { beyond, cluster } = this.#around;
    const known = [...this.#agreed.values()];
    const outposts = free.map(({ outpost }) => outpost).filter((outpost) => !known.includes(outpost));
    if (outposts.length === 0) return true;
    const { context, server } = cluster;
    const open = laterOf(looked, beyond.level).filter(({ key }) => !this.#tried.has(key) && !this.#agreed.has(key));
    const later = open.map((way) => [way.key, this.#made(way)] as const);
    const words = consentWords({ context, server, outposts, later: later.map(([, outpost]) => outpost) });
    if (await beyond.agree(words)) {
      for (const [key, outpost] of later) this.#agreed.set(key, outpost);
      return true;
    }
    this.#declined = true;
    for (const one of free) this.#refuse(one, { reason: "cancelled", message: "you did not agree to it" });
    return false;
  }

  async #create(free: readonly Wanted[]): Promise<Wanted[]> {
    const { beyond, signal, onProgress } = this.#around;
    for (const { outpost } of free) onProgress(`for a ${whatItIs(outpost)}`);
    const answers = await Promise.all(free.map(({ outpost }) => beyond.outposts.create(outpost, signal)));
    return free.filter((one, index) => {
      const answer = answers[index];
      if (answer?.ok) this.#standing.push(one.outpost);
      else if (answer) this.#refuse(one, answer.refusal);
      return answer?.ok;
    });
  }

  /** Makes the stations of all that stands; true if one answers for a place that could not be looked at. */
  async #see(created: readonly Wanted[], needs: readonly Need[]): Promise<boolean> {
    this.#stations.push(...created.flatMap(({ outpost }) => stationsOf(outpost)));
    const pods = needs.flatMap(({ at, ways }) => (at.kind === "pod" ? [{ at, ways }] : []));
    let seen = false;
    for (const { at, ways } of pods) {
      const from = this.#standing.find(
        ({ level, node }) => level.endsWith("node") && ways.some(({ key }) => key === `${level} ${node}`),
      );
      const stations = from ? await this.#into(from, at) : [];
      this.#stations.push(...stations);
      seen ||= stations.length > 0;
    }
    return seen;
  }

  /** What the runtime calls a container stands in no observation. */
  async #into(from: Outpost, { namespace, pod }: Extract<Vantage, { kind: "pod" }>): Promise<Station[]> {
    const type = { apiVersion: "v1", resource: "pods" };
    const answer = await this.#around.cluster.get(type, pod, { namespace });
    return answer.ok ? stationIn(from, answer.value) : [];
  }

  #refuse({ need, outpost }: Wanted, { message, remedy }: Refusal): void {
    this.refused.push({
      what: vantageName(need.at),
      why: `${need.why}; ${whatItIs(outpost)} could not be used: ${message}`,
      ...(remedy === undefined ? {} : { remedy }),
      command: byHand(this.#around.cluster.context, outpost),
      needs: outpost.level,
    });
  }
}

interface Wanted {
  readonly need: Need;
  readonly outpost: Outpost;
}

/** What was created is said first of all, and a pod in the place of the source is dialled from. */
function subjectWith(subject: Subject, created: readonly Wanted[]): Subject {
  const own = created.find(({ need }) => need.source);
  const { level, namespace, pod, of } = own?.outpost ?? {};
  const from = own && (level === "ephemeral" || level === "probe-pod") ? { namespace, name: pod } : of;
  return {
    ...subject,
    ...(from?.namespace && from.name ? { from: { namespace: from.namespace, name: from.name } } : {}),
    outposts: [...(subject.outposts ?? []), ...created.map(said)],
  };
}

function said({ need, outpost }: Wanted): string {
  const what = whatItIs(outpost).replace(/ \(.*$/, "");
  const why = need.why.replace(/\.$/, "");
  if (outpost.level === "ephemeral") return `${what} was added, because ${why}`;
  if (outpost.level !== "probe-pod") return `${what} was created, because ${why}`;
  return `${what} dials in place of ${vantageName(need.at)}, because ${why}; its labels are its own, so that no policy or Service selects it that selects the other by label`;
}
