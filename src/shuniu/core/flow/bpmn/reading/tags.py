"""What elements are called, what belongs to its parent, and what has no counterpart: the tables of reading."""

ACTIVITIES = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask",
        "callActivity", "subProcess", "transaction", "adHocSubProcess",
    }
)  # fmt: skip
SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAYS = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway", "eventBasedGateway"}
)
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"})
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS

PARTS = frozenset(
    {
        "incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef", "text", "extensionElements", "documentation",
        "conditionExpression", "condition", "timeDate", "timeDuration", "timeCycle", "multiInstanceLoopCharacteristics",
        "standardLoopCharacteristics", "loopCondition", "loopCardinality", "completionCondition", "loopDataInputRef",
        "loopDataOutputRef", "inputDataItem", "outputDataItem", "activationCondition", "childLaneSet", "script",
        "eventDefinitionRef", "potentialOwner", "humanPerformer", "performer", "resourceRole", "resourceRef",
        "resourceAssignmentExpression", "formalExpression", "expression", "dataPath", "operationRef", "inMessageRef",
        "dataState", "messageEventDefinition", "timerEventDefinition", "signalEventDefinition", "errorEventDefinition",
        "conditionalEventDefinition", "escalationEventDefinition", "compensateEventDefinition", "linkEventDefinition",
        "terminateEventDefinition", "cancelEventDefinition", "completionQuantity", "source", "target", "laneSet",
        "participantMultiplicity", "BPMNLabel", "BPMNLabelStyle", "Font", "Bounds", "waypoint", "ioSpecification",
        "dataInputRefs", "dataOutputRefs", "inputSet", "outputSet", "dataInput", "dataOutput",
        "dataInputAssociation", "dataOutputAssociation", "supportedInterfaceRef", "innerParticipantRef",
        "outerParticipantRef", "categoryValueRef", "noneBehaviorEventRef", "oneBehaviorEventRef",
    }
)  # fmt: skip
"""Elements that share the fate of what they stand in."""

DIAGRAM = frozenset({"BPMNDiagram", "BPMNPlane", "BPMNShape", "BPMNEdge"})

