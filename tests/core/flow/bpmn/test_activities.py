"""Sub-processes, loops, boundary events, gateways: what they become, and that it runs as BPMN means it."""

from tests.core.flow.bpmn.reading import document, edge, flows, process, sample, ways

from shuniu.core.flow.bpmn import Fate
from shuniu.core.flow.check import check


def test_a_sub_process_is_a_way_in_what_is_inside_and_a_join() -> None:
    made = document(
        process(
            '<startEvent id="s"/><subProcess id="sub"><task id="a"/><task id="b"/></subProcess><endEvent id="e"/>'
            + flows("s>sub", "sub>e")
        )
    )
    assert ways(made) == {
        ("s", "sub"),
        ("sub", "a"),
        ("sub", "b"),
        ("a", "sub_done"),
        ("b", "sub_done"),
        ("sub_done", "e"),
    }
    assert made.by_id["sub_done"].mode == "active"
    assert check(made) == ()


def test_an_error_inside_a_sub_process_leads_to_its_border_and_cancels_the_rest() -> None:
    repair = document(sample("sub_processes"), "repair")
    assert {("v_broken", "on_broken"), ("on_broken", "replace")} <= ways(repair)
    assert {"v_fix", "v_photo", "v_join", "visit_done", "on_late"} <= set(repair.by_id["on_broken"].cancels)


def test_a_timer_at_a_sub_process_is_a_wait_beside_it() -> None:
    repair = document(sample("sub_processes"), "repair")
    assert repair.by_id["on_late"].until[0].amount == 4
    assert "v_fix" in repair.by_id["on_late"].cancels
    assert "on_late" in repair.by_id["visit_done"].cancels
    assert {("on_late_beside", "visit"), ("on_late_beside", "on_late"), ("on_late", "again")} <= ways(repair)


def test_a_cancelled_transaction_undoes_and_leaves_by_its_border() -> None:
    repair = document(sample("sub_processes"), "repair")
    assert repair.by_id["charge"].undo is not None
    assert {("p_ok", "p_cancel_undo"), ("p_cancel_undo", "p_cancel"), ("p_cancel", "on_cancel")} <= ways(
        repair
    )


def test_a_repeated_sub_process_is_a_flow_of_its_own() -> None:
    imported = sample("sub_processes")
    node = document(imported, "repair").by_id["each_part"]
    assert (node.type, node.flow, node.count, node.in_turn) == ("subflow", "repair_each_part", 3, True)
    child = next(flow for flow in imported.flows if flow.key == "repair_each_part")
    assert not child.main
    assert ways(child.document) == {("start", "register"), ("register", "end")}


def test_an_event_sub_process_waits_beside_the_main_path() -> None:
    repair = document(sample("sub_processes"), "repair")
    assert repair.by_id["on_stop"].until[0].event == "order.cancelled"
    assert {"v_fix", "charge", "all_done"} <= set(repair.by_id["on_stop"].cancels)
    assert repair.by_id["all_done"].cancels == ("on_stop",)


def test_what_nobody_catches_ends_the_run() -> None:
    made = document(
        process(
            '<task id="a"/><endEvent id="e"><errorEventDefinition errorRef="BAD"/></endEvent>' + flows("a>e")
        )
    )
    end = made.by_id["e_end"]
    assert (end.terminate, end.result) == (True, "BAD")


def test_terminating_a_sub_process_leaves_the_rest_of_the_run_alone() -> None:
    made = document(
        process(
            '<subProcess id="sub"><task id="a"/><task id="b"/><endEvent id="stop"><terminateEventDefinition/></endEvent>'
            + flows("a>stop")
            + '</subProcess><task id="c"/>'
            + flows("sub>c")
        )
    )
    assert {"a", "b"} <= set(made.by_id["stop"].cancels)
    assert ("stop", "sub_done") in ways(made)
    assert not [node for node in made.nodes if node.type == "end" and node.terminate]


def test_a_message_at_a_task_cancels_it_and_is_cancelled_by_it() -> None:
    made = document(
        process(
            '<userTask id="a"/><boundaryEvent id="b" attachedToRef="a"><messageEventDefinition/></boundaryEvent>'
            '<task id="c"/>' + flows("b>c")
        )
    )
    assert made.by_id["b"].cancels == ("a",)
    assert made.by_id["a"].cancels == ("b",)
    assert [problem for problem in check(made) if not problem.warning] == []


def test_a_loop_leads_back_while_its_condition_holds() -> None:
    made = document(
        process(
            '<task id="a"><standardLoopCharacteristics><loopCondition>left &gt; 0</loopCondition>'
            "</standardLoopCharacteristics></task>"
        )
    )
    assert edge(made, "a_again", "a").condition == "left > 0"
    assert edge(made, "a_again", "end").default


def test_a_loop_that_tests_first_may_do_nothing() -> None:
    made = document(
        process(
            '<task id="a"><standardLoopCharacteristics testBefore="true"><loopCondition>left &gt; 0</loopCondition>'
            "</standardLoopCharacteristics></task>"
        )
    )
    assert ("start", "a_again") in ways(made)


