"""Turns a mail template and facts into text and HTML. Fetches nothing, evaluates nothing typed."""

from __future__ import annotations

import re
from typing import Any

import css_inline
from django.template import Context, Template, TemplateDoesNotExist, engines
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mailing import cleaning, links

#: Style sheets are moved into the elements; @media rules cannot be and stay as they are. Remote
#: sheets are never loaded: the server talks to nobody but its database, broker and relay.
_INLINER = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


def render(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """(text, html) of `templates/mail/<template>.txt` and `.html`.

    The text is not HTML and so is not escaped ('Tom & Ann' stays that); the HTML is. What a person
    typed is a value in both, never a template. A mail without a `.html` of its own gets its words
    in the look of the others. Raises TemplateDoesNotExist without a `.txt`.
    """
    words = _template(f"mail/{template}.txt")
    text = words.render(Context(context, autoescape=False))
    try:
        page = _template(f"mail/{template}.html")
    except TemplateDoesNotExist as missing:
        if missing.args and str(missing.args[0]) != f"mail/{template}.html":
            raise
        page = _template("mail/from_text.html")
        bare = words.render(Context({**context, "without_footer": True}, autoescape=False))
        context = {**context, "words": _with_own_links(bare.strip())}
    # cleaned before the inliner sees it, which refuses what is not a character
    html = _INLINER.inline(cleaning.body(page.render(Context(context, autoescape=True))))
    return cleaning.body(text), html


def _with_own_links(words: str) -> SafeString:
    """Escaped, with links for addresses of this site and no other.

    A name or a text that somebody typed stands in our mails to others: what looks like an address
    in it must not become a link that we recommend.
    """
    site = re.escape(escape(links.site("")))
    path = r"/(?:(?:[^\s<>\"'&;]|&amp;)*[\w/=-])?"
    own = re.compile(rf"{site}(?:{path}|(?![\w.:@-]))")
    return mark_safe(own.sub(r'<a href="\g<0>">\g<0></a>', escape(words)))


def _template(name: str) -> Template:
    return engines["django"].get_template(name).template
