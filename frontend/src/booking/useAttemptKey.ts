import { useRef } from "react";

/**
 * Returns the key of an attempt to write: the same for as long as the same body is tried, so that pressing twice, or
 * trying again after the connection broke, books (or pays) once. Another body gets another key.
 */
export function useAttemptKey(): (body: object) => string {
  const attempt = useRef({ content: "", key: "" });
  return (body) => {
    const content = JSON.stringify(body);
    if (attempt.current.content !== content) attempt.current = { content, key: crypto.randomUUID() };
    return attempt.current.key;
  };
}
