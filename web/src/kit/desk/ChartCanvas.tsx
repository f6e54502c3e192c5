import { BarChart, FunnelChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, type EChartsType, init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { type ReactNode, useEffect, useRef } from "react";

import { colors, fontFamily, series as palette } from "../theme";
import type { ChartProps } from "./Chart";

register([
  BarChart,
  FunnelChart,
  LineChart,
  PieChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

function optionOf({ kind, categories, series, format }: ChartProps): EChartsCoreOption {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const base: EChartsCoreOption = {
    animation: !still,
    animationDuration: 300,
    color: [...palette],
    textStyle: { fontFamily, color: colors.textSoft },
    aria: { enabled: true },
    tooltip: {
      trigger: kind === "pie" || kind === "funnel" ? "item" : "axis",
      confine: true,
      valueFormatter: format,
    },
    legend:
      series.length > 1 || kind === "pie"
        ? { bottom: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10 }
        : undefined,
  };
  if (kind === "pie" || kind === "funnel") {
    const data = categories.map((name, index) => ({ name, value: series[0]?.values[index] ?? 0 }));
    const shape =
      kind === "pie"
        ? { radius: ["52%", "74%"], center: ["50%", "45%"], label: { show: false } }
        : { gap: 2, sort: "none", minSize: "12%" };
    return { ...base, series: [{ type: kind, data, ...shape }] };
  }
  const lying = kind === "rows";
  const names = {
    type: "category",
    data: [...categories],
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colors.border } },
    axisLabel: { color: colors.textSoft },
  };
  const values = {
    type: "value",
    splitLine: { lineStyle: { color: colors.border } },
    axisLabel: { color: colors.textSoft, formatter: format },
  };
  return {
    ...base,
    grid: {
      left: 8,
      right: 16,
      top: 16,
      bottom: series.length > 1 ? 32 : 8,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: series.map((one) => ({
      name: one.name,
      type: kind === "line" ? "line" : "bar",
      stack: kind === "stacked" ? "all" : undefined,
      data: [...one.values],
      barMaxWidth: 28,
      showSymbol: categories.length < 40,
      lineStyle: { width: 2 },
      itemStyle:
        kind === "line"
          ? undefined
          : { borderRadius: lying ? [0, 3, 3, 0] : kind === "stacked" ? 0 : [3, 3, 0, 0] },
    })),
  };
}

export default function ChartCanvas(props: ChartProps & { height: number }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const pick = useRef(props.onPick);
  useEffect(() => {
    pick.current = props.onPick;
  });
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, null, { renderer: "svg" });
    chart.current = made;
    made.on("click", (event) => pick.current?.(String(event.name), String(event.seriesName)));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(optionOf(props), { notMerge: true });
  }, [props]);
  return <div ref={box} style={{ height: props.height, cursor: props.onPick ? "pointer" : undefined }} />;
}
