import { PrnParams } from "../schemas/common.ts";
import { BinaryStatistics, maxStatisticsDays, maxStatisticsEntries, StatisticsQuery } from "../schemas/statistics.ts";
import { oneOf, operation } from "./operation.ts";

export const getBinaryStatistics = operation({
  id: "retrieve-binary-statistics",
  method: "GET",
  path: "/binaries/:prn/statistics",
  tag: "Binaries",
  summary: "Show who downloaded a binary, and how much",
  description:
    "From the interval that `from` lies in to the one before `to`; by default the last 30 days, or the last 24 hours " +
    `with \`interval=hour\`. At most ${maxStatisticsDays.day} days, ${maxStatisticsDays.hour} by the hour, and ` +
    `${maxStatisticsEntries} entries.`,
  params: PrnParams,
  querystring: StatisticsQuery,
  status: 200,
  response: oneOf("statistics", BinaryStatistics),
});
