"""The part of XPath that find(), findall() and iterfind() understand."""
import re

_TOKEN = re.compile(r"""('[^']*'|"[^"]*")|(::|//?|\.\.|\(\)|!=|[/.*:\[\]()@=])|((?:\{[^}]+\})?[^/\[\]()@!=\s]+)|\s+""")


def find_all(element, path, namespaces=None):
    if path[-1:] == '/':
        path += '*'
    if path[:1] == '/':
        raise SyntaxError('cannot use absolute path on element')
    tokens = list(_tokens(path, namespaces))
    found, i = [element], 0
    parents = None
    while i < len(tokens):
        kind, text = tokens[i]
        if kind == 'mark' and text == '/':
            i += 1
        elif kind == 'mark' and text == '//':
            i += 1
            if i >= len(tokens):
                raise SyntaxError('invalid descendant')
            tag = tokens[i][1]
            found = [e for f in found for e in f.iter() if e is not f and _is(e, tag)]
            i += 1
        elif kind == 'mark' and text == '.':
            i += 1
        elif kind == 'mark' and text == '..':
            parents = {id(c): p for p in element.iter() for c in p}
            found = list({id(p): p for p in (parents.get(id(f)) for f in found) if p is not None}.values())
            i += 1
        elif kind == 'mark' and text == '[':
            stop = next((k for k in range(i, len(tokens)) if tokens[k] == ('mark', ']')), None)
            if stop is None:
                raise SyntaxError('invalid path')
            found = _filtered(found, tokens[i + 1:stop], element)
            i = stop + 1
        elif kind == 'name' or text == '*':
            found = [c for f in found for c in f if _is(c, text)]
            i += 1
        else:
            raise SyntaxError('invalid path')
    return iter(found)


def _is(element, tag):
    if tag == '*' or tag == '{*}*':
        return isinstance(element.tag, str) or tag == '*'
    if tag[:3] == '{*}':
        return isinstance(element.tag, str) and element.tag.rpartition('}')[2] == tag[3:]
    if tag[-2:] == '}*':
        return isinstance(element.tag, str) and element.tag.startswith(tag[:-1])
    return element.tag == tag


def _tokens(path, namespaces):
    default = namespaces.get('') if namespaces else None
    attribute = False
    for quoted, mark, name in _TOKEN.findall(path):
        if quoted:
            yield 'text', quoted[1:-1]
        elif mark:
            yield 'mark', mark
            attribute = mark == '@' or attribute and mark == '.'
        elif name:
            if name[0] != '{' and ':' in name:
                prefix, local = name.split(':', 1)
                if not namespaces or prefix not in namespaces:
                    raise SyntaxError(f'prefix {prefix!r} not found in prefix map')
                name = f'{{{namespaces[prefix]}}}{local}'
            elif name[0] != '{' and default and not attribute:
                name = f'{{{default}}}{name}'
            yield 'name', name
            attribute = False


def _filtered(found, tokens, root):
    texts = [t for _, t in tokens]
    if texts[:1] == ['@'] and len(texts) == 2:
        return [f for f in found if f.get(texts[1]) is not None]
    if texts[:1] == ['@'] and len(texts) == 4 and texts[2] in ('=', '!='):
        return [f for f in found if f.get(texts[1]) is not None and (f.get(texts[1]) == texts[3]) == (texts[2] == '=')]
    if len(texts) == 1 and re.fullmatch(r'-?\d+', texts[0]):
        if int(texts[0]) < 1:
            raise SyntaxError('XPath position >= 1 expected')
        return _positioned(found, int(texts[0]) - 1, root)
    if texts[:2] == ['last', '()']:
        back = int(texts[2]) if len(texts) == 3 else 0
        return _positioned(found, -1 + back, root)
    if len(texts) == 1:
        return [f for f in found if f.find(texts[0]) is not None]
    if len(texts) == 3 and texts[1] in ('=', '!='):
        same = texts[1] == '='
        if texts[0] == '.':
            return [f for f in found if (''.join(f.itertext()) == texts[2]) == same]
        return [f for f in found if any((''.join(e.itertext()) == texts[2]) == same for e in f.findall(texts[0]))]
    raise SyntaxError('invalid predicate')


def _positioned(found, index, root):
    parents = {id(c): p for p in root.iter() for c in p}
    kept = []
    for f in found:
        parent = parents.get(id(f))
        siblings = parent.findall(f.tag) if parent is not None else []
        if -len(siblings) <= index < len(siblings) and siblings[index] is f:
            kept.append(f)
    return kept
