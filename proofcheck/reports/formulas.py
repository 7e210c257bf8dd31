r"""Formulas for LaTeX: which are let through, and where a long one breaks.

A formula comes from the record. It is let through if it is balanced and uses no command that reaches outside a
formula (files, definitions, the end of the mathematics); otherwise its plain text is set instead.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .text import Tex, escape, prose

OPENING = {"(", "[", "{", r"\{", r"\left", r"\begin", r"\langle", r"\lvert", r"\lVert"}
CLOSING = {")", "]", "}", r"\}", r"\right", r"\end", r"\rangle", r"\rvert", r"\rVert"}
RELATION = re.compile(
    r"=|<|>|\\(le|leq|leqslant|ge|geq|geqslant|ne|neq|lt|gt|approx|sim|equiv|preceq|succeq|to"
    r"|iff|Leftrightarrow|Longleftrightarrow|implies|Rightarrow|Longrightarrow)"
)
WIDE_SPACE = {r"\quad", r"\qquad"}
SEPARATE = r"\qquad"
SIGNS_AFTER = ",;:."
SIGNS = {"+", "-", r"\pm"}
FORBIDDEN = re.compile(
    r"\\(input|include|includeonly|includegraphics|InputIfFileExists|usepackage|write|immediate|special|openin"
    r"|openout|openany|read|readline|catcode|[egx]?def|let|futurelet|(new|renew|provide)command|newenvironment"
    r"|csname|expandafter|loop|scantokens|directlua|the|jobname|tag|label|ref|verb|par|endgroup|egroup|bye|stop"
    r"|shipout|hbox|vbox|halign|pdf[a-z]+|url|href)"
)
ENVIRONMENTS = {"aligned", "array", "bmatrix", "cases", "gathered", "matrix", "pmatrix", "smallmatrix", "vmatrix"}
UNPRINTED = {"{", "}", "^", "_", "&", r"\frac", r"\tfrac", r"\left", r"\right", r"\,", r"\;", r"\!", r"\ ", r"\text"}
LONGEST = 1000  # tokens; more are not read by anyone
WIDE = 62  # tokens that fit a line of the report, roughly
LONG_LEFT_SIDE = 24
OUTSIDE = {"%", "$", "#", "~", r"\(", r"\)", r"\[", r"\]"}
PAIRS = {"{": "}", r"\left": r"\right", r"\begin": r"\end"}
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)


def prepared(latex: str) -> str:
    r"""Write a formula's words as prose, escaped where LaTeX takes only text.

    >>> print(prepared(r"a_1 = 0 \text{ if f_i <= x^2}"))
    a_1 = 0 \text{ if $f_{i}$ \ensuremath{\le} $x^{2}$}
    """
    return re.sub(r"\\text\{([^{}]*)\}", lambda words: _with_words_escaped(words[1]), latex.strip())


def _with_words_escaped(words: str) -> str:
    plain = re.sub(r"\\([_&%#$])", r"\1", words)
    return rf"\text{{{words if chr(92) in plain else _between_spaces(plain)}}}"


def _between_spaces(words: str) -> str:
    """Escape words, and keep the spaces around them, which stand between words and formulas."""
    before, after = (" " if words[place:][:1].isspace() else "" for place in (0, -1))
    return f"{before}{prose(words.strip())}{after}" if words.strip() else words


def is_formula(latex: str) -> bool:
    r"""Whether the LaTeX is a formula: not empty, balanced, without commands that reach outside.

    >>> is_formula(r"\frac{1}{2}"), is_formula("}{"), is_formula(r"\write18{}")
    (True, False, False)
    """
    tokens = TOKEN.findall(latex)
    environments = re.findall(r"\\(?:begin|end)\s*\{([^}]*)\}", latex)
    aligned = bool(environments)
    if (
        not latex.strip()
        or not latex.isascii()
        or "^^" in latex
        or any(FORBIDDEN.fullmatch(token) or token in OUTSIDE or token.count("\n") > 1 for token in tokens)
        or not ENVIRONMENTS.issuperset(environments)
        or len(environments) != tokens.count(r"\begin") + tokens.count(r"\end")
        or (not aligned and ("&" in tokens or r"\\" in tokens))
    ):
        return False
    expected: list[str] = []
    for token in tokens:
        if token in PAIRS:
            expected.append(PAIRS[token])
        elif token in PAIRS.values() and (not expected or expected.pop() != token):
            return False
    return not expected


@dataclass(frozen=True, slots=True)
class Side:
    """A piece of a formula between two relations, with the relation before it (empty for the first piece)."""

    relation: str
    body: str

    def __str__(self) -> str:
        return f"{self.relation} {self.body}".strip()


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain: its right side with the relation, and the index of the obligation that it owes."""

    side: Side
    obligation: int


