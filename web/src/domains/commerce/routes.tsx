import { ShoppingOutlined, ShopOutlined, ToolOutlined } from "@ant-design/icons";

import type { ConsoleRoute } from "@/kit/routes";

export const routes: readonly ConsoleRoute[] = [
  {
    path: "orders",
    page: () => import("./OrdersPage"),
    permission: "shop_order.read",
    menu: { label: ["订单", "Shop orders"], icon: <ShoppingOutlined />, group: "customers", order: 20 },
  },
  {
    path: "products",
    page: () => import("./ProductsPage"),
    permission: "product.read",
    menu: { label: ["商品", "Products"], icon: <ShopOutlined />, group: "customers", order: 30 },
  },
  {
    path: "spare-parts",
    page: () => import("./PartsPage"),
    permission: "spare_part.read",
    menu: { label: ["备件", "Spare parts"], icon: <ToolOutlined />, group: "work", order: 50 },
  },
];
