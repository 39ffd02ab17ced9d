"""`view list|pin|forget`: views of lists that are kept under a name, with how many rows each has now."""

from __future__ import annotations

from migdesk.cli.call import Call
from migdesk.cli.output import Answer, table, yes_no
from migdesk.cli.parser import Verbs, add_group, add_verb
from migdesk.domain.fields import choice_label
from migdesk.i18n import N_, _
from migdesk.services import views
from migdesk.services.views import Counted

_NEEDS = N_("Needs an office.")


def add(verbs: Verbs) -> None:
    """Add the group."""
    group = add_group(verbs, "view", _(N_("views of lists that are kept under a name")))
    add_verb(group, "list", _(N_("every view you see, with its rows")), show, needs=_(_NEEDS))
    pinned = add_verb(group, "pin", _(N_("put a view of yours on the side bar")), pin, needs=_(_NEEDS))
    pinned.add_argument("--off", action="store_true", help=_(N_("take it away from there")))
    gone = add_verb(group, "forget", _(N_("forget a view of yours")), forget, needs=_(_NEEDS))
    for made in (pinned, gone):
        made.add_argument("view", metavar="VIEW", help=_(N_("its name, or its uid")))


def show(call: Call) -> Answer:
    """Show the kept views with their rows."""
    found = [views.count(call.desk, one) for one in views.all_views(call.desk)]
    headings = [_(N_("List")), _(N_("View")), _(N_("Rows")), _(N_("Pinned")), _(N_("Who sees it")), "uid"]
    rows = (
        [
            one.view.of_list,
            one.view.name,
            str(one.rows),
            yes_no(one.view.pinned),
            choice_label(one.view.audience) if one.view.audience else "",
            one.view.uid,
        ]
        for one in found
    )
    return Answer([_document(one) for one in found], table(headings, rows, right={2}))


def pin(call: Call) -> Answer:
    """Put a view on the side bar, or take it away from there.

    Raises:
        NotFound: no such view, or several of this name.
        Refused: it is the view of another operator.
    """
    view = views.find_seen(call.desk, call.args.view)
    done = views.pin_view(call.desk, view.uid, pinned=not call.args.off)
    return _told(call, done.value.uid)


def forget(call: Call) -> Answer:
    """Forget a view.

    Raises:
        NotFound: no such view, or several of this name.
        Refused: it is the view of another operator.
    """
    view = views.find_seen(call.desk, call.args.view)
    views.forget_view(call.desk, view.uid)
    words = _(N_("View forgotten: {name}")).format(name=view.name)
    return Answer({"uid": view.uid, "name": view.name}, [words])


def _told(call: Call, uid: str) -> Answer:
    one = views.count(call.desk, views.find_seen(call.desk, uid))
    words = (
        _(N_("On the side bar: {name}")) if one.view.pinned else _(N_("No longer on the side bar: {name}"))
    )
    return Answer(_document(one), [words.format(name=one.view.name)])


def _document(one: Counted) -> dict[str, object]:
    view = one.view
    return {
        "uid": view.uid,
        "list": view.of_list,
        "name": view.name,
        "rows": one.rows,
        "pinned": view.pinned,
        "audience": view.audience.value if view.audience else None,
        "operator": view.operator,
    }
