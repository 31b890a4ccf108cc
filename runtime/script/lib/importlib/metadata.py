"""Installed packages: the simulated machine has none."""


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return f'No package metadata was found for {self.name}'

    @property
    def name(self):
        return self.args[0]


def version(distribution_name):
    raise PackageNotFoundError(distribution_name)


def metadata(distribution_name):
    raise PackageNotFoundError(distribution_name)


distribution = requires = files = metadata


def entry_points(**params):
    return []


def distributions(**kwargs):
    return iter(())
