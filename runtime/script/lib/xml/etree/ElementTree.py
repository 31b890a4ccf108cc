"""XML documents as trees of elements."""
from xml.etree._paths import find_all
from xml.etree._reader import ParseError, Reader

__all__ = ['Comment', 'dump', 'Element', 'ElementTree', 'canonicalize', 'fromstring', 'fromstringlist', 'indent', 'iselement', 'iterparse', 'parse',
           'ParseError', 'PI', 'ProcessingInstruction', 'QName', 'SubElement', 'tostring', 'tostringlist', 'TreeBuilder', 'VERSION', 'XML', 'XMLID',
           'XMLParser', 'register_namespace']
VERSION = '1.3.0'


class Element:
    """A tag, its attributes, its text and its children."""
    __tp_name__ = 'xml.etree.ElementTree.Element'

    def __init__(self, tag, attrib={}, **extra):
        if not isinstance(attrib, dict):
            raise TypeError(f'Element() argument 2 must be dict, not {type(attrib).__name__}')
        self.tag, self.attrib, self.text, self.tail, self._children = tag, {**attrib, **extra}, None, None, []

    def __repr__(self):
        return f'<Element {self.tag!r} at {hex(id(self))}>'

    def makeelement(self, tag, attrib, /):
        return type(self)(tag, attrib)

    def __len__(self):
        return len(self._children)

    def __bool__(self):
        import warnings
        warnings.warn('Testing an element\'s truth value will always return True in future versions.  Use specific \'len(elem)\' or \'elem is not None\' '
                      'test instead.', DeprecationWarning, stacklevel=2)
        return len(self._children) != 0

    def __getitem__(self, index):
        try:
            return self._children[index]
        except IndexError:
            raise IndexError('child index out of range') from None

    def __setitem__(self, index, element):
        self._children[index] = element

    def __delitem__(self, index):
        del self._children[index]

    def __iter__(self):
        return iter(self._children)

    def append(self, subelement, /):
        _check(subelement, 'append')
        self._children.append(subelement)

    def extend(self, elements, /):
        for element in elements:
            _check(element, 'extend')
            self._children.append(element)

    def insert(self, index, subelement, /):
        _check(subelement, 'insert')
        self._children.insert(index, subelement)

    def remove(self, subelement, /):
        for i, child in enumerate(self._children):
            if child is subelement:
                del self._children[i]
                return
        raise ValueError('list.remove(x): x not in list')

    def find(self, path, namespaces=None):
        return next(find_all(self, path, namespaces), None)

    def findtext(self, path, default=None, namespaces=None):
        found = self.find(path, namespaces)
        return default if found is None else found.text or ''

    def findall(self, path, namespaces=None):
        return list(find_all(self, path, namespaces))

    def iterfind(self, path, namespaces=None):
        return find_all(self, path, namespaces)

    def clear(self):
        self.attrib.clear()
        self._children.clear()
        self.text = self.tail = None

    def get(self, key, default=None):
        return self.attrib.get(key, default)

    def set(self, key, value, /):
        self.attrib[key] = value

    def keys(self):
        return self.attrib.keys()

    def items(self):
        return self.attrib.items()

    def iter(self, tag=None):
        tag = None if tag == '*' else tag
        if tag is None or self.tag == tag:
            yield self
        for child in self._children:
            yield from child.iter(tag)

    def itertext(self):
        if not isinstance(self.tag, str) and self.tag is not None:
            return
        if self.text:
            yield self.text
        for child in self._children:
            yield from child.itertext()
            if child.tail:
                yield child.tail

    def __copy__(self):
        made = type(self)(self.tag, self.attrib)
        made.text, made.tail, made._children = self.text, self.tail, self._children[:]
        return made


def _check(element, what):
    if not isinstance(element, Element):
        raise TypeError(f'{what}() argument must be xml.etree.ElementTree.Element, not {type(element).__name__}' if what != 'extend'
                        else f'expected an Element, not "{type(element).__name__}"')


def iselement(element):
    return hasattr(element, 'tag')


def SubElement(parent, tag, attrib={}, **extra):
    element = Element(tag, attrib, **extra)
    parent.append(element)
    return element


def Comment(text=None):
    element = Element(Comment)
    element.text = text
    return element


def ProcessingInstruction(target, text=None):
    element = Element(ProcessingInstruction)
    element.text = f'{target} {text}' if text else target
    return element


PI = ProcessingInstruction


class QName:
    def __init__(self, text_or_uri, tag=None):
        self.text = text_or_uri if tag is None else f'{{{text_or_uri}}}{tag}'

    def __str__(self):
        return self.text

    def __repr__(self):
        return f'<{type(self).__name__} {self.text!r}>'

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.text == (other.text if isinstance(other, QName) else other)


class TreeBuilder:
    """Makes elements out of the reader's calls."""

    def __init__(self, element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, insert_pis=False):
        self._factory = element_factory or Element
        self._comments = insert_comments
        self._stack, self._root, self._last = [], None, None

    def start(self, tag, attrs):
        element = self._factory(tag, attrs)
        if self._stack:
            self._stack[-1].append(element)
        elif self._root is None:
            self._root = element
        self._stack.append(element)
        self._last, self._ended = element, False
        return element

    def end(self, tag):
        self._last, self._ended = self._stack.pop(), True
        return self._last

    def data(self, data):
        if self._last is None:
            return
        if self._ended:
            self._last.tail = (self._last.tail or '') + data
        else:
            self._last.text = (self._last.text or '') + data

    def comment(self, text):
        if self._comments and self._stack:
            element = Comment(text)
            self._stack[-1].append(element)
            self._last, self._ended = element, True

    def pi(self, target, text=None):
        return None

    def close(self):
        return self._root


