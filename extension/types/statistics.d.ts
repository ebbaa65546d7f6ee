// What is counted on this device, and nowhere else.

/** Mails by their answer. */
interface StatisticsCount {
  checked: number;
  caution: number;
  danger: number;
}

interface StatisticsBrand {
  /** As the rules write it. */
  name: string;
  /** For Japanese readers, where that differs. */
  nameJa?: string;
  count: number;
}

interface StatisticsSummary {
  /** The first day counted, "2026-11-22"; empty where there is none. */
  since: string;
  total: StatisticsCount;
  /** The days asked for, oldest first, empty ones among them. */
  days: ({ day: string } & StatisticsCount)[];
  /** Whom mails with a warning claimed to be from; most often first. */
  brands: ({ id: string } & StatisticsBrand)[];
}
