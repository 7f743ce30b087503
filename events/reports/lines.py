"""Lines of notes as what they mean: a link with its host, a task with its owner. Nothing is fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_OWNED = re.compile(r"\s*([^:]{1,120}?)\s*:\s+(\S.*)")
_BULLET = re.compile(r"\s*[-*•]\s+")


@dataclass(frozen=True, slots=True)
class Link:
    """The words beside an address, the address as typed, and the host it leads to."""

    words: str
    address: str
    host: str


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, and whose it is; '' while the notes do not say."""

    owner: str
    what: str


def links_of(text: str) -> list[Link]:
    """One a line: words, an address, or both. An address that names no host has none."""
    found = []
    for line in _lines(text):
        match = _ADDRESS.search(line)
        address = match[0].rstrip(".,;)") if match else ""
        words = line.replace(address, " ", 1) if address else line
        found.append(Link(" ".join(words.split()).strip(" .:-–"), address, _host(address)))  # noqa: RUF001
    return found


def tasks_of(text: str) -> list[Task]:
    """One a line: 'Name: what they will do'."""
    found = []
    for line in _lines(text):
        match = _OWNED.fullmatch(line)
        found.append(Task(match[1], match[2].strip()) if match else Task("", line))
    return found


def blocks_of(text: str) -> list[tuple[str, list[str]]]:
    """Points as ('list', its items) and ('text', one paragraph): '- ' begins an item."""
    blocks: list[tuple[str, list[str]]] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r", "")):
        for line in _lines(paragraph, keeps_bullets=True):
            bullet = _BULLET.match(line)
            kind = "list" if bullet else "text"
            words = line[bullet.end() :] if bullet else line
            if blocks and blocks[-1][0] == kind == "list":
                blocks[-1][1].append(words)
            else:
                blocks.append((kind, [words]))
    return blocks


def _lines(text: str, *, keeps_bullets: bool = False) -> list[str]:
    lines = [line.strip() for line in text.splitlines()]
    return [line if keeps_bullets else _BULLET.sub("", line, count=1) for line in lines if line]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "") if address else ""
    except ValueError:
        return ""
