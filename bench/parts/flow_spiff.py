"""SpiffWorkflow 3.2 on the same process, its state saved to PostgreSQL after every human step. Runs outside the product."""

import io
import json
import sys
import time

import psycopg
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

FLOWS = [
    ("start", "one"), ("one", "big"), ("big", "two"), ("two", "split"), ("split", "three"), ("split", "four"),
    ("three", "meet"), ("four", "meet"), ("meet", "five"), ("five", "end"),
]  # fmt: skip
XML = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="bench" id="d">
<process id="five" isExecutable="true">
<startEvent id="start"/><endEvent id="end"/>
<exclusiveGateway id="big" default="big_split"/><parallelGateway id="split"/><parallelGateway id="meet"/>
{tasks}{flows}
<sequenceFlow id="big_split" sourceRef="big" targetRef="split"/>
</process></definitions>"""


def main(url: str, runs: int) -> None:
    tasks = "".join(f'<userTask id="{name}"/>' for name in ("one", "two", "three", "four", "five"))
    flows = "".join(
        f'<sequenceFlow id="{one}_{other}" sourceRef="{one}" targetRef="{other}">'
        + ("<conditionExpression>amount &gt; 10</conditionExpression>" if one == "big" else "")
        + "</sequenceFlow>"
        for one, other in FLOWS
    )
    parser = BpmnParser()
    document = etree.parse(io.BytesIO(XML.format(tasks=tasks, flows=flows).encode()))
    parser.add_bpmn_xml(document, filename="five.bpmn")
    spec = parser.get_spec("five")
    serializer = BpmnWorkflowSerializer()
    steps = 0
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists bench_spiff (id bigint primary key, state jsonb)")
        connection.execute("truncate bench_spiff")
        connection.commit()
        started = time.perf_counter()
        for number in range(runs):
            workflow = BpmnWorkflow(spec)
            workflow.set_data(amount=20) if hasattr(workflow, "set_data") else workflow.data.update(amount=20)
            for task in workflow.get_tasks(state=TaskState.READY):
                task.data["amount"] = 20
            workflow.do_engine_steps()
            connection.execute(
                "insert into bench_spiff values (%s, %s)", (number, serializer.serialize_json(workflow))
            )
            connection.commit()
            while ready := workflow.get_tasks(state=TaskState.READY, manual=True):
                ready[0].run()
                workflow.do_engine_steps()
                connection.execute(
                    "update bench_spiff set state = %s where id = %s",
                    (serializer.serialize_json(workflow), number),
                )
                connection.commit()
                steps += 1
        rate = steps / (time.perf_counter() - started)
    print(json.dumps({"rate": rate, "steps": steps}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
