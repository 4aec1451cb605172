"""A click that was made before the browser saw the last change must not undo it."""

from __future__ import annotations

from views.unseen import Unseen


def _cleared() -> Unseen:
    """Plan and words were cleared in a run that ended at 10 s."""
    unseen = Unseen()
    unseen.note("plan", ["taian"])
    unseen.note("q", "pv")
    unseen.settle()
    unseen.end(10.0)
    return unseen


def test_old_values_are_hidden_while_all_that_comes_is_old() -> None:
    unseen = _cleared()
    unseen.judge({"plan": ["taian"], "q": "pv"}, 11.0)
    assert unseen.hides("plan", ["taian"]) and unseen.hides("q", "pv")
    assert not unseen.hides("plan", [])


def test_one_new_value_shows_that_the_browser_has_drawn() -> None:
    unseen = _cleared()
    unseen.judge({"plan": ["taian"], "q": ""}, 10.1)
    assert not unseen.hides("plan", ["taian"])


def test_time_ends_it_sooner_where_one_widget_alone_was_changed() -> None:
    for alone, after_s, is_hidden in ((True, 0.2, True), (True, 0.4, False), (False, 2.1, False)):
        unseen = _cleared()
        if alone:
            del unseen.old["q"]
        unseen.judge({"plan": ["taian"], "q": "pv"}, 10.0 + after_s)
        assert unseen.hides("plan", ["taian"]) is is_hidden


def test_values_given_in_this_run_say_nothing_of_the_browser() -> None:
    unseen = Unseen()
    unseen.note("plan", ["taian"])
    unseen.judge({"plan": []}, 10.0)
    assert unseen.hides("plan", ["taian"])
