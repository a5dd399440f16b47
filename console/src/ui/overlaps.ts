/** Seconds for which an old secret may go on beside a new one, as a choice. */
export const overlaps = [
  { value: "0", label: "at once" },
  { value: "3600", label: "in an hour" },
  { value: "86400", label: "in a day" },
  { value: "604800", label: "in a week" },
  { value: "2592000", label: "in 30 days" },
];
