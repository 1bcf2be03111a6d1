import type { Any } from "../objects/object.ts";

/** A refusal of the API: thrown anywhere in a request, answered as a Status. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: Any;
  readonly metadata: Any;

  constructor(code: number, reason: string, message: string, details?: Any, metadata: Any = {}) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
    this.metadata = metadata;
  }

  /** The Status object, its fields in the order the API server writes them. */
  toStatus(): Any {
    return {
      kind: "Status",
      apiVersion: "v1",
      metadata: this.metadata,
      status: "Failure",
      message: this.message,
      ...(this.reason === "" ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: this.details }),
      code: this.code,
    };
  }
}

/** What a field is refused for. */
export interface FieldProblem {
  field: string;
  reason:
    | "FieldValueInvalid"
    | "FieldValueNotSupported"
    | "FieldValueDuplicate"
    | "FieldValueForbidden"
    | "FieldValueRequired";
  message: string;
}

/** 422 with every problem of an object, worded as the API server aggregates them. */
export function invalid(kind: string, group: string, name: string, problems: readonly FieldProblem[]): ApiError {
  const each = problems.map((problem) => `${problem.field}: ${problem.message}`);
  const what = group === "" ? kind : `${kind}.${group}`;
  const message = `${what} "${name}" is invalid: ${each.length === 1 ? each[0] : `[${each.join(", ")}]`}`;
  const causes = problems.map(({ field, reason, message }) => ({ reason, message, field }));
  return new ApiError(422, "Invalid", message, { name, ...(group === "" ? {} : { group }), kind, causes });
}

export function notFound(resource: string, group: string, name: string): ApiError {
  const what = group === "" ? resource : `${resource}.${group}`;
  return new ApiError(404, "NotFound", `${what} "${name}" not found`, {
    name,
    ...(group === "" ? {} : { group }),
    kind: resource,
  });
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, "BadRequest", message);
}

export function conflict(resource: string, group: string, name: string, why: string): ApiError {
  const what = group === "" ? resource : `${resource}.${group}`;
  const message = `Operation cannot be fulfilled on ${what} "${name}": ${why}`;
  return new ApiError(409, "Conflict", message, { name, ...(group === "" ? {} : { group }), kind: resource });
}

/** "Invalid value" about a field. */
export function bad(field: string, value: unknown, why: string): FieldProblem {
  return { field, reason: "FieldValueInvalid", message: `Invalid value: ${JSON.stringify(value)}: ${why}` };
}

/** "Unsupported value" about a field, with what is supported. */
export function unsupported(field: string, value: unknown, supported: string[]): FieldProblem {
  const list = supported.map((each) => JSON.stringify(each)).join(", ");
  return {
    field,
    reason: "FieldValueNotSupported",
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`,
  };
}
