"""No mail is lost and none repeated needlessly, whatever dies: real worker, timers, broker, sink.

The short form runs with the suite; `DRILL=1` runs the long one (10,000 mails, 100 kills).
Figures: `--log-cli-level=INFO`.
"""

from __future__ import annotations

import logging
import os

import pytest

from tests.mailing.rig.rig import rig

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.drill]

logger = logging.getLogger(__name__)

IS_DRILL = os.environ.get("DRILL") == "1"
MAILS, KILLS, LONGEST = (10_000, 100, 1_200) if IS_DRILL else (300, 8, 120)


@pytest.fixture(scope="module")
def machinery(tmp_path_factory):
    with rig(
        tmp_path_factory.mktemp("mail-rig"), os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
    ) as made:
        yield made


def test_rig_without_the_claim_sends_second_copies(machinery):
    result = machinery.run(mails=40, lease="60", RIG_WITHOUT_CLAIM="1")
    logger.info(result)
    assert result.missing == 0
    assert result.second_copies > 0


def test_rig_without_faults_sends_every_mail_once(machinery):
    result = machinery.run(mails=100, lease="60")
    logger.info(result)
    assert (result.missing, result.second_copies) == (0, 0)
    assert result.states == {"sent": 100}


def test_rig_with_kills_misses_nothing_and_repeats_only_what_was_in_flight(machinery):
    result = machinery.run(mails=MAILS, kills=KILLS, longest=LONGEST)
    logger.info(result)
    assert (result.planned, result.missing) == (MAILS, 0)
    assert result.second_copies <= result.most_second_copies
    assert result.states == {"sent": MAILS}


def test_rig_worker_told_to_stop_finishes_the_mail_in_hand(machinery):
    machinery.empty()
    for name in ("sink", "worker", "beat-1"):
        machinery.start(name)
    machinery.fill(600)
    machinery.wait_for_copies(10)
    seconds = machinery.terminate("worker")
    # It stopped between two mails, with a queue left and before Celery would have cut it off.
    assert set(machinery.states()) == {"pending", "sent"}
    assert seconds < 20
    machinery.start("worker")
    machinery.wait_until_settled()
    machinery.stop()
    assert machinery.second_copies() == 0
    assert machinery.states() == {"sent": 600}


def test_put_while_the_broker_is_gone_keeps_every_mail(machinery):
    machinery.empty()
    machinery.fill(20, REDIS_URL="redis://127.0.0.1:1/0")
    assert machinery.states() == {"pending": 20}
