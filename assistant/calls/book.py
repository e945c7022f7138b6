"""All that a call is answered from, made ready once: reading it takes a moment, so a thread does it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answers import Answers
from assistant.calls.asking import answered
from assistant.calls.locating import Found
from assistant.calls.reading import Reader
from assistant.calls.searching import Directory, Topic
from assistant.calls.speaking import Page, of_place, page
from assistant.conversation.wording import Wording
from content.calls import DeskContent, read_desk
from content.loader import Content
from content.schema import Edition

ENOUGH_FACTS = 2
"""Facts on one line from which the place of the caller is offered first."""

PROGRESS = frozenset({"reached", "status", "waited", "first_time"})
"""Facts that alone are a complaint, such as *unverified for two days*, and no description of a caller."""


@dataclass(frozen=True)
class CallBook:
    """What is searched, read and answered from.

    Args:
        desk: What the desk says.
        directory: The search over it.
        reader: Reads what callers say of themselves.
        answers: The search over the notice.
    """

    desk: DeskContent
    directory: Directory
    reader: Reader
    answers: Answers

    def results(self, typed: str, *, known: bool) -> tuple[Topic, ...]:
        """Return what an entry may mean, best first.

        Args:
            typed: What stands in the field.
            known: Whether something is known of the caller already: then one fact more is enough to offer
                the place.
        """
        said = typed.strip()
        if not said:
            return ()
        if said[0] in "?？":
            question = said.lstrip("?？ ")
            return (Topic("question", question),) if question else ()
        heard = {each.key for each in self.reader.read(said).facts if each.mark == "stated"}
        found = self.directory.search(said)
        if heard and (known or (len(heard) >= ENOUGH_FACTS and not heard <= PROGRESS)):
            found = (Topic("place", said), *found)
        return found or (Topic("question", said),)

    def page(self, topic: Topic, found: Found | None, edition: Edition, wording: Wording) -> Page:
        """Put anything that a call opens into the three voices.

        Args:
            topic: What was opened.
            found: Where the caller stands, for the place.
            edition: Whose later rules count for questions.
            wording: The language.
        """
        if topic.kind == "question":
            return answered(topic.id, self.answers, edition.id, wording)
        if topic.kind == "place":
            assert found is not None
            return of_place(found, self.desk, wording)
        return page(topic, self.desk, wording)


def open_book(content: Content) -> CallBook:
    """Read what the desk says, and make the lists ready that the first search would wait for.

    Raises:
        ContentError: What the desk says is not whole.
    """
    desk = read_desk(content)
    book = CallBook(desk, Directory(content, desk), Reader(content), Answers(content))
    book.results("二建", known=False)
    return book
