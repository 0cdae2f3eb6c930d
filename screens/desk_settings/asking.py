"""How a rule of the desk is asked for, by its kind."""

from collections.abc import Sequence

from textual.content import Content

from db.reference.lists import code_list
from db.rules.settings_fields import SHOWN_NAMES
from db.texts import Texts
from db.views.settings import SettingView
from screens.desk_settings.wording import rule_name
from screens.widgets.ask_bar import SPARE_KEYS, AskBar, Option

HINTS = {
    "integer": "desk_settings.hint.integer",
    "window": "desk_settings.hint.window",
    "time": "desk_settings.hint.time",
    "days": "desk_settings.hint.days",
    "waves": "desk_settings.hint.waves",
}
ON, OFF = "✓", "·"


async def ask_text(bar: AskBar, setting: SettingView, text: str, error: str, texts: Texts) -> str | None:
    """A line to type on, or yes and no; `error` is why what was typed last cannot be."""
    title = rule_name(setting, texts)
    if setting.kind == "yes_no":
        keys = {"nl": ("j", "n"), "en": ("y", "n")}[texts.language]
        options = [Option(keys[0], "yes", texts("cli.yes")), Option(keys[1], "no", texts("cli.no"))]
        return await bar.choose(title, options)
    return await bar.note(
        title, text, hint=_under(setting, error, texts), replaced=setting.kind != "script" and not error
    )


def _under(setting: SettingView, error: str, texts: Texts) -> Content:
    if error:
        return Content.styled(f"✗ {error}", "$text-error")
    if setting.kind == "script":
        return Content(texts("desk_settings.hint.script", names=SHOWN_NAMES))
    return Content(texts(HINTS[setting.kind]))


async def ask_codes(bar: AskBar, setting: SettingView, codes: Sequence[str], texts: Texts) -> str | None:
    """The code to switch on or off; None when it is well."""
    known = code_list(setting.list_name).values()
    options = [
        Option(spare, code.code, f"{ON if code.code in codes else OFF} {code.label(texts.language)}")
        for spare, code in zip(SPARE_KEYS, known, strict=False)
    ]
    title = texts("desk_settings.toggle", rule=rule_name(setting, texts))
    return await bar.choose(title, options, leave="ask.done")
