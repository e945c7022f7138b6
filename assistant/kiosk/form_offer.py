"""Offers to fill in all records on one page, opens it, and keeps for the sitting what stands on it."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from assistant.conversation.inputs import Input, Records
from assistant.conversation.linebreak import cells
from assistant.conversation.messages import Objected, Turn
from assistant.conversation.protocol import Conversation
from assistant.conversation.wording import Wording
from assistant.kiosk.form_draft import FormDraft, offers_form
from assistant.widgets import render
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.key_bar import KeyHint
from assistant.widgets.prose import Prose
from flows.dossier import RECORD_FIELDS


class FormOffer(Prose):
    """A line in the conversation that a click opens the page of records by; F8 does the same."""

    def __init__(self, wording: Wording) -> None:
        """Begin with nothing to offer."""
        super().__init__(id="form-offer")
        self._wording = wording
        self._draft: FormDraft | None = None
        self._reference: str | None = None
        self.show(None)

    def stand(self, wording: Wording, key: str | None) -> bool:
        """Offer the page where it belongs to the prompt ``key``; return whether it does."""
        self._wording = wording
        here = key is not None and offers_form(key)
        said = wording.text("records.offer" if self._draft is None else "records.offer.kept")
        self.styles.width = cells(said)
        self.show(render.draws(said, render.LINK) if here else None)
        return here

    def on_click(self, event: events.Click) -> None:
        """Do as the key does."""
        event.stop()
        self.post_message(KeyHint.Clicked("records"))

    def open(
        self, conversation: Conversation | None, panel: AskPanel, hand_in: Callable[[Records], None]
    ) -> None:
        """Open the page where it is offered, at the field that the conversation asks for.

        Args:
            conversation: What the form is for.
            panel: Where the prompt stands, and perhaps something half typed.
            hand_in: Called with the form when it is to be taken.
        """
        if conversation is None or panel.locked or panel.prompt is None or not offers_form(panel.prompt.key):
            return
        # Imported here: most people never see the page, and the first paint does not wait for it.
        from assistant.kiosk.screens.records import RecordsPage

        key, sheet = panel.prompt.key, conversation.records()
        draft = self._draft
        if draft is None:
            draft = self._draft = FormDraft(sheet)
        else:
            draft.renew(sheet)

        def closed(form: Records | None) -> None:
            if form is not None:
                hand_in(form)
                return
            self._draft = draft if draft.changed else None
            self.stand(self._wording, key)
            if self._draft is not None:
                said = "records.kept.submit" if key == "academic.submit" else "records.kept"
                panel.tell(self._wording.text(said), "warning")

        self.app.push_screen(RecordsPage(draft, draft.stand_at(key, panel.draft)), closed)

    def after(self, turn: Turn, given: Input | None) -> bool:
        """Let go of what was taken, or belongs to another person.

        Returns:
            Whether the form was handed in and a field of it refused: it is opened again at what is wrong.
        """
        if turn.reference != self._reference:
            self._reference, self._draft = turn.reference, None
        if not isinstance(given, Records):
            return False
        keys = [each.key for each in turn.messages if isinstance(each, Objected)]
        if not keys:
            self._draft = None
            self.stand(self._wording, turn.prompt.key)
        return any(key.partition(".")[0] in RECORD_FIELDS for key in keys)

    def wipe(self) -> None:
        """Forget everything."""
        if self._draft is not None:
            self._draft.wipe()
        self._draft, self._reference = None, None
        self.show(None)
