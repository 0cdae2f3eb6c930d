"""Signing in, and the rules of the desk."""

from sqlmodel import Session

from db.desk.lane import Lane
from db.desk.unit import Unit
from db.errors import DeskError
from db.models import User
from db.rules.hygiene import clean
from db.rules.settings import DeskSettings
from db.stores import users as store
from db.views.users import UserView


class UsersDesk:
    """Use cases about whoever sits here."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def sign_in(self, name: str, role: str | None = None) -> UserView:
        """Take the seat, being added to the team on the first day; `role` is the one given then.

        Raises DeskError when the name is empty or the person no longer works here.
        """
        return await self._lane.run(lambda: self.sign_in_now(name, role))

    def sign_in_now(self, name: str, role: str | None = None) -> UserView:
        """`sign_in` for callers that have no event loop."""
        wanted = clean(name, 80)
        if not wanted:
            raise DeskError("users.name_missing")
        view = self._lane.read_now(lambda session: _find(session, wanted))
        if view is None:
            view = self._lane.write_now(lambda unit: _join(unit, wanted, role or "caller"))
        seat = self._lane.seat
        seat.user_id, seat.name, seat.role, seat.regions = view.id, view.name, role or view.role, view.regions
        return view

    async def everyone(self) -> tuple[UserView, ...]:
        """Everyone who works here, by name."""
        return await self._lane.read(lambda session: tuple(map(_view, store.active_users(session))))

    async def settings(self) -> DeskSettings:
        """The rules of this desk."""
        return await self._lane.read(store.load_settings)

    def settings_now(self) -> DeskSettings:
        """`settings` for callers that have no event loop."""
        return self._lane.read_now(store.load_settings)

    async def change_settings(self, settings: DeskSettings) -> None:
        """Keep new rules of this desk, with who changed them."""
        await self._lane.write(lambda unit: _change_settings(unit, settings))

    def change_settings_now(self, settings: DeskSettings) -> None:
        """`change_settings` for callers that have no event loop."""
        self._lane.write_now(lambda unit: _change_settings(unit, settings))


def _change_settings(unit: Unit, settings: DeskSettings) -> None:
    changes = store.save_settings(unit.session, settings, unit.now, unit.user_id)
    unit.record("settings.change", undoable=True, changes=changes)


def _find(session: Session, name: str) -> UserView | None:
    user = store.find_user(session, name)
    if user is None:
        return None
    if not user.active:
        raise DeskError("users.inactive", name=user.name)
    return _view(user)


def _join(unit: Unit, name: str, role: str) -> UserView:
    user = User(name=name, role=role, created_at=unit.now, updated_at=unit.now)
    unit.session.add(user)
    unit.record("users.join", subject_id=user.id, name=name)
    return _view(user)


def _view(user: User) -> UserView:
    return UserView(
        id=user.id, name=user.name, role=user.role, trainee=user.trainee, regions=tuple(user.regions)
    )
