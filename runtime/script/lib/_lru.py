"""The callable that lru_cache puts in front of a function."""
_hidden_frames = True
_kwd_mark = object()


class _lru_cache_wrapper:
    def __init__(self, user_function, maxsize, typed, cache_info_type):
        if not callable(user_function):
            raise TypeError('the first argument must be callable')
        self._function = user_function
        self._maxsize = maxsize
        self._typed = typed
        self._info = cache_info_type
        self._cache = {}
        self._hits = self._misses = 0

    def __call__(self, /, *args, **kwds):
        if self._maxsize == 0:
            self._misses += 1
            return self._function(*args, **kwds)
        if not kwds and not self._typed:
            key = args
            if len(args) == 1 and type(args[0]) in (int, str):
                key = args[0]
        else:
            key = args
            if kwds:
                key += (_kwd_mark,)
                for item in kwds.items():
                    key += item
            if self._typed:
                key += tuple(map(type, args)) + tuple(map(type, kwds.values()))
        cache = self._cache
        if key in cache:
            self._hits += 1
            result = cache[key]
            if self._maxsize is not None:
                del cache[key]
                cache[key] = result
            return result
        self._misses += 1
        result = self._function(*args, **kwds)
        maxsize = self._maxsize
        if maxsize is not None and key not in cache and len(cache) >= maxsize:
            del cache[next(iter(cache))]
        cache[key] = result
        return result

    def cache_info(self):
        """Report cache statistics"""
        return self._info(self._hits, self._misses, self._maxsize, len(self._cache))

    def cache_clear(self):
        """Clear the cache and cache statistics"""
        self._cache.clear()
        self._hits = self._misses = 0

    def __get__(self, obj, cls=None):
        return self if obj is None else _MethodType(self, obj)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return self.__qualname__


_MethodType = type(_lru_cache_wrapper(print, 0, False, None).cache_info)
_lru_cache_wrapper.__module__ = 'functools'
