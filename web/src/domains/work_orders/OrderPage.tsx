import { type ReactNode } from "react";
import { useParams } from "react-router";

import { OrderDetailView } from "./OrderDetailView";

/** One order on its own page. */
export default function OrderPage(): ReactNode {
  return <OrderDetailView id={Number(useParams()["id"])} />;
}
