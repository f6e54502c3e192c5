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
  promotion_earned: ["推广基金待确认", "Promotion fund awaiting confirmation"],
  promotion_confirmed: ["推广基金已确认", "Promotion fund confirmed"],
  promotion_fund: ["推广基金", "Promotion fund"],
  promotion_owed: ["推广基金待扣回", "Promotion fund owed back"],
  promotion: ["推广支出", "Promotion spending"],
  expense: ["平台支出", "Platform expense"],
});