def _outermost(latex: str) -> Iterator[tuple[str, bool]]:
    """Yield each token, and whether it stands outside all brackets."""
    depth = 0
    for token in TOKEN.findall(latex):
        depth -= token in CLOSING
        yield token, depth == 0
        depth += token in OPENING


def separate(latex: str) -> tuple[str, ...]:
    r"""Split a claim that states several things, which the widest spaces set apart.

    >>> separate(r"a = b \quad\text{given}\quad c > 0 \qquad d = e")
    ('a = b \\quad\\text{given}\\quad c > 0', 'd = e')
    """
    pieces: list[str] = [""]
    for token, outside in _outermost(latex):
        if outside and token == SEPARATE:
            pieces.append("")
        else:
            pieces[-1] += token
    return tuple(piece.strip() for piece in pieces if piece.strip())


def statements(latex: str) -> tuple[tuple[str, ...], str]:
    r"""Split what wide spaces separate into the formulas and the condition that follows them.

    >>> statements(r"a = b, \quad c = d \quad \text{given} \quad e > 0, f > 0")
    (('a = b', 'c = d'), '\\text{given}\\ e > 0, f > 0')
    """
    pieces: list[str] = [""]
    for token, outside in _outermost(latex):
        if outside and token in WIDE_SPACE:
            pieces.append("")
        else:
            pieces[-1] += token
    cleaned = [cleaned for piece in pieces if (cleaned := _trimmed(piece))]
    first = next((place for place, piece in enumerate(cleaned) if piece.startswith((r"\text", r"\forall"))), None)
    if not first:  # words in front are no condition
        return tuple(cleaned), ""
    return tuple(cleaned[:first]), r"\ ".join(cleaned[first:])


def _trimmed(piece: str) -> str:
    return re.sub(r"^(\\[ ,;:]|\s)+|(\\[ ,;:]|,|\s)+$", "", piece)


def sides(statement: str) -> tuple[Side, ...]:
    r"""Split a formula at its outermost relations.

    >>> [str(side) for side in sides(r"a \le \max_{b < c} b = c")]
    ['a', '\\le \\max_{b < c} b', '= c']
    """
    pieces: list[tuple[str, str]] = [("", "")]
    for token, outside in _outermost(statement):
        relation, body = pieces[-1]
        if outside and RELATION.fullmatch(token):
            pieces.append((token, ""))
        else:
            pieces[-1] = (relation, body + token)
    return tuple(Side(relation, body.strip()) for relation, body in pieces)


def stacked(latex: str) -> Tex:
    r"""Return the body of an `aligned` environment that breaks the formula at relations, then at signs.

    >>> print(stacked(r"a \le b = c \quad \text{for } c > 0"))
    a & \le b \\ & = c \\ & \quad \text{for } c > 0
    """
    lines: list[str] = []
    for part in separate(latex):
        found, condition = statements(part)
        lines += [line for statement in found for line in _lines(sides(statement))]
        lines += _condition_lines(condition)
    return Tex(r" \\ ".join(lines))


def _lines(split: tuple[Side, ...], marks: Sequence[Tex] = ()) -> list[str]:
    """Put each relation on a line, the first beside its left side if that is short, and a mark after its end."""
    first, rest = split[0], split[1:]
    lines: list[str] = []
    left = f"{first} "
    if not rest or width(first.body) > LONG_LEFT_SIDE:
        opening, *more = _broken_at_signs(str(first))
        lines += [f"& {opening}", *(rf"& \qquad {line}" for line in more)]
        left = ""
    for place, side in enumerate(rest):
        opening, *more = _broken_at_signs(str(side))
        lines += [f"{left}& {opening}", *(rf"& \qquad {line}" for line in more)]
        left = ""
        if marks:
            lines[-1] += f" && {marks[place]}"
    return lines


