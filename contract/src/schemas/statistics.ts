import { type Static, Type } from "typebox";
import { NullableString, Prn, Time, Timestamp } from "./common.ts";

export const statisticsIntervals = ["hour", "day"] as const;
export const statisticsGroups = ["country", "user_agent", "maker"] as const;

/** Days that an answer may span, by its interval. */
export const maxStatisticsDays = { hour: 31, day: 366 } as const;
/** Entries that `series` may have. */
export const maxStatisticsEntries = 10_000;

export const StatisticsQuery = Type.Object({
  from: Type.Optional(Time),
  to: Type.Optional(Time),
  interval: Type.Optional(
    Type.Unsafe<"hour" | "day">({ type: "string", enum: [...statisticsIntervals], default: "day" }),
  ),
  group_by: Type.Optional(
    Type.Unsafe<"country" | "user_agent" | "maker">({ type: "string", enum: [...statisticsGroups] }),
  ),
});
export type StatisticsQuery = Static<typeof StatisticsQuery>;

const counts = {
  requests: Type.Integer(),
  completed: Type.Integer({ description: "Requests whose whole body went out." }),
  aborted: Type.Integer({ description: "Requests that broke off." }),
  bytes: Type.Integer({ description: "Of bodies, as far as they were handed to the connection." }),
};

export const BinaryStatistics = Type.Object(
  {
    binary_prn: Prn,
    from: Timestamp,
    to: Timestamp,
    interval: Type.String(),
    group_by: NullableString,
    totals: Type.Object(counts),
    series: Type.Array(
      Type.Object({
        start: Timestamp,
        group: Type.Unsafe<string | null>({
          type: ["string", "null"],
          description:
            "The country, the user agent's product, or the PRN of who made the link; `unknown` where nothing was " +
            "said, `other` for what is beyond the number that is told apart. Null without `group_by`.",
        }),
        ...counts,
      }),
      { description: "By time; intervals without downloads are left out." },
    ),
  },
  { title: "BinaryStatistics" },
);
export type BinaryStatistics = Static<typeof BinaryStatistics>;
