"""Text for LaTeX: everything is escaped, so that a report prints what the record says and runs none of it."""

from __future__ import annotations

import re
import unicodedata

from proofcheck.language.vocabulary import GREEK_NAMES, latex_of

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
}
MATHEMATICS = {
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "−": "-",
    "×": r"\times",
    "·": r"\cdot",
    "→": r"\to",
    "⇒": r"\Rightarrow",
    "⇔": r"\Leftrightarrow",
    "∈": r"\in",
    "∞": r"\infty",
    "√": r"\surd",
    "∫": r"\int",
    "∑": r"\sum",
    "∂": r"\partial",
    "∇": r"\nabla",
    "‖": r"\Vert",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "\u2032": "'",
    "\u211d": r"\mathbf{R}",
}
# Two of them in a row are another sign in LaTeX's fonts.
LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")
# The capitals that LaTeX has, the others being Latin ones.
GREEK = re.compile(
    r"GREEK (SMALL) LETTER ((?!OMICRON|FINAL)\w+)"
    r"|GREEK (CAPITAL) LETTER (GAMMA|DELTA|THETA|LAMDA|XI|PI|SIGMA|UPSILON|PHI|PSI|OMEGA)"
)
_NAME = rf"(?:{GREEK_NAMES.pattern}|[A-Za-z])"
# A number, or a letter with a number before or behind it; or a number over a letter.
_TERM = rf"(?:(?:[0-9]+ ?)?{_NAME}(?:/[0-9]+)?|[0-9]+(?:/(?:[0-9]+|{_NAME}))?)"
# A number or a letter; in brackets also a sum of terms.
_EXPONENT = rf"-?[0-9]+|-?{_NAME}|\(-?{_TERM}(?: ?[+-] ?{_TERM})*\)"
# A Greek letter, or another one with a subscript, a prime or a power: a bare Latin letter may be a word.
LETTER = re.compile(
    rf"(?<![A-Za-z0-9_\\^'])(?:(?=(?:{GREEK_NAMES.pattern})|[A-Za-z](?:_[A-Za-z0-9]|'|\^)))"
    rf"({_NAME}(?:_[A-Za-z0-9]+)?)('{{0,3}})(?:\^({_EXPONENT}))?(?![A-Za-z0-9_^'])"
    rf"|(?<=[)|>])\^({_EXPONENT})(?![A-Za-z0-9_^'])"
)
COMPARISONS = {"<=": "≤", ">=": "≥", "!=": "≠"}
COMPARISON = re.compile("[<>!]=")
LONG_WORD = re.compile(r"\S{32,}")
BREAK = "\u200b"  # the space without width
SEPARATOR = "\u2063"  # the invisible separator
CLUSTER = re.compile(r".[\u0300-\u036f]*")
ACCENTS = {
    "\u0300": r"\`",
    "\u0301": r"\'",
    "\u0302": r"\^",
    "\u0303": r"\~",
    "\u0304": r"\=",
    "\u0306": r"\u",
    "\u0307": r"\.",
    "\u0308": r"\"",
    "\u030c": r"\v",
    "\u0323": r"\d",
}
PRINTED_AS_THEY_STAND = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĂăĄąĆćČčĎďĐđĘęĚěĞğİıĹĺĽľŁłŃńŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž§¶©£–—\u2018’“”„…"
)


class Tex(str):
    """LaTeX source that is set as it stands; every other text is escaped."""

    __slots__ = ()


def escape(text: str) -> Tex:
    r"""Return LaTeX that prints the text, accents and signs of mathematics included, as one paragraph.

    >>> print(escape("50% of f_i & α⁻² ≤ 1"))
    50\% of f\_i \& \ensuremath{\alpha}\ensuremath{^{-}}\ensuremath{^{2}} \ensuremath{\le} 1
    """
    words = LIGATURES.sub(SEPARATOR, re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)))
    words = LONG_WORD.sub(lambda word: re.sub(r"(\S{8})", rf"\1{BREAK}", word[0]), words)
    return Tex("".join(_escape_cluster(cluster) for cluster in CLUSTER.findall(words)))