def _condition_lines(condition: str) -> list[str]:
    """Break a long condition after its commas."""
    lines: list[str] = []
    for item in _listed(condition):
        if lines and width(lines[-1]) + width(item) <= WIDE:
            lines[-1] += rf",\ {item}"
        else:
            lines.append(item)
    return [rf"& \quad {line}" for line in lines]


def _broken_at_signs(formula: str) -> list[str]:
    """Break before outermost plus and minus signs wherever a line would grow too wide."""
    summands: list[str] = [""]
    before = ""
    for token, outside in _outermost(formula):
        if outside and token in SIGNS and before and before not in SIGNS and not RELATION.fullmatch(before):
            summands.append("")
        before = before if token.isspace() else token
        summands[-1] += token
    lines: list[str] = []
    for summand in summands:
        if lines and width(lines[-1]) + width(summand) <= WIDE:
            lines[-1] += summand
        else:
            lines.append(("{}" if lines else "") + summand)
    return [line.strip() for line in lines]


def width(latex: str) -> int:
    r"""Count the signs that print.

    >>> width(r"\frac{1}{2}")
    2
    """
    return sum(token not in UNPRINTED and not token.isspace() for token in TOKEN.findall(latex))


def displayed(latex: str, text: str) -> Tex:
    r"""Return a displayed formula that the document breaks or shrinks where it would leave the page.

    >>> print(displayed(r"a \le b", "a <= b"))
    \formula{a \le b}{a & \le b}
    """
    if width(latex) > LONGEST:
        return Tex(rf"\plainformula{{{_left_out(latex)}}}")
    if not is_formula(latex):
        return Tex(rf"\plainformula{{{shortened(text)}}}")
    formula = prepared(latex)
    if width(formula) > 3 * WIDE or len(separate(formula)) > 1:
        return Tex(rf"\stackedformula{{{stacked(formula)}}}")
    return Tex(rf"\formula{{{formula}}}{{{stacked(formula)}}}")


def in_line(latex: str, text: str) -> Tex:
    r"""Return a formula within a paragraph, which may break after commas and around words.

    >>> print(in_line(r"\text{at } n = 1,\ H = 2\text{: left } 3", "at n = 1, H = 2: left 3"))
    at $n = 1$, $H = 2$: left $3$
    """
    if width(latex) > LONGEST:
        return _left_out(latex)
    if not is_formula(latex):
        return shortened(text, prose)
    written = ""
    parts = list(_words_and_formulas(prepared(latex)))
    for (words, formula), (following, _) in zip(parts, [*parts[1:], ("", "")], strict=True):
        # A sign that follows a formula stays with it, also where the formula is displayed.
        written += (words.lstrip(SIGNS_AFTER) if written else words) + _flowing(formula, _signs_in_front(following))
    return Tex(re.sub(r"\s+", " ", written).strip())


def _signs_in_front(words: str) -> str:
    return words[: len(words) - len(words.lstrip(SIGNS_AFTER))]


def _left_out(latex: str) -> Tex:
    return escape(f"({width(latex)} characters, too long to be printed; they are in the record)")


def shortened(text: str, write: Callable[[str], Tex] = escape) -> Tex:
    """Return the text, escaped or written as prose; if it is too long to be read, its beginning and where the rest is.

    >>> print(shortened("x " * 2000)[-55:])
    x x (and 2000 characters more, which are in the record)
    """
    kept = 2 * LONGEST
    if len(text) <= kept:
        return write(text)
    return Tex(write(text[:kept].rstrip()) + f" (and {len(text) - kept} characters more, which are in the record)")


