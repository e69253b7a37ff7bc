"""Security keys (WebAuthn) as a second factor: allauth's pages, with what they leave to chance settled here."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ListWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django import forms

NAME_CHARACTERS_MAX = 60


class _Shown:
    """Says on the page that what the key answered was refused; allauth would send its reader elsewhere."""

    def form_invalid(self, form: Any) -> Any:
        """Show the page again, with a new challenge."""
        return self.render_to_response({**self.get_context_data(), "form": form, "refused": True})  # type: ignore[attr-defined]


class AddKey(_Shown, AddWebAuthnView):
    """Register a key under a name."""


class AgainWithKey(_Shown, ReauthenticateWebAuthnView):
    """Give the second factor again with a key."""


class _Name(EditWebAuthnForm):
    """A name that fits on the page."""

    name = forms.CharField(max_length=NAME_CHARACTERS_MAX)


class RenameKey(EditWebAuthnView):
    """Give a key of one's own another name."""

    def get_form_class(self) -> Any:
        """Our form, with its limit."""
        return _Name


class RemoveKey(RemoveWebAuthnView):
    """Remove a key, unless it is the last second factor of somebody whose role needs one."""

    def form_valid(self, form: Any) -> Any:
        """Remove it, or say why not."""
        if not get_adapter().can_delete_authenticator(self.object):
            return self.render_to_response({**self.get_context_data(), "refused": True})
        return super().form_valid(form)


add = AddKey.as_view()
again = AgainWithKey.as_view()
rename = RenameKey.as_view()
remove = RemoveKey.as_view()
listed = ListWebAuthnView.as_view()
