"""The two codes of a badge: long enough for a QR code, and one that cannot be mistyped unseen."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations import badge_codes
from registrations.references import ALPHABET

EIGHT = st.text(ALPHABET, min_size=7, max_size=7)


def test_long_code_has_128_bits_and_fits_the_alphabet_of_qr_codes():
    code = badge_codes.long_code(uuid.uuid4())
    assert badge_codes.LONG.match(code)
    assert len(code) * 5 >= 128


def test_long_code_is_not_told_by_the_seed_alone(settings):
    seed = uuid.uuid4()
    before = badge_codes.long_code(seed)
    settings.SECRET_KEY = "another secret of the site, long enough for it"
    assert badge_codes.long_code(seed) != before


def test_printed_code_after_a_new_secret_key_is_the_old_badges(settings):
    seed, old = uuid.uuid4(), settings.SECRET_KEY
    code = badge_codes.long_code(seed)
    settings.SECRET_KEY = "another secret of the site, long enough for it"
    assert badge_codes.printed_code(seed, badge_codes.hashed(code)) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert badge_codes.printed_code(seed, badge_codes.hashed(code)) == code


@given(EIGHT, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_short_code_with_one_character_wrong_is_always_noticed(drawn, place, other):
    right = drawn + badge_codes.check_character(drawn)
    wrong = right[:place] + other + right[place + 1 :]
    assert not badge_codes.is_mistyped(badge_codes.tidy(right))
    assert badge_codes.is_mistyped(badge_codes.tidy(wrong)) == (wrong != right)


@pytest.mark.parametrize("typed", ["k7m49xq2", " K7M4 9XQ2 ", "k7m4-9xq2", "K7M4–9XQ2"])
def test_short_code_typed_somehow_is_tidied(typed):
    assert badge_codes.tidy(typed) == "K7M4-9XQ2"


@pytest.mark.parametrize("typed", ["", "K7M4", "hello world", "0" * 26, "Ω" * 8])
def test_code_of_another_shape_is_mistyped(typed):
    assert badge_codes.is_mistyped(badge_codes.tidy(typed))
