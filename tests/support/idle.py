"""Waiting for work, and not for time: how a test knows that an app has nothing left to do."""

import asyncio
from contextlib import suppress
from typing import Any, cast

from textual.app import App, ScreenStackError

ROUNDS = 1000
FRAME = 1 / 60
HELD_UP = 0.25
"""So long a thread is waited for at a time: a test may hold one up, and press a key meanwhile."""


class Elsewhere:
    """What an event loop has given to threads and not got back yet."""

    def __init__(self) -> None:
        self._given: set[asyncio.Future[Any]] = set()

    def add(self, given: "asyncio.Future[Any]") -> "asyncio.Future[Any]":
        """Remember something that a thread does now."""
        self._given.add(given)
        given.add_done_callback(self._given.discard)
        return given

    async def come_back(self) -> bool:
        """Wait until something came back; False when nothing is away, or it is held up."""
        loop = asyncio.get_running_loop()
        away = {given for given in self._given if given.get_loop() is loop}
        if not away:
            return False
        back, _ = await asyncio.wait(away, timeout=HELD_UP, return_when=asyncio.FIRST_COMPLETED)
        return bool(back)


async def until_idle(app: App[Any], elsewhere: Elsewhere) -> None:
    """Wait until every task waits for somebody else, no thread is at work, and all is laid out."""
    for _ in range(ROUNDS):
        await _until_all_wait()
        if await elsewhere.come_back():
            continue
        with suppress(ScreenStackError):  # the app has ended
            app.screen._on_timer_update()
        if not await _until_all_wait():
            return
    raise AssertionError("the app never comes to rest")


async def until_frame(app: App[Any], elsewhere: Elsewhere) -> None:
    """The same, with what Textual itself puts off to the next frame."""
    await until_idle(app, elsewhere)
    loop = cast(Any, asyncio.get_running_loop())
    frame = loop.time() + FRAME
    while due := [each.when() for each in loop._scheduled if not each.cancelled() and each.when() <= frame]:
        await asyncio.sleep(max(0.0, min(due) - loop.time()))
        await until_idle(app, elsewhere)


async def _until_all_wait() -> bool:
    """Let everything go on that can; whether there was anything."""
    ready = cast(Any, asyncio.get_running_loop())._ready
    worked = bool(ready)
    while True:
        await asyncio.sleep(0)
        if not ready:
            return worked
        worked = True
