import { defineTexts } from "@/kit/i18n";

/** What an account is for. */
export const purposeTexts = defineTexts("ledger_purposes", {
  earned: ["待确认", "Awaiting confirmation"],
  confirmed: ["已确认", "Confirmed"],
  withdrawable: ["可提现", "Withdrawable"],
  in_transit: ["打款中", "In transit"],
  paid: ["已到账", "Paid"],
  owed: ["待扣回", "Owed back"],
  held: ["冻结", "On hold"],
  expense: ["平台支出", "Platform expense"],
});
