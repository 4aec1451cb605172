"""The one quiet control of the head for signing in and out; absent where nobody can sign in."""

from __future__ import annotations

import streamlit as st

from registry.mode import mode
from terms.actor import Actor, Role, Way
from terms.errors import AccessError, StoreError
from terms.language import half
from views import editing, people, selection
from views.words import esc, lab, plain, t


def draw_person() -> None:
    """Draw who is signed in, or the offer to sign in; a click opens the dialog over the page."""
    if mode() == "public":
        return
    who = editing.actor()
    if not (is_signed_in := _is_signed_in(who)) and not people.ways():
        return
    name = who.name or people.stranger()
    label = plain(name) if is_signed_in else t("people.sign_in")
    if st.button(label, key="person", type="tertiary"):
        title = t("people.signed_in") if is_signed_in else t("people.sign_in")
        st.dialog(title)(_draw_dialog)()


def _is_signed_in(who: Actor) -> bool:
    return who.way in (Way.OIDC, Way.PASSPHRASE) or bool(people.stranger())


def _draw_dialog() -> None:
    who = editing.actor()
    if _is_signed_in(who):
        _draw_signed_in(who)
        if not who.is_stale():
            return
    open_ways = people.ways()
    if Way.OIDC in open_ways and st.button(t("people.by_login"), key="by-login", type="primary"):
        st.login()
    if Way.PASSPHRASE in open_ways:
        _draw_form()


def _draw_signed_in(who: Actor) -> None:
    name = who.name or people.stranger()
    role = lab("role", who.role)
    lines = [f"<b>{esc(name)}</b> · {esc(role)}"]
    if who.way is not Way.NONE and who.is_stale():
        lines.append(esc(t("editing.stale")))
    elif not who.may(Role.EDITOR):
        lines.append(esc(t("editing.unlisted")))
    st.html("".join(f"<p>{line}</p>" for line in lines))
    if st.button(t("people.sign_out"), key="sign-out"):
        people.leave()


def _draw_form() -> None:
    with st.form("sign-in", border=False):
        name = st.text_input(t("people.name"), key="sign-in-name", autocomplete="username")
        passphrase = st.text_input(
            t("people.passphrase"),
            type="password",
            key="sign-in-passphrase",
            autocomplete="current-password",
        )
        sent = st.form_submit_button(t("people.sign_in"), type="primary")
    if not sent:
        return
    try:
        people.enter(name, passphrase)
    except (AccessError, StoreError) as error:
        said = half(str(error), selection.current().language)
        st.html(f'<div class="fg-notice" role="alert">{esc(said)}</div>')
    else:
        st.rerun()
