/** How the button of a menu with further actions looks, beside those of a page's header. */
export const moreButton =
  "inline-flex size-8 items-center justify-center rounded-md border border-line-strong bg-surface hover:bg-hover";
