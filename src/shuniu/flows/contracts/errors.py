"""Why flows refuse."""

from shuniu.foundation.errors import Conflict, Invalid, NotFound


class FlowNotFound(NotFound):
    code = "flow.not_found"
    zh = "没有这个流程"
    en = "There is no such flow."


class RunNotFound(NotFound):
    code = "flow.run_not_found"
    zh = "没有这个流程实例，或您无权查看"
    en = "There is no such run, or you may not see it."


class WorkNotFound(NotFound):
    code = "flow.work_not_found"
    zh = "没有这项待办，或它不是分给您的"
    en = "There is no such piece of work, or it is not yours."


class WorkTaken(Conflict):
    code = "flow.work_taken"
    zh = "已被他人处理"
    en = "Someone else has already handled this."


class RunOver(Conflict):
    code = "flow.run_over"
    zh = "流程已结束，不能再操作"
    en = "The run is over; nothing more can be done to it."


class KeyReused(Conflict):
    code = "flow.key_reused"
    zh = "同一提交编号的内容不同，请刷新后重新提交"
    en = "The same key came with other content; reload and submit again."


class OutcomeUnknown(Invalid):
    code = "flow.outcome_unknown"
    zh = "请选择处理结果"
    en = "Choose one of the outcomes this step offers."


class ReasonMissing(Invalid):
    code = "flow.reason_missing"
    zh = "请填写原因"
    en = "Give a reason."


class AnswersInvalid(Invalid):
    code = "flow.answers_invalid"
    zh = "表单有 {count} 处需要修改"
    en = "{count} fields need your attention."


class NobodyGiven(Invalid):
    code = "flow.nobody_given"
    zh = "请选择处理人"
    en = "Choose who handles this."


class DocumentFaulty(Invalid):
    code = "flow.document_faulty"
    zh = "流程有 {count} 处问题，修正后才能发布"
    en = "The flow has {count} problems; mend them before publishing."


class DraftMoved(Conflict):
    code = "flow.draft_moved"
    zh = "{who} 在您之后保存过这份草稿，请先选择保留哪一份"
    en = "{who} saved this draft after you opened it; choose which one to keep."


class DraftMissing(NotFound):
    code = "flow.draft_missing"
    zh = "没有草稿，可能已发布或已丢弃"
    en = "There is no draft; it may have been published or discarded."


class KeyTaken(Conflict):
    code = "flow.key_taken"
    zh = "编号 {key} 已被使用，请换一个"
    en = "The key {key} is in use; choose another."


class FlowStuck(Conflict):
    code = "flow.stuck"
    zh = "流程走不下去：节点 {node} 没有可走的去路"
    en = "The flow cannot go on: node {node} has no way out."


class EffectNotFound(NotFound):
    code = "flow.effect_not_found"
    zh = "没有这条执行记录"
    en = "There is no such effect."


class EffectNotStuck(Conflict):
    code = "flow.effect_not_stuck"
    zh = "这条执行不需要处理"
    en = "This effect does not wait for anybody."


class RunSuspended(Conflict):
    code = "flow.run_suspended"
    zh = "流程已挂起，恢复后才能操作"
    en = "The run is suspended; resume it first."


class NotYourTurn(Conflict):
    code = "flow.not_your_turn"
    zh = "还没有轮到您处理，请等待前面的人"
    en = "It is not your turn yet; others answer first."


class ClaimedByOther(Conflict):
    code = "flow.claimed"
    zh = "已被他人认领"
    en = "Someone else has claimed this."


class ClaimFirst(Conflict):
    code = "flow.claim_first"
    zh = "请先认领再处理"
    en = "Claim this before you answer it."


class AskedAlready(Conflict):
    code = "flow.asked_already"
    zh = "这个人已经在处理人中"
    en = "This person is asked already."


class ActNotAllowed(Conflict):
    code = "flow.act_not_allowed"
    zh = "这个节点不允许此操作"
    en = "This step does not allow that."


class NotOnPath(Invalid):
    code = "flow.not_on_path"
    zh = "不能退回到这个节点"
    en = "It cannot be returned to that step."


class ActedSince(Conflict):
    code = "flow.acted_since"
    zh = "后面的人已经处理，不能撤回"
    en = "Somebody has acted on it since; it cannot be withdrawn."


class UrgedLately(Conflict):
    code = "flow.urged_lately"
    zh = "10 分钟内已催办过，请稍后再试"
    en = "It was urged within the last 10 minutes; try again later."


class NoIncident(Conflict):
    code = "flow.no_incident"
    zh = "这一步没有停下，不需要重试"
    en = "This step does not stand still; there is nothing to retry."


class RuleNotMet(Conflict):
    """What the flow's author says when an entry or exit rule does not hold."""

    code = "flow.rule_not_met"
    zh = "{zh}"
    en = "{en}"


class CannotMigrate(Conflict):
    code = "flow.cannot_migrate"
    zh = "有 {count} 处不能迁移：{zh}"
    en = "{count} steps cannot move: {en}"


class DeputyWrong(Invalid):
    code = "flow.deputy_wrong"
    zh = "请选择另一位在职员工，并填写起止时间"
    en = "Choose another member of staff, and a beginning before the end."
