"""Elements as text."""
known_prefixes = {'http://www.w3.org/XML/1998/namespace': 'xml', 'http://www.w3.org/1999/xhtml': 'html',
                  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf', 'http://schemas.xmlsoap.org/wsdl/': 'wsdl',
                  'http://www.w3.org/2001/XMLSchema': 'xs', 'http://www.w3.org/2001/XMLSchema-instance': 'xsi', 'http://purl.org/dc/elements/1.1/': 'dc'}
_VOID = {'area', 'base', 'basefont', 'br', 'col', 'embed', 'frame', 'hr', 'img', 'input', 'isindex', 'link', 'meta', 'param', 'source', 'track', 'wbr'}


def document(root, encoding, declaration, method, short, default_namespace):
    if method == 'text':
        return ''.join(root.itertext()) + (root.tail or '')
    names, spaces = _names(root, default_namespace)
    out = []
    lower = (encoding or 'us-ascii').lower()
    if method == 'xml' and (declaration or declaration is None and lower not in ('utf-8', 'us-ascii', 'unicode')):
        shown = 'utf-8' if lower == 'unicode' else encoding or 'us-ascii'
        out.append(f"<?xml version='1.0' encoding='{shown}'?>\n")
    _write(out, root, names, spaces, method, short)
    return ''.join(out)


def _names(root, default_namespace):
    """How each qualified name is written, and the prefixes that takes."""
    names, spaces = {None: None}, {}
    if default_namespace:
        spaces[default_namespace] = ''

    def add(name):
        name = getattr(name, 'text', name)
        if not isinstance(name, str) or name in names:
            return
        if name[:1] != '{':
            names[name] = name
            return
        uri, _, local = name[1:].rpartition('}')
        prefix = spaces.get(uri)
        if prefix is None:
            prefix = known_prefixes.get(uri) or f'ns{len(spaces)}'
            if prefix != 'xml':
                spaces[uri] = prefix
        names[name] = f'{prefix}:{local}' if prefix else local
    for element in root.iter():
        if isinstance(element.tag, str) or hasattr(element.tag, 'text'):
            add(element.tag)
        elif not callable(element.tag) and element.tag is not None:
            raise TypeError(f'cannot serialize {element.tag!r} (type {type(element.tag).__name__})')
        for key, value in element.items():
            add(key)
            if hasattr(value, 'text'):
                add(value)
    return names, spaces


def _text(text):
    if not isinstance(text, str):
        raise TypeError(f'cannot serialize {text!r} (type {type(text).__name__})')
    return text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')


def _attribute(text):
    text = _text(text).replace('"', '&quot;')
    return text.replace('\r', '&#13;').replace('\n', '&#10;').replace('\t', '&#09;')


def _write(out, element, names, spaces, method, short):
    from xml.etree.ElementTree import Comment, ProcessingInstruction
    tag = element.tag
    if tag is Comment:
        out.append(f'<!--{element.text}-->')
    elif tag is ProcessingInstruction:
        out.append(f'<?{element.text}?>')
    else:
        tag = names[getattr(tag, 'text', tag)]
        if tag is None:
            out.append(_text(element.text) if element.text else '')
            for child in element:
                _write(out, child, names, None, method, short)
        else:
            _write_element(out, element, tag, names, spaces, method, short)
    if element.tail:
        out.append(_text(element.tail))


def _write_element(out, element, tag, names, spaces, method, short):
    out.append('<' + tag)
    for key, value in element.items():
        value = names[value.text] if hasattr(value, 'text') else _attribute(value)
        out.append(f' {names[getattr(key, "text", key)]}="{value}"')
    for uri, prefix in sorted((spaces or {}).items(), key=lambda item: item[1]):
        out.append(f' xmlns{":" + prefix if prefix else ""}="{_attribute(uri)}"')
    if method == 'html':
        out.append('>')
        raw = tag.lower() in ('script', 'style')
        out.append((element.text if raw else _text(element.text)) if element.text else '')
        for child in element:
            _write(out, child, names, None, method, short)
        if tag.lower() not in _VOID:
            out.append(f'</{tag}>')
    elif element.text or len(element) or not short:
        out.append('>')
        out.append(_text(element.text) if element.text else '')
        for child in element:
            _write(out, child, names, None, method, short)
        out.append(f'</{tag}>')
    else:
        out.append(' />')
