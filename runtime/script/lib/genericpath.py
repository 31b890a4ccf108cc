"""What path modules share."""
from posixpath import commonprefix, exists, getatime, getctime, getmtime, getsize, isdir, isfile, islink, lexists, samefile