def _escape_cluster(cluster: str) -> str:
    """Escape a sign and the accents that follow it."""
    if len(cluster) == 1 and (known := _escape_sign(cluster)) is not None:
        return known
    decomposed = unicodedata.normalize("NFD", cluster)
    sign, accents = decomposed[0], decomposed[1:]
    if accents and all(accent in ACCENTS for accent in accents):
        # Accents take a letter, mathematics included.
        body = _escape_sign(sign) or _named(sign)
        for accent in accents:
            body = rf"{ACCENTS[accent]}{{{body}}}"
        return body
    return "".join(_escape_sign(part) or _named(part) for part in cluster)


def _escape_sign(sign: str) -> str | None:
    """Return LaTeX for one sign, None if there is none."""
    if sign in (SEPARATOR, BREAK):
        return "{}" if sign == SEPARATOR else r"\allowbreak{}"
    if sign in SPECIAL:
        return SPECIAL[sign]
    if sign in MATHEMATICS:
        return rf"\ensuremath{{{MATHEMATICS[sign]}}}"
    if sign.isascii():
        return sign if sign.isprintable() else None
    if greek := GREEK.fullmatch(unicodedata.name(sign, "")):
        size, letter = filter(None, greek.groups())
        letter = {"LAMDA": "LAMBDA"}.get(letter, letter).lower()
        return rf"\ensuremath{{\{letter.capitalize() if size == 'CAPITAL' else letter}}}"
    if sign in PRINTED_AS_THEY_STAND:
        return sign
    match unicodedata.decomposition(sign).split():
        case ["<super>" | "<sub>" as place, point]:
            moved = chr(int(point, 16))
            mark = "^" if place == "<super>" else "_"
            return rf"\ensuremath{{{mark}{{{MATHEMATICS.get(moved, moved)}}}}}"
    return None


def _named(sign: str) -> str:
    return f"[U+{ord(sign):04X}]"


def prose(text: str) -> Tex:
    r"""Return a sentence in which names of scalars, simple powers and comparisons are set as mathematics.

    >>> print(prose("R' <= 2 alpha^2 on a path"))
    $R'$ \ensuremath{\le} 2 $\alpha^{2}$ on a path
    >>> print(prose("3 (gamma/t)^(2 gamma/3), gamma^alpha, x^a"))
    3 ($\gamma$/t)$^{2 \gamma/3}$, $\gamma^{\alpha}$, $x^{a}$
    >>> print(prose("as theta^(-2-8/gamma), like t^-gamma, (12/theta)^(1/gamma)"))
    as $\theta^{-2-8/\gamma}$, like $t^{-\gamma}$, (12/$\theta$)$^{1/\gamma}$
    """
    written, end = "", 0
    for found in LETTER.finditer(text):
        written += _plain(text[end : found.start()]) + _typeset(*found.groups())
        end = found.end()
    return Tex(written + _plain(text[end:]))


def _plain(text: str) -> Tex:
    return escape(COMPARISON.sub(lambda sign: COMPARISONS[sign[0]], text))


def _typeset(name: str | None, primes: str | None, exponent: str | None, alone: str | None) -> str:
    power = re.sub(_NAME, lambda letter: latex_of(letter[0]), (exponent or alone or "").strip("()"))
    raised = f"^{{{power}}}" if power else ""
    base = latex_of(name) + (primes or "") if name else ""
    # A letter's primes are a superscript themselves.
    return f"${{{base}}}{raised}$" if primes and raised else f"${base}{raised}$"


def code(text: str) -> Tex:
    r"""Return the text in typewriter type, with places where a long name may break.

    >>> print(code("a/b_c"))
    \texttt{a/\allowbreak{}b\_\allowbreak{}c}
    """
    broken = re.sub(r"(/|\\_|\.|:)", r"\1\\allowbreak{}", escape(text))
    return Tex(rf"\texttt{{{broken}}}")
