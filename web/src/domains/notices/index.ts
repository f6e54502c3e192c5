export { NoticePanel } from "./NoticePanel";
export { Preferences } from "./Preferences";
export { useUnreadNotices } from "./unread";
