"""Slips of the pen: each change to the tree of a module that a mutant may make.

A comparison or the sign of a relation is flipped or relaxed; a refusal, the guard of a case, a premise or conclusion of
an axiom deleted; `and` exchanged with `or`; `not` left out. `forgotten` adds what a theorem with side conditions can
forget: an obligation, one of several conditions, a filter.
"""

import ast
from collections.abc import Callable, Iterator
from functools import partial

Change = tuple[ast.expr | ast.stmt, str, Callable[[], None]]

#: Relaxed and flipped: what a slip of the pen makes of a comparison.
REPLACEMENTS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
#: The same for the signs of the kernel's own relations.
SIGNS = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "=": ("!=",),
    "!=": ("=",),
}


def possible_changes(tree: ast.Module) -> Iterator[Change]:
    """Each change as the node that it is about, its description, and what makes it in the tree."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=operators):
                for index, operator in enumerate(operators):
                    for other in REPLACEMENTS[type(operator)]:
                        where = f" (comparison {index + 1})" if index else ""
                        words = f"{OPERATORS[type(operator)]} becomes {OPERATORS[other]}{where}"
                        yield node, words, partial(operators.__setitem__, index, other())
            case ast.Constant(value=str(sign)) if sign in SIGNS:
                for another in SIGNS[sign]:
                    words = f'"{sign}" becomes "{another}" (column {node.col_offset})'
                    yield node, words, partial(setattr, node, "value", another)
            case ast.BoolOp(op=ast.And()):
                yield node, "and becomes or", partial(setattr, node, "op", ast.Or())
            case ast.BoolOp():
                yield node, "or becomes and", partial(setattr, node, "op", ast.And())
            case ast.UnaryOp(op=ast.Not()):
                yield node, "not left out", partial(setattr, node, "op", ast.UAdd())
            case ast.match_case(guard=ast.expr() as guard):
                yield guard, f"ignored: if {ast.unparse(guard)}", partial(setattr, node, "guard", ast.Constant(True))
            case ast.Tuple(elts=elements):
                for element in elements:
                    if isinstance(element, ast.Call) and ast.unparse(element.func) == "Relation":
                        yield element, f"deleted: {ast.unparse(element)}", partial(elements.remove, element)
        yield from refusals(node)


def refusals(parent: ast.AST) -> Iterator[Change]:
    """The statements below a node that raise, or call something that only checks, to be deleted."""
    for _, statements in ast.iter_fields(parent):
        for index, statement in enumerate(statements if isinstance(statements, list) else []):
            match statement:
                case ast.Raise() | ast.Expr(value=ast.Call(func=ast.Name())):
                    words = f"deleted: {ast.unparse(statement)[:70]}"
                    yield statement, words, partial(statements.__setitem__, index, ast.Pass())


#: What a rule says of itself to the reader, and owes nothing.
SAID = frozenset(("rules", "theorems", "more", "again"))


def forgotten(tree: ast.Module) -> Iterator[Change]:
    """What a rule can forget, beside the slips: each as the node, its description, and what makes it in the tree."""
    types = {node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    for node in ast.walk(tree):
        match node:
            case ast.BoolOp(op=operator, values=values):
                neutral = isinstance(operator, ast.And)
                for index, value in enumerate(values):
                    yield (
                        value,
                        f"ignored: {_brief(value)}",
                        partial(values.__setitem__, index, ast.Constant(neutral)),
                    )
            case ast.comprehension(ifs=conditions):
                for condition in conditions:
                    yield condition, f"no filter: {_brief(condition)}", partial(conditions.remove, condition)
            case ast.If(test=test) | ast.IfExp(test=test) if isinstance(test, ast.Call | ast.Name | ast.Attribute):
                yield test, f"negated: {_brief(test)}", partial(setattr, node, "test", ast.UnaryOp(ast.Not(), test))
            case ast.Tuple(elts=elements) | ast.List(elts=elements) if node not in types:
                for element in elements:
                    if _owes(element):
                        yield element, f"deleted: {_brief(element)}", partial(elements.remove, element)
        yield from unwrapped(node)
        yield from unsaid(node)


def unwrapped(parent: ast.AST) -> Iterator[Change]:
    """Obligations that are left decisive: a witness against one would refute the claim."""
    for name, value in ast.iter_fields(parent):
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            match child:
                case ast.Call(func=ast.Name("replace"), args=[inner], keywords=[ast.keyword("instance")]):
                    pass
                case ast.Call(func=ast.Name("_indecisive"), args=[inner]):
                    pass
                case _:
                    continue
            change = (
                partial(value.__setitem__, index, inner)
                if isinstance(value, list)
                else partial(setattr, parent, name, inner)
            )
            yield child, f"decisive: {_brief(inner)}", change


def unsaid(parent: ast.AST) -> Iterator[Change]:
    """The statements below a node that add to what is owed, to be deleted."""
    for _, statements in ast.iter_fields(parent):
        for index, statement in enumerate(statements if isinstance(statements, list) else []):
            match statement:
                case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(name)))) if name not in SAID:
                    pass
                case ast.AugAssign(target=ast.Name(name)) if name not in SAID:
                    pass
                case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
                    pass
                case _:
                    continue
            # What yields stays a generator.
            nothing = ast.parse("yield from ()" if isinstance(statement.value, ast.Yield | ast.YieldFrom) else "pass")
            yield statement, f"deleted: {_brief(statement)}", partial(statements.__setitem__, index, nothing.body[0])


def _owes(element: ast.expr) -> bool:
    """Whether an element of a tuple may be an obligation, a hypothesis or several: all but names of theorems."""
    match element:
        case ast.Starred(value=ast.Name(name)):
            return name not in SAID
        case ast.Name(name):
            return name not in SAID and not name.isupper() and not name[0].isupper()
        case ast.Starred() | ast.Call() | ast.Compare():
            return True
        case _:
            return False


def _brief(node: ast.AST) -> str:
    return ast.unparse(node)[:70]
