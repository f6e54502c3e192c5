import { defineTexts } from "@/kit/i18n";

export const texts = defineTexts("insights", {
  home: ["首页", "Home"],
  hello: ["{{name}}，您好", "Hello, {{name}}"],
  homePurpose: ["今天的工单、进度和数据，随时更新", "Today's orders, progress and figures, live"],
  base: ["近 7 天日均 {{value}}", "7-day daily mean {{value}}"],
  ratingMean: ["{{value}} 分", "{{value}} / 5"],
  ratingCount: ["{{count}} 条评价", "{{count}} ratings"],
  openOrders: ["进行中的工单", "Orders in progress"],
  allOrders: ["全部工单", "All orders"],
  trend: ["近 30 天趋势", "The last 30 days"],
  trendSays: [
    "近 30 天新建 {{opened}} 单，关闭 {{closed}} 单",
    "{{opened}} opened and {{closed}} closed in 30 days",
  ],
  nodes: ["各节点耗时（近 30 天平均）", "Time at each node (30-day mean)"],
  nodesSays: ["最慢的节点是“{{name}}”，平均 {{time}}", "The slowest node is “{{name}}”, {{time}} on average"],
  nodesNone: [
    "还没有完成的节点。工单走完一步，这里就有数据",
    "No finished steps yet; they appear as orders move",
  ],
  wall: ["自然时间（小时）", "Wall time (hours)"],
  working: ["工作时间（小时）", "Working time (hours)"],
});
