"""Reading YAML with positions: every value knows its line and its field.

Values stay the text that was typed until a field is asked for by type, so that YAML's guesses (a
'no' that becomes false, a time that becomes a number) never happen. A wrong value is noted as a
problem and read as None; the reader goes on, so that one check names everything that is wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from events.calendar import AmbiguousTimeError, NonexistentTimeError, london_instant

NULL = "tag:yaml.org,2002:null"
INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?: (first|second))?"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the line (from 1), the field's path, and a sentence."""

    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", {self.field}" if self.field else "")
        return f"{where}: {self.sentence}"


class Node:
    """A place in the file: a mapping, a list or a value, with its path and shared problems.

    Ask a mapping for its fields by type (`text`, `date`, `choice` …). Absent and empty fields give
    None (texts give ''). Call `only` to refuse unknown fields.
    """

    def __init__(self, yaml: YamlNode, path: str, problems: list[Problem]) -> None:
        self._yaml = yaml
        self.path = path
        self.problems = problems

    @property
    def line(self) -> int:
        """The line it stands on, from 1."""
        return self._yaml.start_mark.line + 1

    def problem(self, sentence: str, field: str = "") -> None:
        """Note that this place, or one of its fields, is wrong."""
        child = self._fields().get(field) if field else None
        line = child.start_mark.line + 1 if child is not None else self.line
        self.problems.append(Problem(line, self._path_of(field), sentence))

    def _path_of(self, field: str) -> str:
        return f"{self.path}.{field}" if self.path and field else field or self.path

    def _fields(self) -> dict[str, YamlNode]:
        if not isinstance(self._yaml, MappingNode):
            return {}
        return {key.value: value for key, value in self._yaml.value}

    def has(self, field: str) -> bool:
        """Is the field there and not empty?"""
        child = self._fields().get(field)
        return child is not None and child.tag != NULL

    def only(self, *fields: str) -> None:
        """Refuse anything but a mapping of these fields, each once."""
        if not isinstance(self._yaml, MappingNode):
            self.problem("Here a set of named fields is expected.")
            return
        seen = set()
        for key, _value in self._yaml.value:
            line = key.start_mark.line + 1
            path = self._path_of(str(key.value))
            if key.value in seen:
                self.problems.append(Problem(line, path, "This field stands here twice."))
            elif key.value not in fields:
                known = ", ".join(fields)
                sentence = f"There is no such field here. Known are: {known}."
                self.problems.append(Problem(line, path, sentence))
            seen.add(key.value)

    # values

    def _scalar(self, field: str) -> str | None:
        """The text typed, stripped; None when absent or empty."""
        child = self._fields().get(field)
        if child is None or child.tag == NULL:
            return None
        if not isinstance(child, ScalarNode):
            self.problem("Here one value is expected.", field)
            return None
        return child.value.strip() or None

    def value(self) -> str:
        """The text of an item of a plain list."""
        if isinstance(self._yaml, ScalarNode) and self._yaml.value.strip():
            return self._yaml.value.strip()
        self.problem("Here one value is expected.")
        return ""

    def is_value(self) -> bool:
        """Is this one value rather than a mapping or list?"""
        return isinstance(self._yaml, ScalarNode)

    def require(self, field: str) -> None:
        """Note a problem when the field is absent; `only` has told when this is no mapping."""
        if isinstance(self._yaml, MappingNode) and not self.has(field):
            self.problem(f"‘{field}’ is missing.")

    def text(self, field: str, *, longest: int | None = None) -> str:
        """A text; '' when absent."""
        text = self._scalar(field) or ""
        if longest is not None and len(text) > longest:
            self.problem(f"This has {len(text)} characters; at most {longest} fit.", field)
        return text

    def email(self, field: str) -> str:
        """An e-mail address; '' when absent."""
        text = self.text(field, longest=254)
        if text:
            try:
                validate_email(text)
            except ValidationError:
                self.problem(f"‘{text}’ is not an e-mail address.", field)
        return text

    def flag(self, field: str, *, default: bool = False) -> bool:
        """yes or no (true, false); the default when absent."""
        text = self._scalar(field)
        if text is None:
            return default
        if text.lower() not in {"yes", "no", "true", "false"}:
            self.problem(f"‘{text}’ is neither yes nor no.", field)
        return text.lower() in {"yes", "true"}

    def maybe(self, field: str) -> bool | None:
        """yes, no, or None when not known."""
        return self.flag(field) if self.has(field) else None

    def whole(self, field: str, *, least: int = 0) -> int | None:
        """A whole number."""
        text = self._scalar(field)
        if text is None:
            return None
        if not re.fullmatch(r"\d{1,9}", text) or int(text) < least:
            self.problem(f"‘{text}’ is not a whole number of {least} or more.", field)
            return None
        return int(text)

    def pounds(self, field: str) -> Decimal | None:
        """An amount in pounds with at most two decimals."""
        text = self._scalar(field)
        if text is None:
            return None
        try:
            amount = Decimal(text.removeprefix("£"))
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
            self.problem(f"‘{text}’ is not an amount in pounds.", field)
            return None
        return amount.quantize(Decimal("0.01"))

    def percent(self, field: str) -> Decimal | None:
        """A rate in per cent between 0 and 100 with at most two decimals."""
        text = self._scalar(field)
        if text is None:
            return None
        typed = text.removesuffix("%").strip()
        if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", typed) or Decimal(typed) > 100:
            self.problem(f"‘{text}’ is not a rate between 0 and 100 per cent.", field)
            return None
        return Decimal(typed).quantize(Decimal("0.01"))

    def choice(self, field: str, choices: type[TextChoices], default: str = "") -> str:
        """One of a fixed set of words."""
        text = self._scalar(field)
        if text is None:
            return default
        if text not in choices.values:
            self.problem(f"‘{text}’ is not one of: {', '.join(choices.values)}.", field)
            return default
        return text

    def date(self, field: str) -> dt.date | None:
        """A date such as 2016-04-04."""
        text = self._scalar(field)
        if text is None:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                raise ValueError
            return dt.date.fromisoformat(text)
        except ValueError:
            self.problem(f"‘{text}’ is not a date such as 2016-04-04.", field)
            return None

    def time(self, field: str) -> dt.time | None:
        """A time of day such as 09:30."""
        text = self._scalar(field)
        if text is None:
            return None
        try:
            if not re.fullmatch(r"\d{2}:\d{2}", text):
                raise ValueError
            return dt.time.fromisoformat(text)
        except ValueError:
            self.problem(f"‘{text}’ is not a time such as 09:30.", field)
            return None

    def instant(self, field: str) -> dt.datetime | None:
        """London's date and time such as '2016-04-04 12:00', as an instant.

        Where the clocks go back, 'first' or 'second' follows the time.
        """
        text = self._scalar(field)
        if text is None:
            return None
        match = INSTANT.fullmatch(text)
        try:
            if match is None:
                raise ValueError
            date, time = dt.date.fromisoformat(match[1]), dt.time.fromisoformat(match[2])
        except ValueError:
            self.problem(f"‘{text}’ is not a date and time such as 2016-04-04 12:00.", field)
            return None
        return self.wall_clock(field, date, time, match[3])

    def wall_clock(
        self, field: str, date: dt.date, time: dt.time, which: str | None = None
    ) -> dt.datetime | None:
        """An instant from London's wall clock; noted as a problem when it is none or two."""
        fold = None if which is None else int(which == "second")
        try:
            return london_instant(date, time, fold=fold)
        except NonexistentTimeError as error:
            self.problem(str(error), field)
        except AmbiguousTimeError as error:
            self.problem(f"{error} Write ‘first’ or ‘second’ after the time.", field)
        return None

    # children

    def child(self, field: str) -> Node | None:
        """The field itself; None when absent or empty."""
        yaml = self._fields().get(field)
        if yaml is None or yaml.tag == NULL:
            return None
        return Node(yaml, self._path_of(field), self.problems)

    def items(self, field: str) -> list[Node]:
        """The items of a list; none when absent."""
        child = self.child(field)
        return child.elements() if child is not None else []

    def elements(self) -> list[Node]:
        """The items of this list."""
        if not isinstance(self._yaml, SequenceNode):
            self.problem("Here a list is expected: each item on a line that begins with ‘- ’.")
            return []
        return [
            Node(item, f"{self.path}[{number}]", self.problems)
            for number, item in enumerate(self._yaml.value, start=1)
        ]

    def texts(self, field: str, *, longest: int | None = None) -> list[str]:
        """A plain list of texts."""
        texts = []
        for item in self.items(field):
            text = item.value()
            if longest is not None and len(text) > longest:
                item.problem(f"This has {len(text)} characters; at most {longest} fit.")
            texts.append(text)
        return [text for text in texts if text]

    def pairs(self, field: str) -> dict[str, str]:
        """A mapping of texts to texts."""
        child = self.child(field)
        if child is None:
            return {}
        if not isinstance(child._yaml, MappingNode):
            child.problem("Here a set of named fields is expected.")
            return {}
        return {name: child.text(name) for name in child._fields()}


def parse(text: str) -> Node | Problem:
    """The file's outermost mapping, or the one problem that keeps it from being read at all."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return Problem(line, "", f"This is not YAML: {error.problem or error.context}.")
    except YAMLError as error:
        return Problem(1, "", f"This is not YAML: {str(error).splitlines()[0]}.")
    if not isinstance(root, MappingNode):
        return Problem(1, "", "The file is empty or does not consist of named fields.")
    return Node(root, "", [])