NO_COUNTERPART: dict[str, tuple[str, str]] = {
    "group": ("分组框只是图上的标记，流程里没有对应", "A group is only a frame on the picture; flows have none."),
    "category": ("分类只用于分组框，未导入", "Categories serve groups only; not taken over."),
    "categoryValue": ("分类只用于分组框，未导入", "Categories serve groups only; not taken over."),
    "dataStore": ("数据存储没有对应，数据在业务对象与表单里", "Data stores have no counterpart: data lives in forms and records."),
    "dataStoreReference": ("数据存储没有对应，数据在业务对象与表单里", "Data stores have no counterpart: data lives in forms and records."),
    "itemDefinition": ("数据结构由表单字段决定，未导入", "Structures of data come from form fields; not taken over."),
    "interface": ("接口定义没有对应，请选择动作", "Interfaces have no counterpart; choose an effect."),
    "operation": ("接口操作没有对应，请选择动作", "Operations have no counterpart; choose an effect."),
    "endPoint": ("接口地址没有对应", "End points have no counterpart."),
    "correlationProperty": ("请在等待节点填写关联值", "Enter the correlation at the wait."),
    "correlationSubscription": ("请在等待节点填写关联值", "Enter the correlation at the wait."),
    "correlationKey": ("请在等待节点填写关联值", "Enter the correlation at the wait."),
    "conversation": ("会话图没有对应", "Conversations have no counterpart."),
    "conversationLink": ("会话图没有对应", "Conversations have no counterpart."),
    "conversationAssociation": ("会话图没有对应", "Conversations have no counterpart."),
    "subConversation": ("会话图没有对应", "Conversations have no counterpart."),
    "callConversation": ("会话图没有对应", "Conversations have no counterpart."),
    "globalConversation": ("会话图没有对应", "Conversations have no counterpart."),
    "choreography": ("编排图没有对应", "Choreographies have no counterpart."),
    "choreographyTask": ("编排图没有对应", "Choreographies have no counterpart."),
    "subChoreography": ("编排图没有对应", "Choreographies have no counterpart."),
    "callChoreography": ("编排图没有对应", "Choreographies have no counterpart."),
    "globalChoreographyTask": ("编排图没有对应", "Choreographies have no counterpart."),
    "auditing": ("每一步都自动留痕，不需要此设置", "Every step is audited anyway; the setting is not needed."),
    "monitoring": ("耗时与灯号自动统计，不需要此设置", "Times and lights are kept anyway; the setting is not needed."),
    "property": ("变量请改为表单字段或事实", "Make variables fields of a form, or facts."),
    "assignment": ("变量赋值请改为表单字段或事实", "Make assignments fields of a form, or facts."),
    "transformation": ("数据转换没有对应", "Transformations of data have no counterpart."),
    "rendering": ("界面由表单决定，未导入", "What is shown comes from the form; not taken over."),
    "import": ("引用的外部文件没有读取", "The other file it names is not read."),
    "extension": ("扩展声明未读取", "The declaration of an extension is not read."),
    "relationship": ("模型间的关系没有对应", "Relationships between models have no counterpart."),
    "partnerEntity": ("合作方定义没有对应", "Partner entities have no counterpart."),
    "partnerRole": ("合作方定义没有对应", "Partner roles have no counterpart."),
    "participantAssociation": ("参与方关联没有对应", "Associations of participants have no counterpart."),
    "messageFlowAssociation": ("消息流关联没有对应", "Associations of message flows have no counterpart."),
    "association": ("两端不是「说明—节点」，连线未导入", "It does not tie a note to a node; not taken over."),
    "textAnnotation": ("没有连到节点的说明文字，未导入", "The note is tied to no node; not taken over."),
    "resource": ("资源定义没有被任务引用，未导入", "The resource is not referred to; not taken over."),
    "resourceParameter": ("资源参数没有对应", "Parameters of resources have no counterpart."),
    "resourceParameterBinding": ("资源参数没有对应", "Parameters of resources have no counterpart."),
    "message": ("没有被引用", "Nothing refers to it."),
    "signal": ("没有被引用", "Nothing refers to it."),
    "error": ("没有被引用", "Nothing refers to it."),
    "escalation": ("没有被引用", "Nothing refers to it."),
    "globalTask": ("没有被引用", "Nothing refers to it."),
    "globalUserTask": ("没有被引用", "Nothing refers to it."),
    "globalManualTask": ("没有被引用", "Nothing refers to it."),
    "globalScriptTask": ("没有被引用", "Nothing refers to it."),
    "globalBusinessRuleTask": ("没有被引用", "Nothing refers to it."),
    "sequenceFlow": ("两端不齐，连线未导入", "One of its ends is missing; not taken over."),
    "boundaryEvent": ("它依附的节点不存在，未导入", "What it is attached to is missing; not taken over."),
    "lane": ("泳道里没有节点", "The lane holds nothing."),
}  # fmt: skip
"""What has no counterpart, or had none in this file, and why."""

NAMES: dict[str, tuple[str, str]] = {
    "startEvent": ("开始", "Start"),
    "endEvent": ("结束", "End"),
    "intermediateCatchEvent": ("等待", "Wait"),
    "intermediateThrowEvent": ("里程碑", "Milestone"),
    "boundaryEvent": ("附加事件", "Boundary event"),
    "task": ("任务", "Task"),
    "userTask": ("办理", "Task"),
    "manualTask": ("人工任务", "Manual task"),
    "serviceTask": ("自动执行", "Action"),
    "scriptTask": ("脚本", "Script"),
    "businessRuleTask": ("业务规则", "Business rule"),
    "sendTask": ("通知", "Notify"),
    "receiveTask": ("等待消息", "Wait for a message"),
    "callActivity": ("子流程", "Sub-flow"),
    "subProcess": ("子流程", "Sub-process"),
    "transaction": ("事务", "Transaction"),
    "adHocSubProcess": ("自由子流程", "Ad hoc sub-process"),
    "exclusiveGateway": ("分支", "Branch"),
    "inclusiveGateway": ("多选分支", "Inclusive branch"),
    "parallelGateway": ("并行", "Parallel"),
    "complexGateway": ("复杂网关", "Complex gateway"),
    "eventBasedGateway": ("等待其一", "Wait for the first"),
    "process": ("流程", "Flow"),
}
"""How something is called that has no name."""