def _flowing(formula: str, end: str) -> str:
    """Set each item of a list on its own, and keep the spaces, the comma and the sign around the list."""
    items = _listed(formula)
    if not items:
        return formula + end
    before = " " if formula[0].isspace() else ""
    after = ", " if re.search(r",(\\|\s)*$", formula) else " " if formula[-1].isspace() else ""
    ends = [","] * (len(items) - 1) + [end or after.strip()]
    return before + " ".join(map(_fitted, items, ends)) + ("" if end else after.replace(",", ""))


def _fitted(formula: str, end: str) -> str:
    if width(formula) <= WIDE // 2:
        return f"${formula}${end}"
    return rf"\fitting{{{formula}}}{{{stacked(formula)}}}{{{end}}}"


def _words_and_formulas(latex: str) -> Iterator[tuple[str, str]]:
    r"""Split at outermost `\text{...}` groups: the words, then the formula that follows them."""
    words, formula = "", ""
    depth = 0
    inside = False
    for token, outside in _outermost(latex):
        if not inside and outside and token == r"\text":
            if formula:
                yield words, formula
                words, formula = "", ""
            inside, depth = True, 0
        elif inside:
            depth += (token == "{") - (token == "}")
            inside = depth > 0
            if inside and not (depth == 1 and token == "{"):
                words += token
        else:
            formula += token
    yield words, formula


def _listed(latex: str) -> list[str]:
    """Split at outermost commas, and at wide spaces."""
    items: list[str] = [""]
    for token, outside in _outermost(latex):
        if outside and (token == "," or token in WIDE_SPACE):
            items.append("")
        else:
            items[-1] += token
    return [trimmed for item in items if (trimmed := _trimmed(item))]


def chain(latex: str, obligations: tuple[str, ...]) -> tuple[Link, ...]:
    r"""Match the links of a chain with the obligations that state them; nothing unless every link is found.

    >>> [link.obligation for link in chain(r"a \le b = c", (r"b = c", r"a \le b"))]
    [1, 0]
    >>> chain(r"a \le b = c", (r"a \le c",))
    ()
    """
    if width(latex) > LONGEST or not is_formula(latex) or len(separate(latex)) > 1:
        return ()
    found, _ = statements(latex)
    split = sides(found[0])
    if len(found) > 1 or len(split) < 3:
        return ()
    stated = {_without_spaces(statements(formula)[0][0]): i for i, formula in enumerate(obligations) if formula.strip()}
    links = [
        Link(right, stated[link])
        for left, right in itertools.pairwise(split)
        if (link := _without_spaces(left.body + str(right))) in stated
    ]
    return tuple(links) if len(links) == len(split) - 1 else ()


def with_condition(latex: str, obligations: tuple[str, ...]) -> str:
    r"""Return a chain with the condition that its links are stated under, where it names none itself.

    >>> print(with_condition(r"a \le b = c", (r"a \le b \quad\text{given}\quad c > 0", r"b = c")))
    a \le b = c \quad \text{given}\ c > 0
    """
    if not (links := chain(latex, obligations)) or statements(latex)[1]:
        return latex
    conditions = dict.fromkeys(statements(obligations[link.obligation])[1] for link in links)
    stated = r" \quad ".join(condition for condition in conditions if condition)
    return rf"{latex} \quad {stated}" if stated else latex


def displayed_chain(latex: str, marks: Sequence[Tex]) -> Tex:
    r"""Return a chain with one link a line and a mark at the end of each.

    >>> print(displayed_chain(r"a \le b = c", (Tex(r"\x"), Tex(r"\y"))))
    \stackedformula{a & \le b && \x \\ & = c && \y}
    """
    found, condition = statements(prepared(latex))
    lines = _lines(sides(found[0]), marks) + _condition_lines(condition)
    return Tex(r"\stackedformula{" + r" \\ ".join(lines) + "}")


def restates(latex: str, other: str) -> bool:
    r"""Whether two formulas state the same relations, whatever their conditions.

    >>> restates(r"a  \le b", r"a \le b \quad \text{given } c > 0")
    True
    """
    first, second = (
        [tuple(map(_without_spaces, statements(part)[0])) for part in separate(formula)] for formula in (latex, other)
    )
    return first == second


def _without_spaces(latex: str) -> str:
    return re.sub(r"\s", "", latex)
