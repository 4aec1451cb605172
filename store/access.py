"""Who may change the store: every command asks here, whatever the page before it has shown."""

from __future__ import annotations

from terms.actor import MAX_AGE, Actor, Role, Way
from terms.errors import AccessError


def may_name_places(actor: Actor) -> bool:
    """May he have the server read a path of its own, or an address, for him?

    Only who sits at this machine, or runs the command line here, or an administrator.
    """
    return actor.way in (Way.LOOPBACK, Way.CONSOLE) or actor.may(Role.ADMIN)


def require_place(actor: Actor) -> None:
    """Raise AccessError unless he may name a path on the server or an address."""
    require(actor, Role.EDITOR)
    if not may_name_places(actor):
        raise AccessError(
            "没有写入：服务器上的路径和网络地址只能由管理员或在服务器本机上使用的人填写，"
            "请改为上传文件 · nothing was written: only an administrator, or who sits at the "
            "server itself, may name a path on it or an address; upload the file instead"
        )


def require(actor: Actor, role: Role) -> None:
    """Raise AccessError unless this person proved himself lately and may do what the role may."""
    if actor.way is Way.NONE or not actor.name.strip():
        raise AccessError("没有写入：请先登录 · nothing was written: sign in first")
    if actor.is_stale():
        hours = int(MAX_AGE.total_seconds() // 3600)
        raise AccessError(
            f"没有写入：登录已超过 {hours} 小时，请重新登录 · "
            f"nothing was written: you signed in more than {hours} hours ago; sign in again"
        )
    if not actor.may(role):
        raise AccessError(
            f"没有写入：此操作需要 {role} 权限，您的权限是 {actor.role}，请找管理员 · "
            f"nothing was written: this needs the role {role}, yours is {actor.role}; "
            "ask an administrator"
        )
