import type { Any } from "../objects/object.ts";
import { ApiError } from "./status.ts";

/** A message's fields by number: text, a nested message, or a map of texts. */
type Message = Record<number, [name: string, type: "text" | "map" | Message]>;

const metadata: Message = {
  1: ["name", "text"],
  2: ["generateName", "text"],
  3: ["namespace", "text"],
  11: ["labels", "map"],
  12: ["annotations", "map"],
};
const attributes: Message = {
  1: ["namespace", "text"],
  2: ["verb", "text"],
  3: ["group", "text"],
  4: ["version", "text"],
  5: ["resource", "text"],
  6: ["subresource", "text"],
  7: ["name", "text"],
};
const paths: Message = { 1: ["path", "text"], 2: ["verb", "text"] };

/** The kinds newer kubectl sends as protobuf, since it builds them with a typed client. */
const kinds: Record<string, Message> = {
  ConfigMap: { 1: ["metadata", metadata], 2: ["data", "map"] },
  SelfSubjectReview: { 1: ["metadata", metadata] },
  SelfSubjectRulesReview: { 1: ["metadata", metadata], 2: ["spec", { 1: ["namespace", "text"] }] },
  SelfSubjectAccessReview: {
    1: ["metadata", metadata],
    2: ["spec", { 1: ["resourceAttributes", attributes], 2: ["nonResourceAttributes", paths] }],
  },
};

/**
 * Decodes a body of type application/vnd.kubernetes.protobuf; throws 415 for a kind that is not expected in it.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding
 */
export function decodeProtobuf(body: Buffer): Any {
  const envelope: Message = { 1: ["typeMeta", { 1: ["apiVersion", "text"], 2: ["kind", "text"] }] };
  const { typeMeta } = message(body.subarray(4), envelope);
  const kind = kinds[typeMeta?.kind ?? ""];
  const raw = [...fields(body.subarray(4))].find(({ number }) => number === 2)?.bytes;
  if (!kind || !raw)
    throw new ApiError(415, "UnsupportedMediaType", `415: Unsupported Media Type: ${typeMeta?.kind} as protobuf`);
  return { ...typeMeta, ...message(raw, kind) };
}

function message(bytes: Buffer, shape: Message): Any {
  const result: Any = {};
  for (const { number, bytes: value } of fields(bytes)) {
    const [name, type] = shape[number] ?? [];
    if (name === undefined || type === undefined) continue;
    if (type === "map") {
      const { key, text } = message(value, { 1: ["key", "text"], 2: ["text", "text"] });
      result[name] = { ...result[name], [key]: text ?? "" };
    } else if (type !== "text") result[name] = message(value, type);
    // An empty text is how protobuf says that there is none.
    else if (value.length > 0) result[name] = value.toString();
  }
  return result;
}

function* fields(bytes: Buffer): Generator<{ number: number; bytes: Buffer }> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const size = [undefined, 8, undefined, undefined, undefined, 4][key & 7];
    if ((key & 7) === 0) varint();
    else {
      const length = size ?? varint();
      yield { number: key >> 3, bytes: bytes.subarray(at, at + length) };
      at += length;
    }
  }
}
