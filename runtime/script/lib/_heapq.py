"""What CPython writes in C for module heapq."""
from heapq import *
