"""What CPython writes in C for module collections.abc."""
from collections.abc import *