class XMLParser:
    def __init__(self, *, target=None, encoding=None):
        self.target = target or TreeBuilder()
        self._parts = []

    def feed(self, data):
        self._parts.append(data)

    def close(self):
        data = b''.join(self._parts) if self._parts and isinstance(self._parts[0], bytes) else ''.join(self._parts)
        Reader(data, self.target).read()
        return self.target.close() if hasattr(self.target, 'close') else None


def XML(text, parser=None):
    parser = parser or XMLParser()
    parser.feed(text)
    return parser.close()


fromstring = XML


def fromstringlist(sequence, parser=None):
    return XML(''.join(sequence), parser)


def XMLID(text, parser=None):
    tree = XML(text, parser)
    return tree, {e.get('id'): e for e in tree.iter() if e.get('id')}


class ElementTree:
    def __init__(self, element=None, file=None):
        self._root = element
        if file:
            self.parse(file)

    def getroot(self):
        return self._root

    def _setroot(self, element):
        self._root = element

    def parse(self, source, parser=None):
        if hasattr(source, 'read'):
            data = source.read()
        else:
            with open(source, 'rb') as f:
                data = f.read()
        self._root = XML(data, parser)
        return self._root

    def iter(self, tag=None):
        return self._root.iter(tag)

    def _path(self, path):
        return '.' + path if path[:1] == '/' else path

    def find(self, path, namespaces=None):
        return self._root.find(self._path(path), namespaces)

    def findtext(self, path, default=None, namespaces=None):
        return self._root.findtext(self._path(path), default, namespaces)

    def findall(self, path, namespaces=None):
        return self._root.findall(self._path(path), namespaces)

    def iterfind(self, path, namespaces=None):
        return self._root.iterfind(self._path(path), namespaces)

    def write(self, file_or_filename, encoding=None, xml_declaration=None, default_namespace=None, method=None, *, short_empty_elements=True):
        from xml.etree._writer import document
        text = document(self._root, encoding, xml_declaration, method or 'xml', short_empty_elements, default_namespace)
        unicode = encoding is not None and encoding.lower() == 'unicode'
        data = text if unicode else text.encode(encoding or 'us-ascii', 'xmlcharrefreplace')
        if hasattr(file_or_filename, 'write'):
            file_or_filename.write(data)
            return
        with open(file_or_filename, 'w' if unicode else 'wb', **({'encoding': 'utf-8'} if unicode else {})) as f:
            f.write(data)


def parse(source, parser=None):
    tree = ElementTree()
    tree.parse(source, parser)
    return tree


def tostring(element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None, short_empty_elements=True):
    from xml.etree._writer import document
    text = document(element, encoding, xml_declaration, method or 'xml', short_empty_elements, default_namespace)
    return text if encoding == 'unicode' else text.encode(encoding or 'us-ascii', 'xmlcharrefreplace')


def tostringlist(element, encoding=None, method=None, **options):
    return [tostring(element, encoding, method, **options)]


def register_namespace(prefix, uri):
    from xml.etree._writer import known_prefixes
    if prefix[:2] == 'ns' and prefix[2:].isdigit():
        raise ValueError('Prefix format reserved for internal use')
    for old in [u for u, p in known_prefixes.items() if p == prefix or u == uri]:
        del known_prefixes[old]
    known_prefixes[uri] = prefix


def dump(elem):
    import sys
    text = tostring(elem.getroot() if isinstance(elem, ElementTree) else elem, 'unicode')
    sys.stdout.write(text)
    root = elem.getroot() if isinstance(elem, ElementTree) else elem
    if not root.tail or root.tail[-1] != '\n':
        sys.stdout.write('\n')


def indent(tree, space='  ', level=0):
    root = tree.getroot() if isinstance(tree, ElementTree) else tree
    if level < 0:
        raise ValueError(f'Initial indentation level must be >= 0, got {level}')
    if len(root):
        _indent(root, level + 1, space)


def _indent(element, level, space):
    inner = '\n' + level * space
    if not element.text or not element.text.strip():
        element.text = inner
    for child in element:
        if len(child):
            _indent(child, level + 1, space)
        if not child.tail or not child.tail.strip():
            child.tail = inner
    if not child.tail.strip():
        child.tail = '\n' + (level - 1) * space


class _Events(TreeBuilder):
    def __init__(self, wanted):
        super().__init__()
        self.wanted, self.seen = wanted, []

    def start(self, tag, attrs):
        element = super().start(tag, attrs)
        if 'start' in self.wanted:
            self.seen.append(('start', element))

    def end(self, tag):
        element = super().end(tag)
        if 'end' in self.wanted:
            self.seen.append(('end', element))


def iterparse(source, events=None, parser=None):
    """The events of reading a document."""
    if hasattr(source, 'read'):
        data = source.read()
    else:
        with open(source, 'rb') as f:
            data = f.read()
    target = _Events(('end',) if events is None else events)
    Reader(data, target).read()
    return iter(target.seen)


def canonicalize(xml_data=None, *, out=None, from_file=None, **options):
    raise NotImplementedError('xml.etree.ElementTree.canonicalize is not available')
