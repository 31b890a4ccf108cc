"""What CPython writes in C for module bisect."""
from bisect import *
