"""What CPython writes in C for module warnings."""
from warnings import *
