import { useEffect, useState } from "react";

/** A value as it was once it stood still for so many milliseconds: what is typed isn't asked for letter by letter. */
export function useSettled<T>(value: T, patience = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), patience);
    return () => clearTimeout(timer);
  }, [value, patience]);
  return settled;
}
