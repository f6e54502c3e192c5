export { NoticePanel } from "./NoticePanel";
export { useUnreadNotices } from "./unread";