def test_a_task_for_each_row_is_a_sub_flow_over_the_list() -> None:
    imported = process(
        '<serviceTask id="a"><multiInstanceLoopCharacteristics camunda:collection="${parts}"/></serviceTask>'
    )
    node = document(imported, "p").by_id["a"]
    assert (node.type, node.rows, node.flow) == ("subflow", "parts", "p_a")


def test_a_gateway_that_joins_and_splits_becomes_two_nodes() -> None:
    made = document(
        process(
            '<startEvent id="s"/><parallelGateway id="f"/><task id="a"/><task id="b"/><parallelGateway id="g"/>'
            '<task id="c"/><task id="d"/>' + flows("s>f", "f>a", "f>b", "a>g", "b>g", "g>c", "g>d")
        )
    )
    assert (made.by_id["g"].type, made.by_id["g_split"].type) == ("join", "parallel")
    assert {("a", "g"), ("b", "g"), ("g", "g_split"), ("g_split", "c"), ("g_split", "d")} <= ways(made)


def test_conditional_flows_out_of_a_task_are_an_inclusive_branch() -> None:
    imported = process('<task id="a"/><task id="b"/><task id="c"/>' + flows("a>b?x &gt; 1", "a>c?x &lt; 9"))
    made = document(imported)
    assert made.by_id["a_ways"].type == "inclusive"
    assert edge(made, "a_ways", "b").condition == "x > 1"
    row = imported.report.of("a")
    assert row is not None
    assert row.fate is Fate.APPROXIMATED


def test_links_are_edges_to_their_far_end() -> None:
    made = document(
        process(
            '<task id="a"/><intermediateThrowEvent id="t"><linkEventDefinition name="L"/></intermediateThrowEvent>'
            '<intermediateCatchEvent id="c"><linkEventDefinition name="L"/></intermediateCatchEvent><task id="b"/>'
            + flows("a>t", "c>b")
        )
    )
    assert {("a", "c"), ("c", "b")} <= ways(made)


def test_an_undoing_task_is_the_undo_of_its_action() -> None:
    imported = process(
        '<serviceTask id="a"/><boundaryEvent id="b" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
        '<serviceTask id="u" name="退款" isForCompensation="true"/><association id="l" sourceRef="b" targetRef="u"/>'
    )
    undo = document(imported).by_id["a"].undo
    assert undo is not None
    assert undo.params == {"name": "退款"}
    assert {imported.report.of(one).fate for one in ("b", "l")} == {Fate.MAPPED}


def test_an_empty_sub_process_is_passed() -> None:
    made = document(
        process('<startEvent id="s"/><subProcess id="sub"/><endEvent id="e"/>' + flows("s>sub", "sub>e"))
    )
    assert {("s", "sub"), ("sub", "sub_done"), ("sub_done", "e")} <= ways(made)
    assert [problem for problem in check(made) if not problem.warning] == []


def test_several_flows_into_an_event_behind_an_event_gateway_lead_to_the_wait() -> None:
    imported = process(
        '<startEvent id="s"/><eventBasedGateway id="g"/><receiveTask id="r"/><userTask id="u"/>'
        '<intermediateCatchEvent id="c"><messageEventDefinition/></intermediateCatchEvent><endEvent id="e"/>'
        + flows("s>g", "g>c", "g>r", "r>u", "u>c", "c>e")
    )
    made = document(imported)
    assert {("g", "u"), ("u", "g"), ("g", "e")} <= ways(made)
    row = imported.report.of("c")
    assert row is not None
    assert row.fate is Fate.APPROXIMATED


def test_an_error_event_sub_process_is_where_failures_lead() -> None:
    made = document(
        process(
            '<startEvent id="s"/><serviceTask id="a"/><serviceTask id="b"/><endEvent id="e"/>'
            + flows("s>a", "a>b", "b>e")
            + '<subProcess id="x" triggeredByEvent="true"><startEvent id="xs"><errorEventDefinition/></startEvent>'
            '<userTask id="mend"/>' + flows("xs>mend") + "</subProcess>"
        )
    )
    assert {("a", "x"), ("b", "x"), ("x", "mend")} <= ways(made)
    assert edge(made, "a", "x").on == "error"
    assert {"a", "b"} <= set(made.by_id["x"].cancels)
    assert check(made) == ()


def test_of_two_event_sub_processes_one_cancels_the_wait_of_the_other() -> None:
    sub = (
        '<subProcess id="{0}" triggeredByEvent="true"><startEvent id="{0}s"><messageEventDefinition/></startEvent>'
        "</subProcess>"
    )
    made = document(
        process('<startEvent id="s"/><task id="a"/>' + flows("s>a") + sub.format("x") + sub.format("y"))
    )
    assert {"a", "y"} <= set(made.by_id["x"].cancels)
    assert {"a", "x"} <= set(made.by_id["y"].cancels)
    assert [problem for problem in check(made) if not problem.warning] == []
