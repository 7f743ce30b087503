"""Texts as people, and as people of ill will, might send them."""

from hypothesis import strategies as st


def characters():
    """Every character but the thousands of ideographs and syllables that are all alike."""
    for code in [
        *range(0x3400),
        *range(0xA000, 0xAC00),
        *range(0xD7A4, 0x20000),
        *range(0xE0000, 0xE0200),
    ]:
        yield chr(code)


HOSTILE = (
    "\t\n\r\x0b\x0c\x85\u2028\u2029 \xa0\u2003\u3000\u200b\u200d\xad\u202e\ufeff\ufe0f\u034f\u2800"
    "\u3164\ufffc\uf0b7\U000f0001\U000e0061\ud800\uffff\x00\x1f\u0301\u0316\u0338\u093c\u0958\u0387"
    "-\u2010\u2013\u2014'\u2019.,:/&_@#*\u2022\u00b7o\u00a7()[]1239aAbiIvx\u00e9\u1100\u1161\u212a"
)
VOCABULARY = (
    *("Conference", "notes", "believes", "calls", "on", "the", "NEC", "co-operative", "and/or"),
    *("1,000", "£1.5m", "e.g.", "o", "§", "-", "–", "•", "#", "1.", "(a)", "iv.", "A)"),
    *("www.party.coop", "mail@party.coop", "members’", "Conference notes:", "A full sentence."),
    *("\n", "\n\n", "\t", "  ", "\r\n", "x" * 60),
)


any_text = st.one_of(
    st.text(),
    st.text(alphabet=HOSTILE, max_size=60),
    st.lists(st.sampled_from(VOCABULARY), max_size=30).map(" ".join),
    st.lists(st.sampled_from(VOCABULARY + tuple(HOSTILE)), max_size=40).map("".join),
)
sentence = st.lists(
    st.sampled_from(("fares", "rise", "members", "own", "shops", "here", "now", "one", "two")),
    min_size=1,
    max_size=8,
).map(" ".join)
