"""A share of the completed interviews is put to review."""

from db.desk.unit import Unit
from db.models import Interview, User
from db.rules.sampling import CORRECTED, review_reason
from db.stores import interviews as store
from db.stores.users import load_settings


def put_to_review(unit: Unit, interview: Interview) -> None:
    """Draw for an interview that is being completed; the correction of one that was handed back always goes.

    What was handed back no longer waits for its caller then.
    """
    earlier = store.newest_complete(unit.session, interview.candidate_id)
    if earlier is not None and earlier.review_state == "handed_back":
        earlier.review_state = None
        interview.review_state, interview.review_reason = "pending", CORRECTED
        return
    caller = unit.session.get_one(User, interview.user_id)
    reason = review_reason(interview.id, caller.trainee, load_settings(unit.session))
    if reason is not None:
        interview.review_state, interview.review_reason = "pending", reason
