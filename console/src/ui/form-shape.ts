/** How every field that is typed into looks. */
export const inputShape =
  "block w-full rounded-md border border-line-strong bg-canvas px-2.5 py-1.5 text-sm text-ink transition-[border-color] " +
  "hover:border-faint focus:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 " +
  "aria-invalid:border-bad";
