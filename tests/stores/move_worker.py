"""What a supervisor's own program does in the tests of moving: move calls to and fro while others claim."""

import asyncio
from datetime import datetime
from uuid import UUID

from db.desk.desk import open_desk
from db.drafts.moves import Move
from db.errors import DeskError


def move_to_and_fro(
    url: str, now: datetime, entry_ids: list[UUID], to: tuple[UUID, UUID], rounds: int
) -> tuple[int, int]:
    """Give whatever still waits to the one and then to the other; how many moved, how many stayed in all."""
    desk = open_desk(url, lambda: now)
    desk.users.sign_in_now("Supervisor", "supervisor")

    async def work() -> tuple[int, int]:
        moved = stayed = 0
        for number in range(rounds):
            move = Move("caller", user_id=to[number % 2])
            preview = await desk.moves.preview(entry_ids, move)
            try:
                done = await desk.moves.move(preview, move)
            except DeskError:
                stayed += preview.count
                continue
            assert done.count + sum(done.left.values()) == preview.count
            moved, stayed = moved + done.count, stayed + sum(done.left.values())
        return moved, stayed

    result = asyncio.run(work())
    desk.close()
    return result
