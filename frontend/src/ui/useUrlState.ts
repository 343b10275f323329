import { useCallback, useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";

type Value = string | number | boolean | readonly string[];
type State = Readonly<Record<string, Value>>;
/** What a literal default stands for: `1` for any number, `""` for any text. */
type Widened<V extends Value> = V extends readonly string[] ? string[] : V extends string ? string : V extends number ? number : V extends boolean ? boolean : never;
type Widen<S extends State> = { [Key in keyof S]: Widened<S[Key]> };

/**
 * Keeps a screen's filters in its address, so that they survive a reload and can be shared as a link. The defaults give
 * the names and the types and stand in the address of nobody. Pass a constant: a new object each time reads anew.
 */
export function useUrlState<S extends State>(defaults: S): [Widen<S>, (change: Partial<Widen<S>>) => void] {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => read(params, defaults), [params, defaults]);
  // A change may follow another one before that has been drawn; `params` would not know of it yet.
  const latest = useRef(params);
  useEffect(() => {
    latest.current = params;
  }, [params]);
  const change = useCallback(
    (changed: Partial<Widen<S>>) => {
      latest.current = written(latest.current, defaults, changed);
      setParams(latest.current, { replace: true, preventScrollReset: true });
    },
    [setParams, defaults],
  );
  return [state, change];
}

function read<S extends State>(params: URLSearchParams, defaults: S): Widen<S> {
  const entries = Object.entries(defaults).map(([key, standard]) => [key, valueOf(params.getAll(key), standard)]);
  return Object.fromEntries(entries) as Widen<S>;
}

function valueOf(found: readonly string[], standard: Value): Value {
  const [first] = found;
  if (first === undefined) return standard;
  if (typeof standard === "number") return /^-?\d{1,15}$/.test(first) ? Number(first) : standard;
  if (typeof standard === "boolean") return first === "true";
  return typeof standard === "string" ? first : found;
}

function written(current: URLSearchParams, defaults: State, changed: Readonly<Record<string, unknown>>) {
  const next = new URLSearchParams(current);
  for (const [key, value] of Object.entries(changed)) {
    next.delete(key);
    if (String(value) === String(defaults[key])) continue;
    for (const item of Array.isArray(value) ? value : [value]) next.append(key, String(item));
  }
  return next;
}
