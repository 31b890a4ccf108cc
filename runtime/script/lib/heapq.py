"""Heaps in lists, with CPython's order among equals."""
_hidden_frames = True
__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def _up(heap, start, pos):
    """Move heap[pos] towards the root until its parent is not greater."""
    item = heap[pos]
    while pos > start:
        parent = (pos - 1) >> 1
        if not item < heap[parent]:
            break
        heap[pos] = heap[parent]
        pos = parent
    heap[pos] = item


def _down(heap, pos):
    """Move the hole at pos to a leaf along smaller children, put the item there and let it rise."""
    end = len(heap)
    start = pos
    item = heap[pos]
    child = 2 * pos + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _up(heap, start, pos)


def _check(heap):
    if not isinstance(heap, list):
        raise TypeError(f'heap argument must be a list, not {type(heap).__name__}')


def heappush(heap, item, /):
    """Push item onto heap, maintaining the heap invariant."""
    if not isinstance(heap, list):
        raise TypeError(f"heappush() argument 1 must be list, not {type(heap).__name__}")
    heap.append(item)
    _up(heap, 0, len(heap) - 1)


def heappop(heap, /):
    """Pop the smallest item off the heap, maintaining the heap invariant."""
    if not isinstance(heap, list):
        raise TypeError(f"heappop() argument must be list, not {type(heap).__name__}")
    if not heap:
        raise IndexError('index out of range')
    last = heap.pop()
    if heap:
        result = heap[0]
        heap[0] = last
        _down(heap, 0)
        return result
    return last


def heapreplace(heap, item, /):
    """Pop and return the current smallest value, and add the new item."""
    if not heap:
        raise IndexError('index out of range')
    result = heap[0]
    heap[0] = item
    _down(heap, 0)
    return result


def heappushpop(heap, item, /):
    """Push item on the heap, then pop and return the smallest item from the heap."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _down(heap, 0)
    return item


def heapify(heap, /):
    """Transform list into a heap, in-place, in O(len(heap)) time."""
    if not isinstance(heap, list):
        raise TypeError(f"heapify() argument must be list, not {type(heap).__name__}")
    for i in reversed(range(len(heap) // 2)):
        _down(heap, i)


class _Reversed:
    """Orders the other way round."""
    __slots__ = ('value',)

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        return other.value < self.value


def merge(*iterables, key=None, reverse=False):
    """Merge multiple sorted inputs into a single sorted output."""
    heap = []
    for order, it in enumerate(map(iter, iterables)):
        for value in it:
            k = value if key is None else key(value)
            heap.append(_Entry(_Reversed(k) if reverse else k, order, value, it.__next__))
            break
    heapify(heap)
    while heap:
        entry = heap[0]
        yield entry.value
        try:
            value = entry.value = entry.next()
        except StopIteration:
            heappop(heap)
            continue
        k = value if key is None else key(value)
        entry.key = _Reversed(k) if reverse else k
        heapreplace(heap, entry)


class _Entry:
    __slots__ = ('key', 'order', 'value', 'next')

    def __init__(self, key, order, value, next):
        self.key, self.order, self.value, self.next = key, order, value, next

    def __lt__(self, other):
        return self.key < other.key or (not other.key < self.key and self.order < other.order)


def nsmallest(n, iterable, key=None):
    """Find the n smallest elements in a dataset."""
    if n == 1:
        result = list(_one(min, iterable, key))
        return result
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    """Find the n largest elements in a dataset."""
    if n == 1:
        return list(_one(max, iterable, key))
    if hasattr(iterable, '__len__') and n >= len(iterable):
        return sorted(iterable, key=key, reverse=True)[:n]
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]


def _one(pick, iterable, key):
    sentinel = object()
    result = pick(iterable, default=sentinel, key=key)
    if result is not sentinel:
        yield result
