/** Returns the entries of an object that is known to have no keys but those of its type: one the schema describes. */
export function entriesOf<Key extends string, Value>(object: Readonly<Record<Key, Value>>): [Key, Value][] {
  const entries: [Key, Value][] = [];
  for (const key in object) entries.push([key, object[key]]);
  return entries;
}
