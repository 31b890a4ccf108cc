"""The interfaces of finders and loaders."""
import abc


class Loader(metaclass=abc.ABCMeta):
    def create_module(self, spec):
        return None

    def load_module(self, fullname):
        raise ImportError


class MetaPathFinder(metaclass=abc.ABCMeta):
    def invalidate_caches(self):
        pass


class PathEntryFinder(metaclass=abc.ABCMeta):
    def invalidate_caches(self):
        pass


class InspectLoader(Loader):
    def is_package(self, fullname):
        raise ImportError


class SourceLoader(InspectLoader):
    pass
