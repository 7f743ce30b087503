"""Which number each motion has: serial or by category, frozen ones never moved or given again."""

import pytest

from motions.agendas.numbering import CategoryFull, Numbered, amendment_numbers, assign, sort_key


def moving(*keys, **more):
    return [Numbered(key=key, **more) for key in keys]


def frozen(key, number, **more):
    return Numbered(key=key, number=number, is_frozen=True, **more)


def test_serial_numbers_follow_the_order_given():
    assert assign(moving(7, 3, 5), by_category=False) == {7: "1", 3: "2", 5: "3"}


def test_serial_numbers_after_print_follow_the_highest_and_leave_the_printed_alone():
    motions = [frozen(1, "1"), frozen(2, "3"), *moving(8, 9)]
    assert assign(motions, by_category=False) == {1: "1", 2: "3", 8: "4", 9: "5"}


def test_number_of_a_withdrawn_motion_is_not_given_again():
    assert assign(moving(8), by_category=False, taken=["6"]) == {8: "7"}


def test_emergencies_have_a_row_of_their_own_and_composites_keep_theirs():
    motions = [frozen(1, "C1"), *moving(2), *moving(3, 4, is_emergency=True)]
    found = assign(motions, by_category=False, taken=["E1"])
    assert found == {1: "C1", 2: "1", 3: "E2", 4: "E3"}


def test_numbers_by_category_begin_a_hundred_for_each():
    motions = [
        Numbered(1, category=1),
        Numbered(2, category=2),
        Numbered(3, category=1),
        Numbered(4, category=0),
    ]
    assert assign(motions, by_category=True) == {1: "101", 3: "102", 2: "201", 4: "301"}


def test_late_motion_by_category_follows_in_its_own_hundred_and_a_new_category_gets_the_next():
    motions = [
        frozen(1, "101", category=1),
        frozen(2, "201", category=3),
        Numbered(3, category=1),
        Numbered(4, category=2),
    ]
    found = assign(motions, by_category=True, taken=["102"])
    assert found == {1: "101", 2: "201", 3: "103", 4: "301"}


def test_category_with_more_than_its_hundred_is_refused():
    with pytest.raises(CategoryFull):
        assign(moving(*range(100), category=1), by_category=True)


def test_numbers_of_amendments_follow_their_motion_and_frozen_ones_stand():
    motions = [frozen(1, "4.2"), *moving(2, 3)]
    assert amendment_numbers("4", motions) == {1: "4.2", 2: "4.3", 3: "4.4"}
    assert amendment_numbers("C1", moving(5)) == {5: "C1.1"}


def test_order_of_numbers_is_as_people_count():
    mixed = ["", "C1", "10", "2", "E1", "4.10", "4.2", "C10", "C2"]
    assert sorted(mixed, key=sort_key) == ["2", "4.2", "4.10", "10", "C1", "C2", "C10", "E1", ""]
