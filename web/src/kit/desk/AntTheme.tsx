import { App, ConfigProvider, type ThemeConfig } from "antd";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { type ReactNode, useEffect } from "react";

import { useLocale } from "../i18n";
import { Empty } from "../states";
import { colors, fontFamily, size } from "../theme";

const reducedMotion =
  typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;

const theme: ThemeConfig = {
  token: {
    colorPrimary: colors.brand,
    colorLink: colors.brand,
    colorSuccess: colors.green,
    colorWarning: colors.yellow,
    colorError: colors.red,
    // the grounds antd derives from dark signal colours are muddy
    colorSuccessBg: colors.greenSoft,
    colorSuccessBorder: "#b5dcc1",
    colorWarningBg: colors.yellowSoft,
    colorWarningBorder: "#efd9ac",
    colorErrorBg: colors.redSoft,
    colorErrorBorder: "#f3c1c1",
    colorText: colors.text,
    colorTextSecondary: colors.textSoft,
    colorTextTertiary: colors.textFaint,
    colorTextDescription: colors.textSoft,
    colorTextPlaceholder: colors.textFaint,
    colorBorder: "#cfd5de",
    colorBorderSecondary: colors.border,
    colorBgLayout: colors.ground,
    borderRadius: size.radius,
    fontSize: size.font,
    fontFamily,
    motion: !reducedMotion,
    wireframe: false,
  },
  components: {
    Table: {
      headerBg: colors.sunken,
      headerColor: colors.textSoft,
      headerSplitColor: "transparent",
      cellPaddingBlockMD: 9,
      cellPaddingInlineMD: 12,
      rowHoverBg: "#f6f8fe",
      rowSelectedBg: colors.brandSoft,
      rowSelectedHoverBg: "#e3ebfd",
    },
    Tabs: { horizontalItemPadding: "10px 0", horizontalMargin: "0 0 16px" },
    Form: { itemMarginBottom: 24, verticalLabelPadding: "0 0 4px" },
    Button: { primaryShadow: "none", defaultShadow: "none" },
  },
};

/** Puts the tokens, the language and the messages of antd around a console entry. */
export function AntTheme({ children }: { children: ReactNode }): ReactNode {
  const locale = useLocale();
  useEffect(() => {
    dayjs.locale(locale === "en" ? "en" : "zh-cn");
  }, [locale]);
  return (
    <ConfigProvider
      locale={locale === "en" ? enUS : zhCN}
      theme={theme}
      button={{ autoInsertSpace: false }}
      renderEmpty={() => <Empty />}
    >
      <App message={{ maxCount: 3 }}>{children}</App>
    </ConfigProvider>
  );
}
