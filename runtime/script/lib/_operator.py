"""What CPython writes in C for module operator."""
from operator import *
