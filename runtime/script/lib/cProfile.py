"""The profiler's interface. Computation costs no time on the simulated machine: what it reports is zero seconds."""
from _profile import Profile, run, runctx

__all__ = ['run', 'runctx', 'Profile']
