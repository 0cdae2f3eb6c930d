"""What stands around the question in hand: the answers before and after it, the sections, the gauge."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from db.rules.intake import Answer, Field
from db.texts import Texts
from screens.interview.conversation import Conversation, SectionState
from screens.interview.wording import show_answer

LABEL_WIDTH = 36
"""The longest name of a question, with its mark."""
DONE, WRONG, NEEDED, NOT_ASKED, OPEN, REMARK = "✓", "✗", "•", "–", " ", "!"
FULL, EMPTY = "■", "·"


@dataclass(frozen=True, slots=True)
class Line:
    """One question with its answer, as a line; `notes` say under it what is wrong or remarkable."""

    mark: str
    label: str
    answer: str
    style: str = ""
    notes: tuple[str, ...] = ()


def lines_of(fields: Sequence[Field], conversation: Conversation, texts: Texts) -> list[Line]:
    """Questions as lines: answered, passed over, still needed, or wrong."""
    missing = frozenset(conversation.missing())
    return [_line(field, field.code in missing, conversation, texts) for field in fields]


def _line(field: Field, lacking: bool, conversation: Conversation, texts: Texts) -> Line:
    answer = conversation.answers.get(field.code)
    problems = conversation.problems(field.code, answer) if answer else ()
    wrong = any(problem.severity == "error" for problem in problems)
    mark, style = (WRONG, "$text-error") if wrong else _mark(answer, lacking)
    words = show_answer(field, answer, texts)
    if answer is None and conversation.is_replaced(field):
        words = texts("interview.replaced")
    if field.code == "work_limits" and answer and answer.value:
        style, words = "$text-error", f"! {words}"
    notes = tuple(texts(f"intake.problem.{problem.code}", **problem.params) for problem in problems)
    return Line(mark, texts(f"intake.field.{field.code}"), words, style, notes)


def _mark(answer: Answer | None, lacking: bool) -> tuple[str, str]:
    if answer is None:
        return (NEEDED, "$text-warning") if lacking else (OPEN, "$text-muted")
    if not answer.asked:
        return (NEEDED if lacking else NOT_ASKED), "$text-muted"
    return (NEEDED, "$text-warning") if lacking else (DONE, "")


class Lines(Widget):
    """The lines before or after the question; shows those nearest to it that fit."""

    DEFAULT_CSS = """
    Lines { height: 1fr; width: 100%; }
    """

    def __init__(self, *, above: bool, id: str) -> None:
        super().__init__(id=id)
        self._above = above
        self._lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Other lines."""
        self._lines = lines
        self.styles.max_height = len(self._rows(self.size.width))
        self.display = bool(lines)
        self.refresh()

    def on_resize(self) -> None:
        """Notes wrap differently in another width."""
        self.styles.max_height = len(self._rows(self.size.width))

    def render(self) -> Content:
        """As many as there is room for."""
        room = self.size.height
        rows = self._rows(self.size.width)
        near = (rows[-room:] if self._above else rows[:room]) if room else []
        return Content("\n").join(near)

    def _rows(self, width: int) -> list[Content]:
        rows = []
        for line in self._lines:
            rows.append(self._draw(line, width))
            for note in line.notes:
                parts = wrap(f"{REMARK} {note}", max(20, width - 2), subsequent_indent="  ")
                rows += [Content.styled(f"  {part}", "$text-warning") for part in parts]
        return rows

    def _draw(self, line: Line, width: int) -> Content:
        if not line.answer:
            label = Content(f"{line.mark} {line.label}").truncate(width, ellipsis=True)
            return label.stylize(line.style or "$text-muted")
        label_width = min(LABEL_WIDTH, width // 2)
        answer_width = max(0, width - label_width - 3)
        label = Content(f"{line.mark} {line.label}").truncate(label_width, ellipsis=True, pad=True)
        answer = Content(line.answer).truncate(answer_width, ellipsis=True)
        return Content.assemble(label.stylize(line.style or "$text-muted"), " ", answer.stylize(line.style))


class SectionList(Widget):
    """The sections under each other, with what each still lacks."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="sections")
        self._texts = texts
        self._states: Sequence[SectionState] = ()
        self._current = ""

    def show(self, states: Sequence[SectionState], current: str) -> None:
        """Other states."""
        self._states, self._current = states, current
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each and one between."""
        return max(1, 2 * len(self._states))

    def render(self) -> Content:
        """Mark, name, and how much is missing."""
        return Content("\n\n").join([self._draw(state) for state in self._states])

    def _draw(self, state: SectionState) -> Content:
        here = state.code == self._current
        name = ("▸ " if here else "  ") + self._texts(f"intake.section.{state.code}")
        words, style = self._state(state)
        room = max(0, self.size.width - len(words) - 1)
        line = Content(name).truncate(room, ellipsis=True, pad=True)
        return Content.assemble(line.stylize("bold" if here else ""), " ", (words, style))

    def _state(self, state: SectionState) -> tuple[str, str]:
        if state.wrong:
            return WRONG, "$text-error"
        if state.missing:
            return self._texts("interview.section.missing", count=state.missing), "$text-warning"
        return (DONE, "$text-success") if state.begun else ("", "")


def section_line(states: Sequence[SectionState], current: str, texts: Texts, width: int) -> Content:
    """The sections on one line, for a narrow screen: where one is, and what is still needed elsewhere."""
    codes = [state.code for state in states]
    where = f" {codes.index(current) + 1}/{len(codes)} {texts(f'intake.section.{current}')} "
    others = [
        f"{texts(f'intake.section.{state.code}')} {state.missing}"
        for state in states
        if state.missing and state.code != current
    ]
    rest = texts("interview.section.elsewhere", sections=" · ".join(others)) if others else ""
    line = Content.assemble((where, "bold reverse"), "  ", (rest, "$text-muted"))
    return line.truncate(width, ellipsis=True)


def told_missing(names: Sequence[str], room: int, texts: Texts) -> str:
    """What is still missing: as many names as there is room for, and how many more; empty when nothing is."""
    words = texts("interview.gauge.missing", fields=", ".join(names)) if names else ""
    for shown in range(len(names) - 1, 0, -1):
        if len(words) <= room:
            break
        fields = ", ".join(names[:shown])
        words = texts("interview.gauge.more", fields=fields, count=len(names) - shown)
    return words


class Gauge(Widget):
    """How much of what is needed is there, what is still missing, and that everything is saved."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="gauge")
        self._texts = texts
        self._progress = (0, 0)
        self._missing: tuple[str, ...] = ()
        self._saved = False

    def show(self, conversation: Conversation, saved: bool) -> None:
        """Another state of the conversation."""
        self._progress, self._missing, self._saved = conversation.progress(), conversation.missing(), saved
        self.refresh()

    def render(self) -> Content:
        """A bar, the count, what is missing."""
        texts = self._texts
        done, needed = self._progress
        count = f" {done}/{needed}  "
        state = texts("interview.saved") if self._saved else ""
        names = [texts(f"intake.field.{code}") for code in self._missing]
        room = max(0, self.size.width - needed - len(count) - len(state) - 2)
        words = told_missing(names, room, texts) or texts("interview.gauge.complete")
        told = Content(words).truncate(room, ellipsis=True, pad=True)
        bar = (FULL * done, "$text-success"), (EMPTY * (needed - done), "$text-warning")
        return Content.assemble(*bar, count, told, "  ", (state, "$text-muted"))
