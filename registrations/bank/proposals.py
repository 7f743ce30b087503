"""What each line of a statement would pay, beside what is recorded already: reading only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from registrations import documents
from registrations.bank.lines import BankLine
from registrations.bank.matching import Book, Found, Payable, Sure
from registrations.models import Booking, Invoice, Payment


@dataclass(slots=True)
class Candidate:
    """A booking that a line may pay: what ticking it does, and whether it is ticked beforehand."""

    booking: int
    reference: str
    payer: str
    owing: Decimal
    why: str
    consequence: str
    value: str
    is_sure: bool
    is_preset: bool = False
    is_ticked: bool = False


@dataclass(slots=True)
class ProposedLine:
    """One line with its candidates; `note` where it is not for ticking."""

    line: BankLine
    amount: str
    candidates: list[Candidate] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """Lines that may be recorded, refunds to look at, and how many match nothing or are known."""

    rows: list[ProposedLine]
    refunds: list[ProposedLine]
    recorded: list[ProposedLine]
    unmatched: int


def propose(lines: Sequence[BankLine]) -> Proposals:
    """Compare the lines with the bookings: a fixed number of queries."""
    if not lines:
        return Proposals([], [], [], 0)
    book = Book.of(payables())
    keys = [line.key for line in lines]
    known = dict(
        Payment.objects.filter(idempotency_key__in=keys).values_list(
            "idempotency_key", "booking__reference"
        )
    )
    by_hand = _by_hand(lines)
    rows, refunds, recorded, unmatched = [], [], [], 0
    met: Counter[int] = Counter()
    for line in lines:
        row = ProposedLine(line, documents.pounds(line.amount))
        if line.key in known:
            row.note = f"Recorded already for {known[line.key]}."
            recorded.append(row)
            continue
        found = book.find(line.words, abs(line.amount))
        if not found:
            unmatched += 1
        elif line.amount <= 0:
            row.candidates = [_refund(one) for one in found]
            refunds.append(row)
        else:
            row.candidates = [_candidate(line, one, met, by_hand) for one in found]
            rows.append(row)
    return Proposals(rows, refunds, recorded, unmatched)


def payables() -> list[Payable]:
    """Every booking that was made, with its invoices and what it owes."""
    labels: dict[int, list[str]] = defaultdict(list)
    standing = Invoice.objects.standing().order_by("pk")
    for booking, label in standing.values_list("booking", "label"):
        labels[booking].append(label)
    rows = Booking.objects.exclude(state=Booking.State.DRAFT).with_money()
    return [
        Payable(
            row.pk,
            row.reference,
            row.account_fetched.balance,
            row.organisation.name if row.organisation else row.contact_name,
            tuple(labels[row.pk]),
        )
        for row in rows.select_related("organisation").order_by("pk")
    ]


def _by_hand(lines: Sequence[BankLine]) -> set[tuple[int, object, Decimal]]:
    """Transfers somebody typed in: the same day and sum for a booking is most likely this line."""
    days = {line.on for line in lines}
    found = Payment.objects.filter(method=Payment.Method.BACS, received_on__in=days)
    return set(found.values_list("booking", "received_on", "amount"))


def _candidate(
    line: BankLine, found: Found, met: Counter[int], by_hand: set[tuple[int, object, Decimal]]
) -> Candidate:
    row = found.payable
    met[row.pk] += 1
    is_typed = (row.pk, line.on, line.amount) in by_hand
    is_sure = found.sure is Sure.EXACT and not is_typed and met[row.pk] == 1
    made = _one(found, _consequence(line.amount, row.owing))
    made.value = f"{line.number}:{row.pk}:{row.owing}"
    made.is_sure = is_sure
    made.is_preset = is_sure and line.amount == row.owing
    if is_typed:
        made.why = "a transfer of that sum and day is recorded by hand already"
    elif met[row.pk] > 1:
        made.why += "; an earlier line of the file is for this booking too"
    return made


def _refund(found: Found) -> Candidate:
    return _one(found, "Look whether this is a refund that is not recorded yet.")


def _one(found: Found, consequence: str) -> Candidate:
    row = found.payable
    is_sure = found.sure is Sure.EXACT
    return Candidate(
        row.pk, row.reference, row.payer, row.owing, found.why, consequence, "", is_sure
    )


def _consequence(amount: Decimal, owing: Decimal) -> str:
    due = max(owing, Decimal(0))
    if amount == due:
        return "Pays exactly what is owed."
    if amount < due:
        left = documents.pounds(due - amount)
        return f"Part of what is owed; {left} stays to be paid."
    over = documents.pounds(amount - due)
    return f"{over} more than is owed: it stays as credit."
